// The detailed map comes only when it is asked for; until then, and wherever it cannot come, the drawing stands.

import { dressed } from "../lib/dressed.js";

const STEP = 120;

/** Attributes: `data-module`, `data-worker`, `data-dress`, `data-tiles` and words. Inside: the drawing, and the stops as JSON. */
export default class GuideMap extends HTMLElement {
  static tag = "guide-map";

  /** @type {Opened | null} */
  #map = null;

  connectedCallback() {
    if (this.querySelector(".open-map")) return;
    const button = element("button", "open-map button", this.dataset.open);
    button.addEventListener("click", () => (this.#map ? this.#close() : this.#open()));
    const row = element("p");
    row.append(button, element("span", "small"));
    row.lastElementChild?.setAttribute("role", "status");
    this.prepend(row);
  }

  disconnectedCallback() {
    this.#map?.close();
  }

  async #open() {
    const button = /** @type {HTMLButtonElement} */ (this.querySelector(".open-map"));
    button.disabled = true;
    this.#say(this.dataset.waiting);
    const sheet = this.#sheet();
    try {
      await dressed(String(this.dataset.dress));
      const { openMap } = await import(String(this.dataset.module));
      this.#drawing.before(sheet);
      this.#map = await openMap(sheet.querySelector(".canvas"), this.#told());
      this.#drawing.hidden = true;
      button.textContent = this.dataset.close ?? "";
      this.#say("");
    } catch {
      sheet.remove();
      this.#say(this.dataset.failed);
    } finally {
      button.disabled = false;
    }
  }

  #close() {
    this.#map?.close();
    this.#map = null;
    this.querySelector(".detailed")?.remove();
    this.#drawing.hidden = false;
    const button = this.querySelector(".open-map");
    if (button) button.textContent = this.dataset.open ?? "";
  }

  #told() {
    return {
      tiles: this.dataset.tiles,
      worker: this.dataset.worker,
      bounds: around(this.#stops),
      pins: this.#stops.map((stop) => ({ element: pin(stop), lat: stop.lat, lon: stop.lon })),
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      calm: matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.dataset.motion === "calm",
      label: this.dataset.label,
    };
  }

  /** The map's own place, and buttons for whoever does not drag. */
  #sheet() {
    const sheet = element("div", "detailed");
    const moves = element("div", "moves");
    const { closer, farther, north, south, west, east } = this.dataset;
    const does = [["+", closer, 0, 0, 1], ["−", farther, 0, 0, -1], ["↑", north, 0, -1, 0], ["↓", south, 0, 1, 0], ["←", west, -1, 0, 0], ["→", east, 1, 0, 0]];
    for (const [sign, words, x, y, by] of does) {
      const button = element("button", "", String(sign));
      button.setAttribute("type", "button");
      button.setAttribute("aria-label", String(words));
      button.addEventListener("click", () => (by ? this.#map?.zoom(Number(by)) : this.#map?.move(Number(x) * STEP, Number(y) * STEP)));
      moves.append(button);
    }
    sheet.append(moves, element("div", "canvas"));
    return sheet;
  }

  /** @param {string | undefined} words */
  #say(words) {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words ?? "";
  }

  /** @returns {Shown[]} */
  get #stops() {
    return JSON.parse(this.querySelector("script")?.textContent ?? "[]");
  }

  get #drawing() {
    return /** @type {HTMLElement} */ (this.querySelector("guide-floor"));
  }
}

/**
 * @typedef {{zoom: (by: number) => void, move: (x: number, y: number) => void, close: () => void}} Opened
 * @typedef {{number: number, title: string, url: string, lat: number, lon: number, here: boolean, approximate: boolean}} Shown
 */

/** West, south, east, north. @param {Shown[]} stops */
function around(stops) {
  const [lons, lats] = [stops.map(({ lon }) => lon), stops.map(({ lat }) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** A stop stays a link. @param {Shown} stop */
function pin({ number, title, url, here, approximate }) {
  const link = /** @type {HTMLAnchorElement} */ (element("a", approximate ? "pin is-about" : "pin"));
  link.href = url;
  link.setAttribute("aria-label", `${number} · ${title}`);
  if (here) link.setAttribute("aria-current", "location");
  link.append(element("span", "", String(number)));
  return link;
}

/** @param {string} name @param {string} [kind] @param {string} [text] */
function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}
