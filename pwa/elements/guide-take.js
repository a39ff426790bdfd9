// Takes a museum along in one language: says how much it is, fetches it, goes on after a break, renews and deletes it.

import { Damaged } from "../lib/pack/fetching.js";
import { Keeping } from "../lib/pack/keeping.js";
import { bytesOf, listed, missing } from "../lib/pack/listing.js";
import { NoRoom, mayStay } from "../lib/pack/room.js";
import { take } from "../lib/pack/taking.js";

/** Attributes: `museum`, `language`, `list`, `mp3-list`, and the words as `data-…`. Sets `state`; tells `guide-taken`. */
export default class GuideTake extends HTMLElement {
  static tag = "guide-take";
  /** One museum is asked for at a time: its list costs the server some work. */
  static #turn = Promise.resolve();

  #keeping = new Keeping(String(this.getAttribute("museum")), String(this.getAttribute("language")));
  #leaving = new AbortController();

  connectedCallback() {
    const why = hindrance();
    if (why) return this.#say(why, why);
    this.addEventListener("click", (event) => this.#act(/** @type {Element} */ (event.target).closest("[data-act]")));
    addEventListener("online", () => this.getAttribute("state") === "broken" && this.#take());
    this.#say("checking", "checking");
    GuideTake.#turn = GuideTake.#turn.then(() => this.#look());
  }

  /** What is here, and what there is. */
  async #look() {
    const here = await this.#keeping.taken().catch(() => null);
    const there = await this.#keeping.there();
    const list = await listed(this.#listUrl).catch(() => null);
    if (!list) return here ? this.#showTaken(here, "alone") : this.#say("absent", "absent");
    const wanted = missing(list, there);
    if (here?.whole) return wanted.length ? this.#offerNew(wanted) : this.#showTaken(here);
    if (here) return this.#say("paused", "paused", { done: size(list.bytes - bytesOf(wanted)), size: size(list.bytes) });
    this.#say("offered", "offered", { size: size(list.bytes) });
    return this.#besides(list.waiting ? "waiting" : "", { count: String(list.waiting) });
  }

  /** @param {Element | null} pressed */
  #act(pressed) {
    const act = pressed?.getAttribute("data-act");
    if (act === "take") this.#take();
    if (act === "pause") this.#leaving.abort();
    if (act === "remove") this.#remove(/** @type {HTMLElement} */ (pressed));
  }

  async #take() {
    this.#leaving = new AbortController();
    this.#say("taking", "checking");
    const stays = mayStay();
    let shown = { done: 0, all: 0 };
    const progress = (/** @type {number} */ done, /** @type {number} */ all) => this.#progress((shown = { done, all }));
    try {
      await take(this.#keeping, this.#listUrl, { signal: this.#leaving.signal, progress });
      const here = await this.#keeping.taken();
      if (here) this.#showTaken(here, (await stays) ? "" : "fleeting");
      this.dispatchEvent(new CustomEvent("guide-taken", { bubbles: true }));
    } catch (problem) {
      this.#stopped(problem, shown);
    }
  }

  /** @param {unknown} problem @param {{done: number, all: number}} shown */
  #stopped(problem, { done, all }) {
    if (problem instanceof NoRoom) return this.#say("full", "full", { size: size(problem.needed), free: size(problem.free) });
    if (this.#leaving.signal.aborted) return this.#say("paused", "paused", { done: size(done), size: size(all) });
    return problem instanceof Damaged ? this.#say("damaged", "damaged") : this.#say("broken", "broken");
  }

  /** Pressed once it asks, pressed again it does. @param {HTMLElement} button */
  async #remove(button) {
    if (!button.hasAttribute("data-sure")) {
      button.toggleAttribute("data-sure", true);
      button.textContent = String(this.dataset.sure);
      return;
    }
    await this.#keeping.remove();
    await this.#look();
    this.#besides("gone");
    this.querySelector("button")?.focus();
    this.dispatchEvent(new CustomEvent("guide-taken", { bubbles: true }));
  }

  /** @param {{list: {bytes: number, waiting: number}, keptAt: number}} here @param {string} [besides] */
  #showTaken({ list, keptAt }, besides = "") {
    const since = Date.now() - keptAt;
    this.#say("taken", since < A_MOMENT ? "arrived" : "taken", { size: size(list.bytes), age: age(since) });
    this.#besides(besides || (list.waiting ? "waiting" : ""), { count: String(list.waiting) });
  }

  /** @param {{bytes: number}[]} wanted */
  #offerNew(wanted) {
    this.#say("newer", "newer", { size: size(bytesOf(/** @type {any} */ (wanted))) });
  }

  /** @param {{done: number, all: number}} shown */
  #progress({ done, all }) {
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector("progress"));
    bar.max = all;
    bar.value = done;
    this.querySelector(".told").textContent = filled(String(this.dataset.progress), { done: size(done), size: size(all) });
  }

  /** @param {string} state @param {string} word @param {Record<string, string>} [facts] */
  #say(state, word, facts = {}) {
    this.setAttribute("state", state);
    this.querySelector(".told").textContent = filled(String(this.dataset[word]), facts);
    this.#besides("");
    this.querySelector("progress")?.toggleAttribute("hidden", state !== "taking");
    this.querySelector(".acts")?.toggleAttribute("hidden", !(state in ACTS));
    for (const button of this.querySelectorAll("[data-act]")) this.#dress(/** @type {HTMLElement} */ (button), ACTS[state] ?? {});
  }

  /** @param {HTMLElement} button @param {Record<string, string>} acts */
  #dress(button, acts) {
    const word = acts[String(button.dataset.act)];
    button.hidden = !word;
    button.removeAttribute("data-sure");
    if (word) button.textContent = String(this.dataset[word]);
  }

  /** @param {string} word @param {Record<string, string>} [facts] */
  #besides(word, facts = {}) {
    const line = /** @type {HTMLElement} */ (this.querySelector(".besides"));
    line.hidden = !word;
    line.textContent = word ? filled(String(this.dataset[word]), facts) : "";
  }

  get #listUrl() {
    const plays = document.createElement("audio").canPlayType("audio/webm; codecs=opus");
    return String(this.getAttribute(plays ? "list" : "mp3-list"));
  }
}

const A_MOMENT = 60_000;

/** By state: what can be done, and by which word. @type {Record<string, Record<string, string>>} */
const ACTS = {
  offered: { take: "go" },
  taking: { pause: "pause" },
  paused: { take: "resume", remove: "remove" },
  broken: { take: "resume", remove: "remove" },
  damaged: { take: "resume", remove: "remove" },
  full: { take: "go", remove: "remove" },
  newer: { take: "renew", remove: "remove" },
  taken: { remove: "remove" },
};

/** Why nothing can be kept here. */
function hindrance() {
  if (!globalThis.isSecureContext) return "insecure";
  return "serviceWorker" in navigator && "caches" in globalThis ? "" : "unable";
}

/** @param {string} pattern @param {Record<string, string>} facts */
function filled(pattern, facts) {
  return Object.entries(facts).reduce((told, [name, fact]) => told.replace(`[${name}]`, fact), pattern);
}

/** @param {number} bytes */
function size(bytes) {
  const told = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
  return `${told.format(bytes / 1e6)} MB`;
}

/** @param {number} milliseconds */
function age(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  const told = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  if (minutes < 60) return told.format(-minutes, "minute");
  if (minutes < 48 * 60) return told.format(-Math.round(minutes / 60), "hour");
  return told.format(-Math.round(minutes / 1440), "day");
}
