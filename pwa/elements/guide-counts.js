// Tells the museum that a stop was played, and that it was heard to the end: a count, and nothing about who.

/** Attributes: `for`, `museum`, `stop`, `language`. Each is told once a page. */
export default class GuideCounts extends HTMLElement {
  static tag = "guide-counts";

  connectedCallback() {
    const audio = document.getElementById(String(this.getAttribute("for")));
    if (!(audio instanceof HTMLAudioElement)) return;
    audio.addEventListener("ended", () => this.#tell("finished"), { once: true });
    if (audio.paused) audio.addEventListener("play", () => this.#tell("play"), { once: true });
    else this.#tell("play");
  }

  /** @param {"play" | "finished"} what */
  #tell(what) {
    const count = JSON.stringify({ what, key: this.getAttribute("stop"), language: this.getAttribute("language") });
    const body = new Blob([count], { type: "application/json" });
    navigator.sendBeacon?.(`/api/v1/museums/${this.getAttribute("museum")}/counts`, body);
  }
}
