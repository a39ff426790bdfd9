// Outdoors a stop proposes itself once when one comes near. The phone compares by itself: where it is, it tells nobody.

import { dressed } from "../lib/dressed.js";

const NEAR = 40; // metres: the whole circle in which the phone may be lies within them
const LEFT = 70; // and the whole circle lies beyond these again
const VAGUE = 50; // a wider circle proves nothing
const SURE = 2; // readings in a row that say the same
const EARTH = 6_371_000;

/** Attributes: `museum`, `current` (a stop's slug), `data-stops` (surveyed stops as JSON), `data-dress` (its stylesheet) and words. */
export default class GuideNear extends HTMLElement {
  static tag = "guide-near";

  /** @type {number | null} */
  #watch = null;
  #shown = "";
  #told = { slug: "", times: 0 };

  connectedCallback() {
    if (!("geolocation" in navigator)) return;
    const show = () => (this.hidden = false);
    dressed(String(this.dataset.dress)).then(show, show);
    this.#button.onclick = () => (this.#watch === null ? this.#begin() : this.#stop(true));
    if (this.#remembered("wanted")) this.#begin();
  }

  disconnectedCallback() {
    this.#stop(false);
  }

  #begin() {
    this.#remember("wanted", "yes");
    this.#pressed(true);
    this.#say("waiting");
    const options = { enableHighAccuracy: true, maximumAge: 5000 };
    this.#watch = navigator.geolocation.watchPosition((fix) => this.#look(fix.coords), (problem) => this.#failed(problem), options);
  }

  /** @param {boolean} unwanted */
  #stop(unwanted) {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    if (!unwanted) return;
    this.#remember("wanted", "");
    this.#pressed(false);
    this.#say("");
    this.#hide();
  }

  /** @param {{latitude: number, longitude: number, accuracy: number}} here */
  #look(here) {
    const near = nearest(here, this.#stops);
    if (this.#shown && near.every((stop) => stop.slug !== this.#shown || stop.metres - here.accuracy > LEFT)) this.#hide();
    this.#say(here.accuracy > VAGUE ? "vague" : "watching");
    const slug = here.accuracy <= VAGUE && near[0] && near[0].metres + here.accuracy <= NEAR ? near[0].slug : "";
    this.#told = { slug, times: slug === this.#told.slug ? this.#told.times + 1 : 1 };
    if (slug && this.#told.times >= SURE) this.#propose(near[0]);
  }

  /** Once a visit, and never the stop one is looking at. @param {Stop} stop */
  #propose(stop) {
    const proposed = this.#remembered("proposed").split(" ");
    if (stop.slug === this.getAttribute("current") || proposed.includes(stop.slug)) return;
    this.#remember("proposed", [...proposed, stop.slug].join(" ").trim());
    this.#shown = stop.slug;
    const card = /** @type {HTMLElement} */ (this.#template.content.cloneNode(true));
    const link = /** @type {HTMLAnchorElement} */ (card.querySelector("a"));
    Object.assign(link, { href: stop.url, textContent: `${stop.number} · ${stop.title}` });
    if (stop.lang) link.lang = stop.lang;
    card.querySelector("button")?.addEventListener("click", () => this.#hide());
    this.#found.replaceChildren(this.#template, card);
  }

  #hide() {
    this.#shown = "";
    this.#found.replaceChildren(this.#template);
  }

  /** @param {GeolocationPositionError} problem */
  #failed(problem) {
    if (problem.code !== problem.PERMISSION_DENIED) return this.#say("unknown");
    this.#stop(true);
    this.#say("refused");
  }

  /** @param {boolean} on */
  #pressed(on) {
    this.#button.setAttribute("aria-pressed", String(on));
    this.#button.textContent = (on ? this.dataset.off : this.dataset.on) ?? "";
  }

  /** @param {string} word */
  #say(word) {
    const status = this.querySelector("[role=status]");
    const said = word && (this.dataset[word] ?? "");
    if (status && status.textContent !== said) status.textContent = said;
  }

  /** @param {string} what @param {string} said */
  #remember(what, said) {
    try {
      sessionStorage.setItem(`near ${what} ${this.getAttribute("museum")}`, said);
    } catch {
      // A phone that keeps nothing is asked again on each page.
    }
  }

  /** @param {string} what */
  #remembered(what) {
    try {
      return sessionStorage.getItem(`near ${what} ${this.getAttribute("museum")}`) ?? "";
    } catch {
      return "";
    }
  }

  /** @returns {Stop[]} */
  get #stops() {
    return JSON.parse(this.dataset.stops ?? "[]");
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("button"));
  }

  get #found() {
    return /** @type {HTMLElement} */ (this.querySelector(".found"));
  }

  get #template() {
    return /** @type {HTMLTemplateElement} */ (this.querySelector("template"));
  }
}

/** @typedef {{slug: string, number: number, title: string, url: string, lang?: string, lat: number, lon: number, metres?: number}} Stop */

/**
 * The stops with their distances, nearest first.
 * @param {{latitude: number, longitude: number}} here
 * @param {Stop[]} stops
 */
function nearest({ latitude, longitude }, stops) {
  const turn = Math.PI / 180;
  const away = (/** @type {Stop} */ { lat, lon }) =>
    Math.hypot((lat - latitude) * turn, (lon - longitude) * turn * Math.cos(latitude * turn)) * EARTH;
  return stops.map((stop) => ({ ...stop, metres: away(stop) })).sort((one, other) => one.metres - other.metres);
}
