// The page of walks: composes by itself where the page came without an answer, as it does without a network, and notes
// on this phone when a walk began.

import { minutesIn, numbersIn, wishOf } from "../lib/walks/asking.js";
import { along, compose } from "../lib/walks/composing.js";
import { answer } from "../lib/walks/showing.js";

/** Attributes: `museum`, `language`, `ground` (what to compose on), `answered`, `minutes` (of the walk that is shown). Inside: `.composed` and the form. */
export default class GuideWalk extends HTMLElement {
  static tag = "guide-walk";

  connectedCallback() {
    this.addEventListener("click", (event) => this.#begun(/** @type {Element} */ (event.target)));
    const query = new URLSearchParams(location.search);
    if (!this.hasAttribute("answered") && (query.has("minutes") || query.has("walk"))) this.#compose(query);
  }

  /** @param {URLSearchParams} query */
  async #compose(query) {
    const ground = await fetch(String(this.getAttribute("ground"))).then((told) => (told.ok ? told.json() : null), () => null);
    if (!ground) return;
    const wish = wishOf(query, ground);
    const numbers = numbersIn(query.get("walk"));
    const walk = numbers.length ? along(ground, wish, numbers, new Date()) : compose(ground, wish, new Date());
    const here = [wish.start, wish.loved].filter((number) => number !== null);
    const shown = {
      museum: String(this.getAttribute("museum")),
      language: String(this.getAttribute("language")),
      words: JSON.parse(this.dataset.words ?? "{}"),
      themes: ground.themes,
      again: numbers.length > 0,
      seen: numbers.length ? wish.seen : [...new Set([...wish.seen, ...here])],
      wish,
    };
    this.querySelector(".composed")?.replaceChildren(...answer(walk, shown));
    this.#askAgain(query);
    this.setAttribute("minutes", String(Math.ceil(walk.seconds / 60)));
    this.toggleAttribute("answered", true);
  }

  /** The form comes after the answer, filled as it was asked, and keeps where the visitor stands. @param {URLSearchParams} query */
  #askAgain(query) {
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    const minutes = String(minutesIn(query) ?? "");
    for (const input of form.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = minutes ? input.value === minutes : input.checked;
      if (input.type === "checkbox") input.checked = query.getAll(input.name).includes(input.value);
    }
    for (const name of ["loved", "from", "seen", "must"]) {
      if (!query.get(name)) continue;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: query.get(name) }));
    }
    const heading = form.querySelector("h1");
    heading?.replaceWith(Object.assign(document.createElement("h2"), { textContent: heading.textContent }));
    const wishes = document.createElement("details");
    wishes.className = "wishes";
    const summary = document.createElement("summary");
    summary.textContent = JSON.parse(this.dataset.words ?? "{}").change;
    form.replaceWith(wishes);
    wishes.append(summary, form);
  }

  /** When the walk began, so that a stop's page can tell the minutes that are left; it stays on this phone. @param {Element} pressed */
  #begun(pressed) {
    if (!pressed.closest(".begin a")) return;
    const asked = minutesIn(new URLSearchParams(location.search)) ?? Number(this.getAttribute("minutes"));
    try {
      sessionStorage.setItem(`walk ${this.getAttribute("museum")}`, JSON.stringify({ until: Date.now() + asked * 60_000 }));
    } catch {
      // A phone that keeps nothing walks all the same.
    }
  }
}
