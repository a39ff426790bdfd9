// A stop whose recording is still being made is heard sentence by sentence, and goes on in the whole once that is there.

/**
 * Attributes: `for`, the id of the sound, and `captions`, the whole's times, which arrive when it can be played.
 * Each sentence that can be heard by itself says where: `data-sound`. It is the one sound that plays them all, one after
 * the other; meanwhile their ends and pauses are nobody else's business.
 */
export default class GuideSentences extends HTMLElement {
  static tag = "guide-sentences";

  #sentences = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-sound]")]);
  #whole = "";
  #at = -1;
  #times = /** @type {Map<string, {start: string, end: string}> | null} */ (null);
  #leaving = new AbortController();

  get #audio() {
    return /** @type {HTMLAudioElement} */ (document.getElementById(String(this.getAttribute("for"))));
  }

  connectedCallback() {
    if (!this.#audio || !this.#sentences.length) return;
    this.#whole = this.#audio.src;
    this.#expectWhole();
    if (this.#audio.readyState > 2) return;
    for (const type of ["ended", "pause", "error"]) this.#listen(window, type, (event) => this.#happened(event));
    this.#listen(document, "click", ({ target }) => this.#tapped(/** @type {Element} */ (target)));
    this.#listen(window, "hashchange", () => this.#say(Math.max(0, this.#addressed())));
    this.#say(Math.max(0, this.#addressed()));
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** @param {EventTarget} where @param {string} type @param {(event: Event) => void} act */
  #listen(where, type, act) {
    where.addEventListener(type, act, { capture: true, signal: this.#leaving.signal });
  }

  #addressed() {
    return this.#sentences.findIndex((sentence) => `#${sentence.id}` === location.hash);
  }

  get #bySentence() {
    return this.#at >= 0 && !this.#leaving.signal.aborted;
  }

  /** @param {number} at */
  #say(at, going = !this.#audio.paused) {
    for (const sentence of this.#sentences) delete sentence.dataset.start;
    this.#at = at;
    this.#sentences[at].dataset.start = "0";
    this.#audio.src = String(this.#sentences[at].dataset.sound);
    this.closest("guide-player")?.setAttribute("by-sentence", `${at}/${this.#sentences.length}`);
    if (going) this.#audio.play().catch(() => {});
    const next = this.#sentences[at + 1]?.dataset.sound;
    if (next) fetch(next).catch(() => {});
  }

  /** A sentence's end leads on, to the next or into the whole. @param {Event} event */
  #happened(event) {
    const failed = event.type === "error";
    if (event.target !== this.#audio || !(failed || this.#audio.ended)) return;
    const next = this.#at + (failed ? 0 : 1);
    if (next === this.#sentences.length) return void (event.type === "ended" && this.#leave(0, false));
    event.stopImmediatePropagation();
    if (event.type === "pause") return;
    if (failed || this.#times) this.#leave(next, true);
    else this.#say(next, true);
  }

  /** @param {Element} pressed */
  #tapped(pressed) {
    const at = this.#sentences.indexOf(/** @type {HTMLElement} */ (pressed.closest("[data-sound]")));
    if (at < 0 || at === this.#at || !getSelection()?.isCollapsed) return;
    if (this.#times) this.#leave(at, true);
    else this.#say(at, true);
  }

  /** The whole's captions are there when it can be heard; they are of this very recording, or we go on as we are. */
  async #expectWhole(patience = 2000) {
    const answer = await fetch(String(this.getAttribute("captions"))).catch(() => null);
    if (!this.isConnected) return;
    if (answer?.ok && !answer.redirected) return this.#wholeIsThere(await answer.text());
    if (!answer || answer.status === 503) setTimeout(() => this.#expectWhole(2 * patience), patience);
  }

  /** @param {string} captions */
  #wholeIsThere(captions) {
    const cues = [...captions.matchAll(/^(\d+)\n([\d:.]+) --> ([\d:.]+)/gm)];
    this.#times = new Map(cues.map(([, sentence, start, end]) => [sentence, { start: seconds(start), end: seconds(end) }]));
    if (!this.#bySentence) this.#learn();
    else if (this.#audio.paused && !this.#audio.currentTime) this.#leave(this.#at, false);
  }

  #learn() {
    for (const shown of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-sentence]"))) {
      delete shown.dataset.start;
      Object.assign(shown.dataset, this.#times?.get(String(shown.dataset.sentence)));
    }
  }

  /** Into the whole, at a sentence. @param {number} at @param {boolean} going */
  #leave(at, going) {
    this.#leaving.abort();
    this.#learn();
    const audio = this.#audio;
    audio.src = this.#whole; // first, so that the length of a sentence is never shown as the whole's
    this.closest("guide-player")?.removeAttribute("by-sentence");
    const start = at && Number(this.#sentences[at].dataset.start);
    if (start) audio.addEventListener("loadedmetadata", () => (audio.currentTime = start), { once: true });
    if (going) audio.play().catch(() => {});
  }
}

/** @param {string} stamp */
function seconds(stamp) {
  return String(stamp.split(":").reduce((sum, part) => 60 * sum + Number(part), 0));
}
