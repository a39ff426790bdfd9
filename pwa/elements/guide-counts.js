// Tells the museum that a stop was played, and that it was heard to the end: a count, and nothing about who.

/** Attributes: `for`, `museum`, `stop`, `language`. Each is told once a page. */
export default class GuideCounts extends HTMLElement {
  static tag = "guide-counts";

  #leaving = new AbortController();

  connectedCallback() {
    const audio = document.getElementById(String(this.getAttribute("for")));
    if (!(audio instanceof HTMLAudioElement)) return;
    this.#once(audio, "ended", () => this.#tell("finished"));
    if (audio.paused) this.#once(audio, "play", () => this.#tell("play"));
    else this.#tell("play");
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /**
   * On the way down to the sound, before the next stop takes this one's place there.
   * @param {HTMLAudioElement} audio @param {string} type @param {() => void} act
   */
  #once(audio, type, act) {
    let done = false;
    const hear = (/** @type {Event} */ { target }) => target === audio && !done && (done = true) && act();
    document.addEventListener(type, hear, { capture: true, signal: this.#leaving.signal });
  }

  /** @param {"play" | "finished"} what */
  #tell(what) {
    const count = JSON.stringify({ what, key: this.getAttribute("stop"), language: this.getAttribute("language") });
    const body = new Blob([count], { type: "application/json" });
    navigator.sendBeacon?.(`/api/v1/museums/${this.getAttribute("museum")}/counts`, body);
  }
}
