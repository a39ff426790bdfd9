// The words of a stop, lit up as they are spoken; a tap on a sentence plays from there.

/**
 * Attributes: `for` (the id of the sound), `captions` (a WebVTT file, asked for where the page knows no times yet).
 * The sentences are the spans with `data-sentence`, inside it.
 */
export default class GuideTranscript extends HTMLElement {
  static tag = "guide-transcript";

  #sentences = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-sentence]")]);
  #spoken = /** @type {HTMLElement | null} */ (null);
  #following = false;
  #timed = Promise.resolve();

  get #audio() {
    return /** @type {HTMLAudioElement} */ (document.getElementById(String(this.getAttribute("for"))));
  }

  connectedCallback() {
    if (!this.#audio) return;
    this.#timed = this.#learnTimes();
    this.#following = !this.#audio.paused;
    this.#audio.addEventListener("timeupdate", () => this.#light());
    this.#audio.addEventListener("play", () => (this.#following = true));
    for (const type of ["wheel", "touchmove"]) {
      addEventListener(type, () => (this.#following = false), { passive: true });
    }
    this.addEventListener("click", (event) => this.#tapped(/** @type {Element} */ (event.target)));
    this.querySelector("guide-player input[type=range]")?.addEventListener("keydown", (event) => this.#turned(event));
    addEventListener("hashchange", () => this.#fromAddress(-1));
    document.addEventListener("guide-moved", () => this.#takeOver());
    this.#fromAddress(this.#audio.currentTime);
  }

  /** Another stop is told by the same sound, and its words stand here now. */
  #takeOver() {
    if (!this.isConnected) return;
    this.#sentences = [...this.querySelectorAll("[data-sentence]")];
    this.#spoken = null;
    this.#timed = this.#learnTimes();
  }

  /** A recording that was made just now has its times beside it, ready when it can be heard. */
  async #learnTimes() {
    const captions = this.getAttribute("captions");
    if (!captions || this.#sentences.some((sentence) => sentence.dataset.start)) return;
    if (this.#audio.readyState < 3) await once(this.#audio, "canplay");
    const answer = await fetch(captions);
    if (!answer.ok) return;
    for (const { sentence, start, end } of cues(await answer.text())) {
      const shown = this.#sentences.find((one) => one.dataset.sentence === sentence);
      if (shown) Object.assign(shown.dataset, { start, end });
    }
  }

  #light() {
    const now = this.#audio.currentTime;
    const begun = this.#sentences.filter((sentence) => Number(sentence.dataset.start ?? Infinity) <= now + 0.05);
    const spoken = begun.at(-1) ?? null;
    if (spoken === this.#spoken) return;
    this.#spoken?.classList.remove("spoken");
    spoken?.classList.add("spoken");
    this.#spoken = spoken;
    if (this.#following && spoken && !this.#audio.paused) bringIntoSight(spoken);
  }

  /** @param {Element} pressed */
  #tapped(pressed) {
    const sentence = /** @type {HTMLElement | null} */ (pressed.closest("[data-start]"));
    if (!sentence || !getSelection()?.isCollapsed) return;
    this.#seek(sentence);
    if (this.#audio.paused) document.getElementById("play")?.click();
    this.#following = true;
  }

  /** Page Down and Page Up on the bar: a sentence on, or back to where this one began. @param {Event} event */
  #turned(event) {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const now = this.#audio.currentTime;
    const starts = this.#sentences.map((sentence) => Number(sentence.dataset.start)).filter((start) => start >= 0);
    const there = { PageDown: starts.find((start) => start > now + 0.1), PageUp: starts.findLast((start) => start < now - 1) }[key];
    if (there === undefined || this.#audio.readyState === 0) return;
    event.preventDefault();
    this.#audio.currentTime = there;
  }

  /**
   * `#s3` in the address is the third sentence: a citation leads to where it is said, unless that is being heard.
   * @param {number} heard the second that is being heard
   */
  async #fromAddress(heard) {
    const sentence = this.#sentences.find((one) => `#${one.id}` === location.hash);
    if (!sentence) return;
    await this.#timed;
    if (heard < Number(sentence.dataset.start)) this.#seek(sentence);
  }

  /** @param {HTMLElement} sentence */
  #seek(sentence) {
    const start = Number(sentence.dataset.start);
    if (Number.isNaN(start)) return;
    const go = () => (this.#audio.currentTime = start);
    if (this.#audio.readyState > 0) go();
    else once(this.#audio, "loadedmetadata").then(go);
  }
}

/** @param {EventTarget} target @param {string} type @returns {Promise<void>} */
function once(target, type) {
  return new Promise((done) => target.addEventListener(type, () => done(), { once: true }));
}

/** @param {string} vtt */
function cues(vtt) {
  const found = [...vtt.matchAll(/^(\d+)\n([\d:.]+) --> ([\d:.]+)/gm)];
  return found.map(([, sentence, start, end]) => ({ sentence, start: seconds(start), end: seconds(end) }));
}

/** @param {string} stamp */
function seconds(stamp) {
  return String(stamp.split(":").reduce((sum, part) => 60 * sum + Number(part), 0));
}

/** @param {HTMLElement} sentence */
function bringIntoSight(sentence) {
  const { top, bottom } = sentence.getBoundingClientRect();
  if (top > 80 && bottom < innerHeight - 140) return;
  const calm = "motion" in document.documentElement.dataset || matchMedia("(prefers-reduced-motion: reduce)").matches;
  sentence.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
