// On from a stop: what was heard on this phone is left out of what comes next, the minutes that are left are offered, and
// a page that was kept without its walk finds its place on it again.

const LEAST_MINUTES = 5;

/** Attributes: `museum`, `language`, `number`, `walk` (as addresses say it; empty where the page came without one). */
export default class GuideOnward extends HTMLElement {
  static tag = "guide-onward";

  #heard = (/** @type {Event} */ { target }) => target instanceof HTMLAudioElement && target.id === "sound" && this.#note();

  connectedCallback() {
    document.addEventListener("play", this.#heard, true);
    if (!this.getAttribute("walk") && new URLSearchParams(location.search).has("walk")) this.#findPlace();
    this.#leaveOut();
    this.#offerLeft();
  }

  disconnectedCallback() {
    document.removeEventListener("play", this.#heard, true);
  }

  #note() {
    const heard = new Set([...(this.#kept("heard") ?? []), Number(this.getAttribute("number"))]);
    try {
      sessionStorage.setItem(this.#named("heard"), JSON.stringify([...heard]));
    } catch {
      // A phone that keeps nothing still plays.
    }
    this.#leaveOut();
  }

  /** What was heard counts as seen in every link that plans from here. */
  #leaveOut() {
    for (const link of this.querySelectorAll("a")) {
      const address = new URL(link.href);
      const seen = (address.searchParams.get("seen") ?? "").split(".").filter(Boolean);
      const all = new Set([...seen, ...(this.#kept("heard") ?? []).map(String)]);
      if (all.size) address.searchParams.set("seen", [...all].join("."));
      link.href = address.href;
    }
  }

  /** The minutes that are left of those with which the walk began. */
  #offerLeft() {
    const quick = this.querySelector(".quick");
    const left = Math.floor(((this.#kept("walk")?.until ?? 0) - Date.now()) / 60_000);
    const first = quick?.querySelector("a");
    if (!quick || !first || left < LEAST_MINUTES) return;
    const item = document.createElement("li");
    const chip = item.appendChild(document.createElement("a"));
    const address = new URL(first.href);
    address.searchParams.set("minutes", String(left));
    Object.assign(chip, { className: "chip left", href: address.href, textContent: (this.dataset.left ?? "").replace("[minutes]", String(left)) });
    quick.prepend(item);
  }

  /** Before and after as the walk has them, not as the numbers do. */
  async #findPlace() {
    const museum = this.getAttribute("museum");
    const language = this.getAttribute("language");
    const asked = new URLSearchParams(location.search);
    asked.delete("lang");
    const ground = await fetch(`/api/v1/museums/${museum}/terrain?lang=${language}`).then((told) => (told.ok ? told.json() : null), () => null);
    const there = new Map(ground?.places.map((/** @type {{number: number}} */ place) => [place.number, place]));
    const line = (asked.get("walk") ?? "").split(".").map(Number).filter((number) => there.has(number));
    const at = line.indexOf(Number(this.getAttribute("number")));
    if (at < 0) return;
    const url = (/** @type {number} */ number) => `/${museum}/stops/${there.get(number).slug}?lang=${language}&${asked}`;
    this.#lead("after", there.get(line[at + 1]), url);
    this.#lead("before", there.get(line[at - 1]), url);
    this.#say(`/${museum}/walk?lang=${language}&${asked}`, at + 1, line.length);
    this.setAttribute("walk", asked.toString());
    document.dispatchEvent(new CustomEvent("guide-onward"));
  }

  /** @param {"after" | "before"} which @param {{number: number, title: string} | undefined} stop @param {(number: number) => string} url */
  #lead(which, stop, url) {
    const links = document.querySelectorAll(which === "after" ? ".steps .after, guide-player .next" : ".steps .before");
    for (const link of links) {
      if (!stop) link.remove();
      else link.setAttribute("href", url(stop.number));
      const said = link.querySelector("span");
      if (stop && said) said.textContent = `${stop.number} · ${stop.title}`;
    }
    for (const told of document.querySelectorAll("guide-player, guide-session")) {
      const name = which === "after" ? "next" : "before";
      if (told.hasAttribute(name)) told.setAttribute(name, stop ? url(stop.number) : "");
    }
  }

  /** @param {string} url @param {number} place @param {number} length */
  #say(url, place, length) {
    const line = document.createElement("p");
    line.className = "walk";
    const link = Object.assign(document.createElement("a"), { href: url, textContent: this.dataset.yours });
    const told = (this.dataset.place ?? "").replace("[place]", String(place)).replace("[length]", String(length));
    line.append(link, " ", Object.assign(document.createElement("span"), { textContent: told }));
    document.querySelector("main")?.prepend(line);
  }

  /** @param {string} name */
  #kept(name) {
    try {
      return JSON.parse(sessionStorage.getItem(this.#named(name)) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  #named(name) {
    return `${name} ${this.getAttribute("museum")}`;
  }
}
