// Where a search could not reach the server, the stops that the page lists anyway are searched here, in the museum that was taken along.

/**
 * Attributes: `museum`, `language`, `query` (what the page was made for); `data-finding`, the address of what finds;
 * `data-words`, our words as JSON. Beside it: `.count`, the stops as `.cards`.
 */
export default class GuideFind extends HTMLElement {
  static tag = "guide-find";

  connectedCallback() {
    const query = (new URLSearchParams(location.search).get("q") ?? "").trim().split(/\s+/).join(" ");
    if (!query || query === this.getAttribute("query")) return;
    const typed = /** @type {HTMLInputElement | null} */ (this.#page.querySelector("[name=q]"));
    if (typed) typed.value = query;
    this.#find(query).catch(() => this.#say(this.#words.untaken));
  }

  /** @param {string} query */
  async #find(query) {
    const { Finder } = await import(this.dataset.finding ?? "");
    const kept = await caches.match(`/api/v1/museums/${this.getAttribute("museum")}/findable?lang=${this.getAttribute("language")}`);
    if (!kept) throw new Error("The museum is not in this phone.");
    /** @type {Hit[]} */
    const hits = new Finder(await kept.json()).find(query.slice(0, 200));
    const cards = new Map([...this.#page.querySelectorAll(".cards > li")].map((item) => [slugOf(item), item]));
    const found = hits.flatMap((hit) => (cards.has(hit.key) ? [this.#explained(/** @type {Element} */ (cards.get(hit.key)), hit)] : []));
    this.#page.querySelector(".cards")?.replaceChildren(...found);
    this.#page.querySelector(".shelves")?.toggleAttribute("hidden", true);
    this.#say(`${this.#counted(found.length, query)} · ${this.#words.kept}`);
    this.dispatchEvent(new CustomEvent("guide-found", { bubbles: true, detail: { query, stops: hits.map((hit) => hit.key) } }));
  }

  /**
   * The card with the reasons for it; those of one field stand together, its name once.
   * @param {Element} item
   * @param {Hit} hit
   */
  #explained(item, { why }) {
    const { why: fields, how: ways } = this.#words;
    const told = why.map(({ field, how, words }, place) => {
      const said = why[place - 1]?.field === field ? `, ${words}` : `${place ? " · " : ""}${fields[field].replace("[words]", words)}`;
      return how === "exact" ? said : `${said} (${ways[how]})`;
    });
    const line = item.querySelector(".why") ?? item.appendChild(Object.assign(document.createElement("p"), { className: "why" }));
    line.textContent = told.join("");
    return item;
  }

  /**
   * @param {number} count
   * @param {string} query
   */
  #counted(count, query) {
    const { one, other, nothing } = this.#words;
    return count ? (count === 1 ? one : other).replace("[count]", String(count)) : nothing.replace("[query]", query);
  }

  /** @param {string} told */
  #say(told) {
    const status = this.#page.querySelector(".count");
    if (!status) return;
    status.removeAttribute("hidden");
    status.textContent = told;
  }

  get #page() {
    return /** @type {Element} */ (this.parentElement);
  }

  /** @returns {Words} */
  get #words() {
    return JSON.parse(this.dataset.words ?? "{}");
  }
}

/** @typedef {{why: Record<string, string>, how: Record<string, string>} & Record<"one" | "other" | "nothing" | "kept" | "untaken", string>} Words */
/** @typedef {{key: string, why: {field: string, how: string, words: string}[]}} Hit */

/** @param {Element} item */
function slugOf(item) {
  return /\/stops\/([^/?#]+)/.exec(item.querySelector("a.card")?.getAttribute("href") ?? "")?.[1];
}
