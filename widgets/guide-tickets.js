// <guide-tickets>: the next days, the places that are free and what they cost; buying itself is done at the museum's.

import { GuideWidget, made } from "./guide-widget.js";

const LONG_AGO = 60_000;

/** Attributes: `museum`, `language`, `server`. Events: `guide-ready`, `guide-chosen`, `guide-failed`. */
export class GuideTickets extends GuideWidget {
  static tag = "guide-tickets";
  static dress = `
fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
legend { padding: 0; font-weight: 600; margin-block-end: .35em; }
.choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.5em, 1fr)); gap: .5em; }
.choices label { position: relative; display: block; padding: .5em .6em; border: 1px solid var(--guide-edge, var(--rim)); border-radius: .6em; text-align: center; line-height: 1.35; cursor: pointer; }
.choices input { position: absolute; inset: 0; opacity: 0; margin: 0; inline-size: 100%; block-size: 100%; cursor: inherit; }
.choices label:has(:checked) { background: var(--guide-accent, var(--fill)); border-color: transparent; color: var(--guide-on-accent, var(--on)); }
.choices label:has(:checked) small { color: inherit; }
.choices label:has(:disabled) { cursor: default; border-style: dashed; color: var(--guide-quiet, var(--faint)); }
.choices label:has(:focus-visible) { outline: 3px solid var(--guide-accent, var(--fill)); outline-offset: 2px; }
.choices b, .choices small { display: block; }
.kinds { display: grid; gap: .6em; }
.kinds > div { display: flex; flex-wrap: wrap; align-items: center; gap: .25em .75em; }
.kinds .says { flex: 1 1 9em; }
.many { display: inline-flex; align-items: center; gap: .4em; }
.many button { border: 1px solid var(--guide-edge, var(--rim)); border-radius: 50%; background: none; font-size: 1em; padding: 0; }
.many output { min-inline-size: 1.6em; text-align: center; font-weight: 600; font-variant-numeric: tabular-nums; }
#rest > * + * { margin-block: .75em 0; }
#rest > small { display: block; }
.end { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75em; }
@media (forced-colors: active) { .choices label:has(:checked) { border: 3px solid Highlight; } }
`;

  /** @type {Record<string, number>} */
  #counts = {};
  #slot = "";
  #day = "";
  #asked = 0;
  #seen = () => this.#renew();

  get door() {
    return "widgets/tickets";
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#seen);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#seen);
  }

  /** @param {any} card */
  shown(card) {
    this.#asked = Date.now();
    this.#day = card.days.some((/** @type {Day} */ { day, sells }) => sells && day === this.#day) ? this.#day : card.chosen ?? "";
    return [
      made("small", { part: "museum" }, card.name),
      made("h3", { part: "title" }, card.words.title),
      this.#days(card),
      made("div", { id: "rest" }, ...this.#rest(card)),
    ];
  }

  /** Whoever comes back to the page after a while sees what is free now. */
  async #renew() {
    if (document.hidden || Date.now() - this.#asked < LONG_AGO) return;
    const card = await this.tell(this.door).catch(() => null);
    if (card) this.shadowRoot?.querySelector(".card")?.replaceChildren(...this.shown(card));
  }

  /** @param {any} card */
  #days(card) {
    const written = card.interface === "en" ? ["en-GB", "short"] : [card.interface, "numeric"];
    const day = new Intl.DateTimeFormat(written[0], { day: "numeric", month: /** @type {"short" | "numeric"} */ (written[1]), timeZone: "UTC" });
    const choices = card.days.map((/** @type {Day} */ told) =>
      choice("day", told.day, { checked: told.day === this.#day, disabled: !told.sells, "aria-label": `${told.told}, ${told.left || told.state_told}` },
        made("b", {}, told.name), day.format(new Date(told.day)), made("small", {}, told.left || told.state_told)),
    );
    return this.#fieldset(card.words.day, "days", choices, (value) => {
      this.#day = value;
      this.shadowRoot?.getElementById("rest")?.replaceChildren(...this.#rest(card));
    });
  }

  /** What the chosen day has. @param {any} card */
  #rest(card) {
    const day = card.days.find((/** @type {Day} */ told) => told.day === this.#day);
    const go = this.link(card.url, { class: "main", part: "buy" }, card.words.go);
    const total = made("strong", { part: "total", role: "status" });
    const show = () => this.#reckon(card, day, /** @type {HTMLAnchorElement} */ (go), total);
    if (day && !day.times.some(({ slot, free }) => slot === this.#slot && free !== 0)) this.#slot = "";
    const parts = [
      day?.times.length && this.#times(card, day, show),
      day?.categories.length && this.#kinds(card, day, show),
      made("div", { class: "end" }, total, go),
      made("small", {}, card.words.there),
    ];
    show();
    return parts.filter(Boolean);
  }

  /** @param {any} card @param {Day} day @param {() => void} show */
  #times({ words }, day, show) {
    const choices = day.times.map(({ slot, begins, free, told }) =>
      choice("slot", slot, { checked: slot === this.#slot, disabled: free === 0 }, made("b", {}, begins), made("small", {}, told)),
    );
    return this.#fieldset(words.time, "times", choices, (value) => {
      this.#slot = value;
      show();
    });
  }

  /** @param {any} card @param {Day} day @param {() => void} show */
  #kinds({ words, most }, day, show) {
    const kinds = day.categories.map(({ category, name, language, price, whom }) => {
      const output = made("output", { "aria-label": words.count.replace("[category]", name) }, String(this.#counts[category] ?? 0));
      const step = (/** @type {number} */ by) => {
        const others = Object.values(this.#counts).reduce((sum, count) => sum + count, 0) - (this.#counts[category] ?? 0);
        this.#counts[category] = Math.max(0, Math.min(most - others, (this.#counts[category] ?? 0) + by));
        output.textContent = String(this.#counts[category]);
        show();
      };
      const button = (/** @type {string} */ sign, /** @type {string} */ label, /** @type {number} */ by) => {
        const pressed = made("button", { type: "button", part: "step", "aria-label": label.replace("[category]", name) }, sign);
        pressed.addEventListener("click", () => step(by));
        return pressed;
      };
      const says = made("span", { class: "says" }, made("span", { lang: language }, name), " ", made("small", {}, [price, ...whom].join(" · ")));
      return made("div", { part: "category" }, says, made("span", { class: "many" }, button("−", words.fewer, -1), output, button("+", words.more, 1)));
    });
    return made("fieldset", { part: "categories" }, made("legend", {}, words.who), made("div", { class: "kinds" }, ...kinds));
  }

  /** The museum's page of tickets, with what was chosen filled in. @param {any} card @param {Day | undefined} day @param {HTMLAnchorElement} go @param {HTMLElement} total */
  #reckon(card, day, go, total) {
    const url = new URL(card.url, this.server);
    const there = day?.categories.filter(({ category }) => this.#counts[category]) ?? [];
    if (day) url.searchParams.set("day", day.day);
    if (this.#slot) url.searchParams.set("slot", this.#slot);
    for (const { category } of there) url.searchParams.set(`count.${category}`, String(this.#counts[category]));
    go.href = url.href;
    const dong = there.reduce((sum, { category, dong }) => sum + dong * this.#counts[category], 0);
    total.textContent = there.length ? `${card.words.total}: ${new Intl.NumberFormat(card.interface).format(dong)} ₫` : "";
  }

  /** @param {string} legend @param {string} part @param {Node[]} choices @param {(value: string) => void} chosen */
  #fieldset(legend, part, choices, chosen) {
    const fieldset = made("fieldset", { part }, made("legend", {}, legend), made("div", { class: "choices" }, ...choices));
    fieldset.addEventListener("change", (event) => chosen(/** @type {HTMLInputElement} */ (event.target).value));
    return fieldset;
  }
}

/**
 * @typedef {{slot: string, begins: string, free: number | null, told: string}} Time
 * @typedef {{category: string, name: string, language: string, dong: number, price: string, whom: string[]}} Category
 * @typedef {{day: string, name: string, told: string, state_told: string, sells: boolean, left: string, times: Time[], categories: Category[]}} Day
 */

/** @param {string} name @param {string} value @param {import("./guide-widget.js").Facts} facts @param {(Node | string)[]} inside */
function choice(name, value, facts, ...inside) {
  return made("label", { part: name }, made("input", { type: "radio", name, value, ...facts }), ...inside);
}

export default GuideTickets;
