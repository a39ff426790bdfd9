// The player around the page's sound: where it is, how fast, a bar to seek with, and a deck that stays at hand.

/** Wraps `<audio>`; everything it shows stands in the page already and wakes when it is defined. */
export default class GuidePlayer extends HTMLElement {
  static tag = "guide-player";

  #audio = /** @type {HTMLAudioElement} */ (this.querySelector("audio"));
  #bar = /** @type {HTMLInputElement} */ (this.querySelector("input[type=range]"));
  #past = /** @type {HTMLElement} */ (this.querySelector(".past"));
  #left = /** @type {HTMLElement} */ (this.querySelector(".left"));
  #speeds = /** @type {HTMLSelectElement} */ (this.querySelector("select"));

  connectedCallback() {
    this.#keepSpeed();
    this.#keepPlace();
    this.#stayAtHand();
    this.addEventListener("click", (event) => this.#step(/** @type {Element} */ (event.target)));
    document.addEventListener("guide-moved", (event) => this.#takeOver(/** @type {CustomEvent} */ (event).detail.player));
    this.#show();
  }

  /** Another stop is told by the same sound: its player says what is new. @param {HTMLElement | undefined} its */
  #takeOver(its) {
    if (!its || !this.isConnected) return;
    const sound = /** @type {HTMLElement} */ (its.querySelector("audio"));
    for (const name of ["aria-label", "data-webm"]) this.#audio.setAttribute(name, sound.getAttribute(name) ?? "");
    for (const part of [".long", ".left", ".voice"]) {
      const [here, there] = [this, its].map((player) => player.querySelector(part));
      if (here) here.textContent = there?.textContent ?? "";
    }
    const [next, after] = [this, its].map((player) => player.querySelector(".next"));
    if (after) next ? next.setAttribute("href", String(after.getAttribute("href"))) : this.querySelector(".controls")?.append(after);
    else next?.remove();
    this.removeAttribute("by-sentence");
    this.#show();
  }

  /** The chosen speed holds for every stop. */
  #keepSpeed() {
    const kept = remembered("speed");
    if ([...this.#speeds.options].some((option) => option.value === kept)) this.#speeds.value = String(kept);
    const hurry = () => (this.#audio.defaultPlaybackRate = this.#audio.playbackRate = Number(this.#speeds.value));
    this.#speeds.addEventListener("change", () => remember("speed", String(hurry())));
    hurry();
  }

  #keepPlace() {
    for (const type of ["timeupdate", "durationchange", "seeked", "ended"]) {
      this.#audio.addEventListener(type, () => this.#show());
    }
    this.#bar.addEventListener("input", () => (this.#audio.currentTime = Number(this.#bar.value)));
  }

  /** How long the whole is, nobody knows while it is told sentence by sentence: `by-sentence` says how many are done. */
  #showPart() {
    const [done, all] = (this.getAttribute("by-sentence") ?? "").split("/").map(Number);
    this.#bar.disabled = all > 0;
    if (this.#bar.disabled) this.#bar.style.setProperty("--done", `${(100 * done) / all}%`);
    return this.#bar.disabled;
  }

  #show() {
    if (this.#showPart()) return;
    const { currentTime, duration } = this.#audio;
    if (Number.isFinite(duration)) {
      this.#bar.max = String(duration);
      this.#left.textContent = clock(duration);
    }
    this.#bar.value = String(currentTime);
    this.#past.textContent = clock(currentTime);
    this.#bar.style.setProperty("--done", `${(100 * currentTime) / Number(this.#bar.max || 1)}%`);
    this.#bar.setAttribute("aria-valuetext", this.#told(currentTime, Number(this.#bar.max)));
  }

  /** @param {number} past @param {number} length */
  #told(past, length) {
    return (this.#bar.dataset.value ?? "").replace("[past]", clock(past)).replace("[length]", clock(length));
  }

  /** @param {Element} pressed */
  #step(pressed) {
    const by = pressed.closest("[data-by]")?.getAttribute("data-by");
    if (by) this.#audio.currentTime = Math.max(0, this.#audio.currentTime + Number(by));
  }

  /** Once it has been scrolled out of sight while something plays, the deck waits at the foot of the screen. */
  #stayAtHand() {
    const deck = /** @type {HTMLElement} */ (this.querySelector(".deck"));
    const controls = /** @type {HTMLElement} */ (this.querySelector(".controls"));
    const watch = new IntersectionObserver(([seen]) => {
      const above = !seen.isIntersecting && seen.boundingClientRect.top < 0;
      if (above && !this.hasAttribute("away")) this.style.setProperty("--room", `${deck.offsetHeight}px`);
      this.toggleAttribute("away", above && this.getAttribute("state") !== "idle");
    });
    watch.observe(controls);
  }
}

/** @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** @param {string} name */
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing plays all the same
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
