// What every widget is: it asks its museum for one answer and shows it, and keeps the plain link where none comes.

/** Said when nobody answers, in the languages of the museum's house. @type {Record<string, {away: string, stranger: string}>} */
const ALONE = __ALONE__;
const HERE = import.meta.url;

const DRESS = `
:host { display: block; color-scheme: inherit; }
:host([hidden]) { display: none; }
.card, .note { all: initial; display: block; box-sizing: border-box; color-scheme: inherit; unicode-bidi: isolate;
  --ink: #2b2320; --paper: #fdf9f1; --faint: #66574c; --line: #dccdb2; --rim: #8a7a66; --fill: #8f2d22; --on: #fff8ee; --lit: #f4dea6;
  font: var(--guide-size, medium)/1.6 var(--guide-font, system-ui, "Noto Sans", sans-serif); color: var(--guide-text, var(--ink)); overflow-wrap: anywhere; }
@supports (color: light-dark(red, red)) { .card, .note {
  --ink: light-dark(#2b2320, #f1e7d8); --paper: light-dark(#fdf9f1, #28201b); --faint: light-dark(#66574c, #b9a997);
  --line: light-dark(#dccdb2, #453931); --rim: light-dark(#8a7a66, #85766a); --fill: light-dark(#8f2d22, #a63a2d); --lit: light-dark(#f4dea6, #5a4212); } }
@media (prefers-contrast: more) { .card, .note { --faint: var(--ink); --line: currentColor; --rim: currentColor; } }
.card { padding: 1em; background: var(--guide-surface, var(--paper)); border: 1px solid var(--guide-edge, var(--line)); border-radius: var(--guide-radius, .875em); }
.note { margin-block-start: .25em; font-size: .9em; color: inherit; }
.card *, .card ::before { box-sizing: border-box; }
.card > * + * { margin-block: .75em 0; }
h3 { margin: 0; font: 600 1.25em/1.4 var(--guide-title-font, "Noto Serif", Georgia, serif); text-wrap: balance; }
p, ul { margin: 0; padding: 0; list-style: none; }
a { color: inherit; text-underline-offset: .2em; }
small, .faint { font-size: .875em; color: var(--guide-quiet, var(--faint)); }
button, input { font: inherit; color: inherit; min-block-size: 2.75em; min-inline-size: 2.75em; margin: 0; }
button { cursor: pointer; }
.main { border: 2px solid transparent; border-radius: 2em; padding: .4em 1.25em; background: var(--guide-accent, var(--fill)); color: var(--guide-on-accent, var(--on)); font-weight: 600; text-decoration: none; }
.plain { display: inline-block; padding-block: .6em; }
.chip { border: 1px solid var(--guide-edge, var(--rim)); border-radius: 2em; padding-inline: .9em; background: none; text-align: start; }
.chips { display: flex; flex-wrap: wrap; gap: .5em; }
.aside { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--guide-accent, var(--fill)); outline-offset: 2px; }
@media (forced-colors: active) { .main { border-color: ButtonText; } }
[hidden] { display: none !important; }
`;

/** Attributes of every widget: `museum`, `language`, `server`. */
export class GuideWidget extends HTMLElement {
  static tag = "guide-widget";
  /** The widget's own look, over what all share. */
  static dress = "";
  static observedAttributes = ["museum", "stop", "language", "server"];

  #asked = "";
  #wanted = false;
  #again = () => this.#want();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [DRESS, /** @type {typeof GuideWidget} */ (this.constructor).dress].map(sheet);
    root.append(document.createElement("slot"));
  }

  connectedCallback() {
    addEventListener("online", this.#again);
    this.#want();
  }

  disconnectedCallback() {
    removeEventListener("online", this.#again);
  }

  attributeChangedCallback() {
    this.#want();
  }

  /** Where the widget's answer comes from, below its museum; a widget that lacks an attribute says nothing. @returns {string} */
  get door() {
    return "";
  }

  /** What is shown of it. @param {any} _card @returns {Node[]} */
  shown(_card) {
    return [];
  }

  get museum() {
    return this.getAttribute("museum") ?? "";
  }

  get server() {
    return new URL(this.getAttribute("server") || HERE, document.baseURI).origin;
  }

  /** What was asked for, what the page is written in, what the visitor's browser speaks. */
  get language() {
    const page = /** @type {HTMLElement | null} */ (this.closest("[lang]"))?.lang;
    return this.getAttribute("language") || page || navigator.language;
  }

  /** An address of the museum's. @param {string} path */
  there(path) {
    return new URL(path, this.server).href;
  }

  /** @param {string} door @param {object} [sent] @returns {Promise<any>} */
  async tell(door, sent) {
    const url = new URL(`/api/v1/museums/${encodeURIComponent(this.museum)}/${door}`, this.server);
    url.searchParams.set("lang", this.language);
    /** @type {RequestInit} */
    const request = { credentials: "omit", referrerPolicy: "no-referrer" };
    if (sent) Object.assign(request, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) });
    const answer = await fetch(url, request);
    if (answer.status === 204) return null;
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.message);
    return told;
  }

  /** @param {string} name @param {object} detail @returns {boolean} whether the page lets it happen */
  happened(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail: { museum: this.museum, ...detail }, bubbles: true, composed: true, cancelable }));
  }

  /** A link to the museum; the page around may open it in its own way. @param {string} path @param {Facts} facts @param {(Node | string)[]} inside */
  link(path, facts, ...inside) {
    const link = made("a", { href: this.there(path), ...facts }, ...inside);
    link.addEventListener("click", (event) => {
      if (!this.happened("guide-chosen", { url: /** @type {HTMLAnchorElement} */ (link).href }, true)) event.preventDefault();
    });
    return link;
  }

  /** Once for all the attributes that change together; moved to another place, it stays as it is. */
  #want() {
    if (this.#wanted) return;
    this.#wanted = true;
    queueMicrotask(() => {
      this.#wanted = false;
      if (this.isConnected) this.#show();
    });
  }

  async #show() {
    const { door } = this;
    const asked = `${this.server} ${this.museum} ${door} ${this.language}`;
    if (!door || !this.museum || asked === this.#asked) return;
    this.#asked = asked;
    try {
      const card = await this.tell(door);
      if (asked !== this.#asked) return;
      this.#put(made("article", { class: "card", part: "card", lang: card.interface, dir: card.direction }, ...this.shown(card)));
      this.happened("guide-ready", { language: card.language });
    } catch (problem) {
      if (asked !== this.#asked) return;
      this.#asked = "";
      await this.#fail(problem);
    }
  }

  /** What the page says itself stays, with a word about why there is no more. @param {unknown} problem */
  async #fail(problem) {
    const reason = problem instanceof Refused ? "refused" : (await this.#isReached()) ? "stranger" : "away";
    const language = Object.keys(ALONE).find((known) => known === this.language.split("-")[0]) ?? "en";
    const message = problem instanceof Refused ? problem.message : ALONE[language][/** @type {"away" | "stranger"} */ (reason)];
    const note = made("p", { class: "note", part: "note", role: "status" });
    this.#put(document.createElement("slot"), note);
    note.textContent = message;
    this.happened("guide-failed", { reason, message });
  }

  /** Its scripts are for everybody: where these come and no answer does, this website is not one that the museum names. */
  async #isReached() {
    return fetch(this.there("/widgets/guide-widget.js"), { method: "HEAD", cache: "no-store", credentials: "omit" }).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  /** @param {Node[]} nodes */
  #put(...nodes) {
    this.shadowRoot?.replaceChildren(...nodes);
  }
}

/** The museum's own words on why not. */
export class Refused extends Error {}

/** @typedef {Record<string, string | number | boolean | null | undefined>} Facts */

/**
 * Made piece by piece: nothing here is parsed, so a page that forbids that can show it.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Facts} facts @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[T]}
 */
export function made(name, facts = {}, ...inside) {
  const element = document.createElement(name);
  for (const [fact, value] of Object.entries(facts)) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(fact, value === true ? "" : String(value));
  }
  element.append(...inside);
  return element;
}

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** One for all widgets of a kind. @param {string} text */
function sheet(text) {
  const known = sheets.get(text) ?? new CSSStyleSheet();
  if (!sheets.has(text)) known.replaceSync(text);
  sheets.set(text, known);
  return known;
}
