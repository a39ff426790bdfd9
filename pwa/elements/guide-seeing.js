// Opens a viewer when it is asked for, and gives it buttons, keys and words.

import { dressed } from "../lib/dressed.js";

const WAYS = {
  left: (view) => view.go(-1, 0),
  right: (view) => view.go(1, 0),
  up: (view) => view.go(0, -1),
  down: (view) => view.go(0, 1),
  in: (view) => view.zoom(1),
  out: (view) => view.zoom(-1),
  home: (view) => view.home(),
};
const KEYS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  "+": "in",
  "=": "in",
  "-": "out",
  0: "home",
  Home: "home",
  f: "whole",
};
const QUIET = 400; // what is shown is said when it has come to rest

/**
 * Attributes: `kind`; `bundle`, the viewer; `dress`, its style; `url`, what it shows; `decoders`; `sides`, a large
 * picture's width, height, tile and coarsest level. It holds the plain picture, a button, a stage and buttons for it.
 */
export default class GuideSeeing extends HTMLElement {
  static tag = "guide-seeing";

  #view = null;
  #saying = 0;
  #offer = /** @type {HTMLElement} */ (this.querySelector(".offer"));
  #stage = /** @type {HTMLElement} */ (this.querySelector(".stage"));
  #told = /** @type {HTMLElement} */ (this.querySelector(".told"));

  connectedCallback() {
    this.#offer.hidden = false;
    this.#offer.querySelector("button")?.addEventListener("click", () => this.#open());
    this.querySelector(".levers")?.addEventListener("click", ({ target }) => {
      const way = /** @type {Element} */ (target).closest("[data-way]")?.getAttribute("data-way");
      if (way) this.#go(way);
    });
    // On the way down: the viewers have keys of their own, and one press must not do two things.
    this.#stage.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    this.addEventListener("keydown", ({ key }) => key === "Escape" && this.toggleAttribute("whole", false));
    for (const type of ["fullscreenchange", "keydown"]) this.addEventListener(type, () => this.#showWhole());
  }

  async #open() {
    const button = /** @type {HTMLButtonElement} */ (this.#offer.querySelector("button"));
    if (this.getAttribute("kind") !== "deepzoom" && !canDraw()) return this.#fail("unable");
    button.disabled = true;
    this.#say(this.dataset.opening);
    try {
      const dress = this.getAttribute("dress");
      if (dress) await dressed(dress);
      const { open } = await import(String(this.getAttribute("bundle")));
      this.#show(true);
      this.#view = await open(this.#stage, this.#given());
      this.#stage.focus();
      this.#changed();
    } catch {
      button.disabled = false;
      this.#stage.replaceChildren();
      this.#fail("failed");
    }
  }

  #given() {
    const [width, height, tile, least] = (this.getAttribute("sides") ?? "").split(" ").map(Number);
    return {
      source: { url: this.getAttribute("url"), decoders: this.getAttribute("decoders"), width, height, tile, least },
      alt: this.#stage.getAttribute("aria-label"),
      calm: isCalm(),
      changed: () => this.#changed(),
    };
  }

  /** @param {boolean} opened */
  #show(opened) {
    for (const plain of this.querySelectorAll("figure, .blank, .offer")) plain.toggleAttribute("hidden", opened);
    /** @type {HTMLElement} */ (this.querySelector(".whole-of-it")).hidden = !opened;
    /** @type {HTMLElement} */ (this.querySelector(".note")).hidden = true;
  }

  /** @param {"failed" | "unable"} why */
  #fail(why) {
    this.#show(false);
    const note = /** @type {HTMLElement} */ (this.querySelector(".note"));
    note.hidden = false;
    note.textContent = this.dataset[why] ?? "";
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const way = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    this.#go(way);
  }

  /** @param {string} way */
  #go(way) {
    if (way === "whole") this.#turnWhole();
    else if (this.#view) {
      WAYS[way](this.#view);
      this.#changed();
    }
  }

  async #turnWhole() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.hasAttribute("whole")) this.removeAttribute("whole");
    else await (this.requestFullscreen?.() ?? Promise.reject()).catch(() => this.setAttribute("whole", ""));
    this.#showWhole();
  }

  #showWhole() {
    const whole = document.fullscreenElement === this || this.hasAttribute("whole");
    this.querySelector("[data-way=whole]")?.setAttribute("aria-pressed", String(whole));
  }

  #changed() {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => this.#view && this.#say(this.#words(this.#view.told())), QUIET);
  }

  #words({ zoom, turned = 0, tilt = 0, across = 0.5, down = 0.5 }) {
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    const third = (share) => Math.max(0, Math.min(2, Math.floor(share * 3)));
    const place = (this.dataset.places ?? "").split("|")[3 * third(down) + third(across)];
    const facts = { zoom: number.format(zoom), turned: String(turned), tilt: number.format(tilt), place };
    return (this.dataset.told ?? "").replace(/\[(\w+)\]/g, (_, name) => facts[name] ?? "");
  }

  /** @param {string | undefined} words */
  #say(words) {
    if (words && this.#told.textContent !== words) this.#told.textContent = words;
  }
}

function canDraw() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

function isCalm() {
  return document.documentElement.dataset.motion === "calm" || matchMedia("(prefers-reduced-motion: reduce)").matches;
}
