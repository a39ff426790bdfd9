// Choosing how to read shows at once what it does, is remembered as it is touched, and needs no network.

const YEAR = 31_536_000;

/** Wraps the form; each field is named for what it sets on the root element. The phone remembers in a cookie. */
export default class GuideChoices extends HTMLElement {
  static tag = "guide-choices";

  #form = /** @type {HTMLFormElement} */ (this.querySelector("form"));

  connectedCallback() {
    this.#show();
    this.#form.addEventListener("change", () => this.#choose());
    this.#form.addEventListener("submit", (event) => this.#done(event));
  }

  /** A copy of this page that was kept shows what was chosen then. */
  #show() {
    const { dataset } = document.documentElement;
    for (const input of this.#inputs) input.checked = (dataset[input.name] ?? "") === input.value;
  }

  get #inputs() {
    return /** @type {HTMLInputElement[]} */ ([...this.#form.querySelectorAll("label > input")]);
  }

  #choose() {
    const made = [...new FormData(this.#form)].filter(([name, value]) => name !== "back" && value);
    this.#remember(made.map((pair) => pair.join("-")).join("."));
    const { dataset } = document.documentElement;
    for (const { name } of this.#inputs) delete dataset[name];
    Object.assign(dataset, Object.fromEntries(made));
    const word = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    word.textContent = word.dataset.said ?? "";
  }

  /** @param {string} chosen */
  #remember(chosen) {
    document.cookie = `choices=${chosen}; path=/; max-age=${chosen ? YEAR : 0}; samesite=lax`;
  }

  /** A copy of this page that was kept knows where somebody came from then; the browser knows it now. */
  get #back() {
    const ours = document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer).pathname !== "/choices";
    return ours ? document.referrer : /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("back")).value;
  }

  /** Back to where they were: what was chosen is remembered already. @param {SubmitEvent} event */
  #done(event) {
    event.preventDefault();
    if (event.submitter?.getAttribute("name") !== "reset") return location.assign(this.#back);
    for (const input of this.#inputs) input.checked = input.type === "radio" && !input.value;
    this.#choose();
  }
}
