// Choosing tickets: − and +, the sum as one chooses, places that are left now, another day without losing what is typed.

/** Attributes: `museum`, `day`; the words `data-left` (`[places]` in them), `data-full`, `data-nothing`, `data-pay`, `data-free`. */
export default class GuideBasket extends HTMLElement {
  static tag = "guide-basket";
  static LOOK = 20_000;
  #sent = false;
  #looking = 0;

  connectedCallback() {
    this.toggleAttribute("ready", true);
    this.addEventListener("click", this);
    this.addEventListener("input", this);
    this.addEventListener("submit", this);
    addEventListener("pageshow", this);
    document.addEventListener("visibilitychange", this);
    this.#look();
    this.#dress();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this);
    document.removeEventListener("visibilitychange", this);
    clearInterval(this.#looking);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    if (event.type === "pageshow") this.#sent = false;
    if (event.type === "visibilitychange") this.#look();
    if (event.type === "input") this.#add();
    if (event.type === "submit") this.#send(event);
    if (event.type !== "click" || !(target instanceof Element)) return;
    const step = target.closest("[data-step]");
    const day = target.closest(".days a");
    if (step instanceof HTMLButtonElement) this.#count(step);
    if (day instanceof HTMLAnchorElement && event instanceof MouseEvent) this.#choose(day, event);
  }

  /** A tap that comes twice is one; Enter in a field buys nothing, and the sum is there already. @param {Event} event */
  #send(event) {
    const { submitter } = /** @type {SubmitEvent} */ (event);
    if (submitter?.matches(".aside")) return event.preventDefault();
    if (event.target !== this.#form || submitter?.hasAttribute("formaction")) return;
    if (this.#sent) event.preventDefault();
    this.#sent = true;
  }

  get #form() {
    return /** @type {HTMLFormElement | null} */ (this.querySelector("#basket"));
  }

  get #counts() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("[data-dong]")]);
  }

  #dress() {
    for (const button of this.querySelectorAll("[data-step]")) button.toggleAttribute("hidden", false);
    this.#add();
  }

  /** @param {HTMLButtonElement} button */
  #count(button) {
    const input = /** @type {HTMLInputElement} */ (button.parentElement?.querySelector("input"));
    const wanted = (Number(input.value) || 0) + Number(button.dataset.step);
    input.value = String(Math.min(Number(input.max), Math.max(0, wanted)));
    this.#add();
  }

  #add() {
    if (!this.#form) return;
    const counts = this.#counts;
    const people = counts.reduce((sum, input) => sum + (Number(input.value) || 0), 0);
    const tickets = counts.reduce((sum, input) => sum + (Number(input.value) || 0) * Number(input.dataset.dong), 0);
    const donation = /** @type {HTMLInputElement | null} */ (this.querySelector("[name=donation]"));
    const total = tickets + (Number(donation?.value.replace(/[\s.,₫đ]/g, "")) || 0);
    for (const input of counts) this.#limit(input);
    this.#show(people, total);
    this.#carry();
  }

  /** @param {HTMLInputElement} input */
  #limit(input) {
    const [less, more] = /** @type {HTMLButtonElement[]} */ ([...(input.parentElement?.querySelectorAll("[data-step]") ?? [])]);
    const value = Number(input.value) || 0;
    if (less) less.disabled = value <= 0;
    if (more) more.disabled = value >= Number(input.max);
  }

  /** @param {number} people @param {number} total */
  #show(people, total) {
    const money = `${new Intl.NumberFormat(document.documentElement.lang).format(total)} ₫`;
    const output = this.querySelector("#total");
    const said = people || total ? money : String(this.dataset.nothing);
    if (output && output.textContent !== said) output.textContent = said;
    const pay = this.querySelector("#pay");
    if (pay && this.querySelector("[name=pay]")) pay.toggleAttribute("hidden", people > 0 && total === 0);
    const go = this.querySelector(".go");
    if (go) go.textContent = String(people > 0 && total === 0 ? this.dataset.free : this.dataset.pay);
  }

  /** The links to other days lead there with the same tickets. */
  #carry() {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (this.querySelectorAll(".days a"))) {
      const url = new URL(link.href);
      for (const { name, value } of this.#counts) {
        if (Number(value)) url.searchParams.set(name, value);
        else url.searchParams.delete(name);
      }
      link.href = url.href;
    }
  }

  /** Another day comes into this page, so that nothing that was typed is lost. @param {HTMLAnchorElement} link @param {MouseEvent} event */
  async #choose(link, event) {
    if (!this.#form || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: { accept: "text/html" } }).catch(() => null);
    const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    if (!fresh?.querySelector("#chosen")) return location.assign(link.href);
    const place = [...this.querySelectorAll(".days a")].indexOf(link);
    for (const part of [".days", "#chosen"]) {
      const there = fresh.querySelector(part);
      if (there) this.querySelector(part)?.replaceWith(document.importNode(there, true));
    }
    this.setAttribute("day", new URL(link.href).searchParams.get("day") ?? "");
    history.replaceState(null, "", link.href);
    this.#dress();
    /** @type {HTMLElement | undefined} */ ([...this.querySelectorAll(".days a")][place])?.focus();
  }

  #look() {
    clearInterval(this.#looking);
    if (document.hidden || !this.#form) return;
    this.#looking = setInterval(() => this.#renew(), GuideBasket.LOOK);
  }

  async #renew() {
    const day = this.getAttribute("day");
    const url = `/api/v1/museums/${this.getAttribute("museum")}/slots?from=${day}&to=${day}`;
    const slots = await fetch(url).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
    for (const { id, free } of slots) {
      const said = this.querySelector(`[data-slot="${id}"]`);
      if (said && free !== null) this.#tell(said, free);
    }
  }

  /** @param {Element} said @param {number} free */
  #tell(said, free) {
    said.textContent = free ? String(this.dataset.left).replace("[places]", String(free)) : String(this.dataset.full);
    const row = said.closest("label");
    const radio = row?.querySelector("input");
    row?.classList.toggle("is-full", !free);
    if (radio && !radio.checked) radio.disabled = !free;
  }
}
