// The counter: − and +, the sum and the change as one taps, another day without losing what was chosen.

/** Attributes: `thousands`; the words `data-change`, `data-missing`, `data-people` (`[n]` in it). */
export default class GuideCounter extends HTMLElement {
  static tag = "guide-counter";
  static NOTES = [10_000, 50_000, 100_000, 200_000, 500_000];
  #sent = false;

  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("input", this);
    this.addEventListener("change", this);
    this.addEventListener("submit", this);
    addEventListener("pageshow", this);
    if (this.#find("#total")) this.#add();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    if (event.type === "pageshow") this.#sent = false;
    if (event.type === "submit") this.#send(event);
    if (!(target instanceof Element)) return;
    if (event.type === "input") this.#add();
    if (event.type === "change" && target.matches("[name=day]")) this.#recount();
    if (event.type !== "click") return;
    const step = target.closest(".step");
    const note = target.closest("[name=note]");
    if (step instanceof HTMLButtonElement) this.#step(event, step);
    if (note instanceof HTMLButtonElement) this.#give(event, note);
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  #counts() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("[data-dong]")]);
  }

  /** A tap that comes twice is one; a page that only adds up may be asked again. @param {Event} event */
  #send(event) {
    const { submitter } = /** @type {SubmitEvent} */ (event);
    if (submitter?.hasAttribute("formaction")) return;
    if (this.#sent) event.preventDefault();
    this.#sent = true;
  }

  #recount() {
    const form = /** @type {HTMLFormElement} */ (this.#find("form"));
    form.requestSubmit(/** @type {HTMLButtonElement} */ (this.#find("button.aside")));
  }

  /** @param {Event} event @param {HTMLButtonElement} button */
  #step(event, button) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (button.parentElement?.querySelector("input"));
    const wanted = (Number(input.value) || 0) + (button.name === "more" ? 1 : -1);
    input.value = String(Math.min(Number(input.max), Math.max(0, wanted)));
    this.#add();
  }

  /** @param {Event} event @param {HTMLButtonElement} button */
  #give(event, button) {
    event.preventDefault();
    const given = /** @type {HTMLInputElement} */ (this.#find("#given"));
    given.value = button.value;
    this.#add();
  }

  #add() {
    let people = 0;
    let total = this.#typed("#donation");
    for (const input of this.#counts()) {
      const count = Number(input.value) || 0;
      people += count;
      total += count * Number(input.dataset.dong);
      input.closest("li")?.classList.toggle("is-wanted", count > 0);
    }
    this.#find("#people").textContent = (this.dataset.people ?? "").replace("[n]", String(people));
    this.#find("#total").textContent = this.#dong(total);
    this.#find(".sell").toggleAttribute("data-empty", people === 0);
    this.#change(total);
    this.#offer(total);
  }

  /** What was typed as an amount. @param {string} field */
  #typed(field) {
    const input = /** @type {HTMLInputElement | null} */ (this.querySelector(field));
    return Number((input?.value ?? "").replace(/[\s.,₫đ]/g, "")) || 0;
  }

  /** @param {number} total */
  #change(total) {
    const line = this.#find("#change");
    const typed = /** @type {HTMLInputElement} */ (this.#find("#given")).value.trim();
    const rest = this.#typed("#given") - total;
    line.classList.toggle("is-nothing", !typed);
    line.classList.toggle("is-missing", Boolean(typed) && rest < 0);
    const word = Object.assign(document.createElement("span"), {
      textContent: rest < 0 ? this.dataset.missing : this.dataset.change,
    });
    const sum = Object.assign(document.createElement("b"), { textContent: this.#dong(Math.abs(rest)) });
    line.replaceChildren(...(typed ? [word, " ", sum] : []));
  }

  /** The sum itself, and what people hand over for it. @param {number} total */
  #offer(total) {
    const sums = [total, ...GuideCounter.NOTES.map((note) => Math.ceil(total / note) * note)];
    const offered = [...new Set(sums)].filter(Boolean).sort((a, b) => a - b).slice(0, 4);
    const buttons = offered.map((sum) =>
      Object.assign(document.createElement("button"), {
        className: "chip",
        name: "note",
        type: "button",
        value: String(sum),
        textContent: this.#grouped(sum),
      }),
    );
    this.#find(".notes").replaceChildren(...buttons);
  }

  /** @param {number} sum */
  #grouped(sum) {
    return String(sum).replace(/\B(?=(\d{3})+$)/g, this.getAttribute("thousands") ?? ".");
  }

  /** @param {number} sum */
  #dong(sum) {
    return `${this.#grouped(sum)}\u00a0₫`;
  }
}
