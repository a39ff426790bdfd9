// A drawing is made larger by buttons and keys, moved by arrows and scrolling, and shows where the visitor stands.

const LARGEST = 4;

/** Attributes: `data-closer`, `data-farther` (words). Inside: a `.plan` that scrolls; without this it is whole. */
export default class GuideFloor extends HTMLElement {
  static tag = "guide-floor";

  #zoom = 1;

  connectedCallback() {
    if (!this.querySelector(".zooms")) this.prepend(this.#buttons());
    this.#plan.addEventListener("keydown", (event) => {
      const by = { "+": 1, "=": 1, "-": -1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.#show(this.#zoom + by);
    });
    this.#markHere();
    const here = this.querySelector(".dot.is-here");
    if (here) this.#centre(here);
  }

  #buttons() {
    const row = document.createElement("div");
    row.className = "zooms";
    row.append(this.#button("−", this.dataset.farther, -1), this.#button("+", this.dataset.closer, 1));
    return row;
  }

  /** @param {string} sign @param {string | undefined} words @param {number} by */
  #button(sign, words, by) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign, ariaLabel: words ?? "" });
    button.dataset.by = String(by);
    button.disabled = by < 1;
    button.addEventListener("click", () => this.#show(this.#zoom + by));
    return button;
  }

  /** @param {number} zoom */
  #show(zoom) {
    const [x, y] = this.#middle();
    this.#zoom = Math.min(Math.max(zoom, 1), LARGEST);
    this.#plan.dataset.zoom = String(this.#zoom);
    this.#plan.scrollTo(x * this.#plan.scrollWidth - this.#plan.clientWidth / 2, y * this.#plan.scrollHeight - this.#plan.clientHeight / 2);
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (this.querySelectorAll(".zooms button"))) {
      button.disabled = Number(button.dataset.by) > 0 ? this.#zoom === LARGEST : this.#zoom === 1;
    }
  }

  /** What is in the middle stays there; where a stop is marked, that. */
  #middle() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = this.#plan;
    const here = this.#zoom === 1 && this.querySelector(".dot.is-here");
    if (here) return ["x", "y"].map((side) => Number.parseFloat(String(here.getAttribute(side))) / 100);
    return [(scrollLeft + clientWidth / 2) / scrollWidth, (scrollTop + clientHeight / 2) / scrollHeight];
  }

  /** @param {Element} dot */
  #centre(dot) {
    const [x, y] = ["x", "y"].map((side) => Number.parseFloat(String(dot.getAttribute(side))) / 100);
    this.#plan.scrollTo(x * this.#plan.scrollWidth - this.#plan.clientWidth / 2, y * this.#plan.scrollHeight - this.#plan.clientHeight / 2);
  }

  /** A kept page was made for no stop in particular; the address, or the page before, still says at which one stands. */
  #markHere() {
    const asked = new URLSearchParams(location.search).get("stop") ?? /\/stops\/([a-z0-9-]+)/.exec(document.referrer)?.[1];
    const section = this.closest("section");
    if (!asked || !section || section.querySelector(".dot.is-here")) return;
    for (const marked of section.querySelectorAll(`[data-stop="${CSS.escape(asked)}"]`)) {
      marked.classList.add("is-here");
      marked.querySelector("a")?.setAttribute("aria-current", "location");
    }
  }

  get #plan() {
    return /** @type {HTMLElement} */ (this.querySelector(".plan"));
  }
}
