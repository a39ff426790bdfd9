// The telling goes on by itself: when a stop has been told, the next one is told by the same sound, also in a pocket.

/** @typedef {{url: string, page: Document | null, passed: string[], lost?: boolean}} Found */
/** @typedef {{found?: Found, sought: Promise<Found>}} Asked */

/**
 * Attributes: `for` (the id of the sound), `closed` (whoever listens on passes this stop over), `data-*`, the words it
 * says. On a walk's own page: `sound`, with which the link inside begins to play at once.
 *
 * A locked phone lets a page play on only with the element that a finger once started, and only from inside the event
 * in which the last sound ended. So there is one sound, the next page is fetched while this one is told, and no clock
 * is used.
 */
export default class GuideQueue extends HTMLElement {
  static tag = "guide-queue";

  /** What comes next or came before, as far as it was looked for. @type {Map<string, Asked>} */
  #ahead = new Map();
  #here = bare(location.href);
  #leaving = new AbortController();
  #begun = false;

  get #audio() {
    return /** @type {HTMLAudioElement} */ (document.getElementById(String(this.getAttribute("for"))));
  }

  get #player() {
    return this.closest("guide-player");
  }

  get #switch() {
    return this.querySelector("input");
  }

  connectedCallback() {
    if (this.hasAttribute("sound")) return this.addEventListener("click", (event) => this.#begin(event));
    if (!this.#audio) return;
    this.#recall();
    this.addEventListener("change", () => remember(this.#memory, String(this.#on)));
    this.#listen(this.#audio, "ended", () => this.#on && this.#step("next"));
    this.#listen(this.#audio, "timeupdate", () => this.#isTime() && this.#lookAhead("next"));
    this.#listen(document, "guide-step", (event) => this.#asked(/** @type {CustomEvent} */ (event)));
    this.#listen(document, "guide-onward", () => this.#ahead.clear());
    this.#listen(window, "online", () => this.#ahead.clear());
    this.#listen(document, "click", (event) => this.#pressed(/** @type {MouseEvent} */ (event)));
    this.#listen(window, "popstate", () => this.#wentBack());
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** @param {EventTarget} where @param {string} type @param {(event: Event) => void} act */
  #listen(where, type, act) {
    where.addEventListener(type, act, { signal: this.#leaving.signal });
  }

  // The switch: on for who follows a walk, off for who scans one label; each is remembered by itself.

  get #on() {
    return this.#switch?.checked ?? false;
  }

  /** The address knows of the walk, also where the page was kept without it. */
  get #onWalk() {
    return /[?&](tour|walk)=/.test(location.search);
  }

  get #memory() {
    return this.#onWalk ? "listen-on-walk" : "listen-on";
  }

  #recall() {
    const kept = remembered(this.#memory);
    if (this.#switch) this.#switch.checked = kept ? kept === "true" : this.#onWalk;
  }

  // What comes

  /** When this sound has arrived, or is half over, the line is free for the next. */
  #isTime() {
    if (!this.#on || this.#ahead.has("next")) return false;
    const { buffered, currentTime, duration } = this.#audio;
    return currentTime > duration / 2 || (buffered.length > 0 && buffered.end(buffered.length - 1) > duration - 1);
  }

  /** @param {string} way @returns {Asked} */
  #lookAhead(way) {
    const known = this.#ahead.get(way);
    if (known) return known;
    const url = neighbour(document, way);
    const asked = { sought: url ? this.#find(url, way) : Promise.resolve(nowhere([])) };
    this.#ahead.set(way, asked);
    asked.sought.then((found) => {
      Object.assign(asked, { found });
      if (!found.page || way !== "next") return;
      warm(found.page);
      this.#doubt(way, asked, found);
    });
    return asked;
  }

  /**
   * A kept copy does as long as nobody knows better; where it is out of date, it is looked for again.
   * @param {string} way @param {Asked} asked @param {Found} found
   */
  async #doubt(way, asked, { page, url }) {
    const { keptAt } = page.documentElement.dataset;
    const told = keptAt ? await news(new URL(url, location.href).href, Number(keptAt)) : null;
    if (told?.news === "renewed" && this.#ahead.get(way) === asked) this.#ahead.delete(way);
  }

  /** The nearest one that can be heard, and those that are passed over. @param {string} from @param {string} way */
  async #find(from, way) {
    /** @type {string[]} */
    const passed = [];
    for (let url = from; url; ) {
      const page = await fetched(url);
      if (!page) return { url, page, passed, lost: true };
      const there = page.querySelector("guide-queue");
      if (there && !there.hasAttribute("closed")) return { url, page, passed };
      passed.push(this.#say(there ? "closed" : "silent", page));
      url = neighbour(page, way);
    }
    return nowhere(passed);
  }

  // Going on

  /** @param {string} way */
  #step(way, arrive = (/** @type {Found} */ found) => this.#arrive(found)) {
    const here = this.#here;
    if (this.#ahead.get(way)?.found?.lost) this.#ahead.delete(way); // the network may be back
    const asked = this.#lookAhead(way);
    if (asked.found) arrive(asked.found);
    else asked.sought.then((found) => here === this.#here && arrive(found));
  }

  /** @param {Found} found */
  #arrive(found) {
    this.#ahead.clear();
    if (found.page) return this.#turn(found.page, found.url, true, found.passed);
    this.#tell([...found.passed, this.dataset[found.lost ? "lost" : "end"] ?? ""]);
  }

  /**
   * The sound first, then what is seen.
   * @param {Document} page @param {string} url @param {boolean} going @param {string[]} passed
   */
  #turn(page, url, going, passed, push = true) {
    const audio = this.#audio;
    play(audio, sourceOf(page), going);
    if (push) history.pushState(null, "", url);
    this.#here = bare(location.href);
    const now = this.#say("now", page);
    this.#show(page);
    this.#recall();
    this.#tell([...passed, now]);
  }

  /** @param {Document} page */
  #show(page) {
    const held = document.activeElement;
    const player = /** @type {HTMLElement} */ (page.querySelector("guide-player"));
    dress(page);
    graft(document.querySelector("main"), page.querySelector("main"), this.#player, player);
    document.dispatchEvent(new CustomEvent("guide-moved", { detail: { url: location.href, player } }));
    scrollTo(0, 0);
    if (held && !held.isConnected) focusOn(document.querySelector("h1"));
  }

  // Who asks

  /** The buttons of a headset, a car, a locked phone. @param {CustomEvent<{way: string}>} event */
  #asked(event) {
    event.preventDefault();
    this.#step(event.detail.way);
  }

  /**
   * Whoever listens on goes on without a pause, also by the page's own links; a link to what cannot be heard opens it.
   * @param {MouseEvent} event
   */
  #pressed(event) {
    const pressed = /** @type {Element} */ (event.target).closest("a.next, a[rel=next], a[rel=prev]");
    const link = /** @type {HTMLAnchorElement | null} */ (pressed);
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
    if (!link || !plain || !this.#on || this.#audio.paused) return;
    event.preventDefault();
    this.#step(link.rel === "prev" ? "prev" : "next", (found) => {
      if (found.page && !found.passed.length) this.#arrive(found);
      else location.assign(link.href);
    });
  }

  async #wentBack() {
    const url = bare(location.href);
    if (url === this.#here) return;
    this.#ahead.clear();
    const page = await fetched(url);
    if (url !== bare(location.href)) return;
    if (!page?.querySelector("guide-queue[for]")) return location.reload();
    this.#turn(page, url, !this.#audio.paused, [], false);
  }

  /** On a walk's page one tap begins: the sound at once, then the page of its stop around it. @param {MouseEvent} event */
  async #begin(event) {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a"));
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (this.#begun) return;
    this.#begun = true;
    remember("listen-on-walk", "true");
    const audio = document.createElement("audio");
    audio.setAttribute("playsinline", "");
    play(audio, String(this.getAttribute("sound")), true);
    const page = await fetched(link.href);
    const place = page?.getElementById("sound");
    if (!page || !place) return location.assign(link.href);
    this.#moveIn(page, place, audio, link.href);
  }

  /**
   * The words come to the sound, not the sound to theirs: a sound that is moved into another document may stop there.
   * @param {Document} page @param {HTMLElement} place @param {HTMLAudioElement} audio @param {string} url
   */
  #moveIn(page, place, audio, url) {
    history.pushState(null, "", url);
    dress(page);
    for (const { name, value } of place.attributes) if (name !== "src") audio.setAttribute(name, value);
    const main = document.adoptNode(/** @type {Element} */ (page.querySelector("main")));
    place.replaceWith(audio);
    main.querySelector("#player")?.setAttribute("state", audio.paused ? "idle" : "playing");
    document.querySelector("main")?.replaceWith(main);
    scrollTo(0, 0);
    document.getElementById("play")?.focus({ preventScroll: true });
  }

  // What is said

  /** @param {string} what @param {Document} page */
  #say(what, page) {
    const read = (/** @type {string} */ part) => page.querySelector(`main ${part}`)?.lastChild?.textContent?.trim();
    const [number, title] = [read(".number"), read("h1")];
    return (this.dataset[what] ?? "").replace("[stop]", `${number} · ${title}`);
  }

  /** @param {string[]} sentences */
  #tell(sentences) {
    const said = this.querySelector("[role=status]");
    if (said) said.textContent = sentences.join(" ");
  }
}

/** @param {HTMLAudioElement} audio @param {string} source @param {boolean} going */
function play(audio, source, going) {
  if (audio.getAttribute("src") !== source) audio.src = source;
  if (going) audio.play().catch(() => {}); // the player shows what came of it
}

/** @param {string[]} passed @returns {Found} */
function nowhere(passed) {
  return { url: "", page: null, passed };
}

/** @param {string} url @returns {Promise<Document | null>} */
async function fetched(url) {
  const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer || !(answer.ok || answer.status === 410)) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @param {Document} page @param {string} way */
function neighbour(page, way) {
  return page.querySelector(`.steps a[rel=${way}]`)?.getAttribute("href") ?? "";
}

/** @param {Document} page */
function sourceOf(page) {
  return page.getElementById("sound")?.getAttribute("src") ?? "";
}

/** Its sound is fetched ahead, too: whole where the worker can keep it, else its beginning. @param {Document} page */
function warm(page) {
  const { saveData = false } = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection ?? {};
  const captions = page.querySelector("guide-keep")?.getAttribute("captions");
  const worker = navigator.serviceWorker?.controller;
  if (saveData) return;
  if (worker) worker.postMessage({ type: "save", urls: [sourceOf(page), captions].filter(Boolean) });
  else fetch(sourceOf(page), { headers: { range: "bytes=0-65535" } }).catch(() => {});
}

/**
 * What the worker hears of a page behind the copy that was kept then.
 * @param {string} url @param {number} keptAt @returns {Promise<{news: string}> | null}
 */
function news(url, keptAt) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage({ type: "news", url, keptAt }, [port2]);
  });
}

/** What stands around the words: title, age, languages, address, and what the other page needs. @param {Document} page */
function dress(page) {
  document.title = page.title;
  const { keptAt } = page.documentElement.dataset;
  document.documentElement.toggleAttribute("data-kept-at", Boolean(keptAt));
  if (keptAt) document.documentElement.dataset.keptAt = keptAt;
  for (const part of [".tongues ul", "link[rel=canonical]"]) {
    const there = page.querySelector(part);
    if (there) document.querySelector(part)?.replaceWith(there);
  }
  for (const sheet of page.querySelectorAll("head > link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
  }
  for (const url of (page.body.dataset.elements ?? "").trim().split(/\s+/)) {
    import(url).then(({ default: element }) => define(element)).catch(() => {});
  }
}

/** @param {CustomElementConstructor & {tag: string}} element */
function define(element) {
  if (!customElements.get(element.tag)) customElements.define(element.tag, element);
}

/**
 * Everything around what stays becomes the other page's; what stays, and whatever holds it, is not moved, so that it plays on.
 * @param {Element | null} here @param {Element | null} there @param {Element | null} stays @param {Element} its
 */
function graft(here, there, stays, its) {
  if (!here || !there || here === stays) return;
  for (const { name } of [...here.attributes]) if (!there.hasAttribute(name)) here.removeAttribute(name);
  for (const { name, value } of there.attributes) here.setAttribute(name, value);
  const kept = [...here.children].find((child) => child.contains(stays));
  const other = [...there.children].find((child) => child.contains(its));
  if (!kept || !other) return;
  for (const child of [...here.childNodes]) if (child !== kept) child.remove();
  const nodes = [...there.childNodes];
  const at = nodes.indexOf(other);
  kept.before(...nodes.slice(0, at));
  kept.after(...nodes.slice(at + 1));
  graft(kept, other, stays, its);
}

/** @param {HTMLElement | null} heading */
function focusOn(heading) {
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
}

/** @param {string} address */
function bare(address) {
  return address.split("#")[0];
}

/** @param {string} name */
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing listens on as it comes
  }
}

/** @param {string} name @param {string} value */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // as above
  }
}
