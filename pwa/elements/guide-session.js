// What the locked phone, the headset's buttons and the car show and do.

/** Attributes: `for`, `name`, `museum`, `artwork`, `next` and `before` (addresses of the neighbouring stops). */
export default class GuideSession extends HTMLElement {
  static tag = "guide-session";

  get #audio() {
    return /** @type {HTMLAudioElement} */ (document.getElementById(String(this.getAttribute("for"))));
  }

  connectedCallback() {
    if (!("mediaSession" in navigator) || !this.#audio) return;
    if (this.#audio.paused) this.#audio.addEventListener("play", () => this.#introduce(), { once: true });
    else this.#introduce();
    for (const type of ["durationchange", "ratechange", "seeked"]) {
      this.#audio.addEventListener(type, () => this.#place());
    }
  }

  #introduce() {
    const artwork = this.getAttribute("artwork");
    navigator.mediaSession.metadata = new MediaMetadata({
      title: String(this.getAttribute("name")),
      artist: String(this.getAttribute("museum")),
      artwork: artwork ? [{ src: artwork, type: "image/png" }] : [],
    });
    this.#on("play", () => this.#audio.play());
    this.#on("pause", () => this.#audio.pause());
    this.#on("seekbackward", (asked) => this.#move(-(asked.seekOffset ?? 15)));
    this.#on("seekforward", (asked) => this.#move(asked.seekOffset ?? 15));
    this.#on("seekto", (asked) => (this.#audio.currentTime = asked.seekTime ?? 0));
    this.#leadTo("nexttrack", "next");
    this.#leadTo("previoustrack", "before");
    this.#place();
  }

  /** @param {MediaSessionAction} action @param {MediaSessionActionHandler} act */
  #on(action, act) {
    try {
      navigator.mediaSession.setActionHandler(action, act);
    } catch {
      // an older browser does not know this button
    }
  }

  /** @param {MediaSessionAction} action @param {string} attribute */
  #leadTo(action, attribute) {
    const url = this.getAttribute(attribute);
    if (url) this.#on(action, () => location.assign(url));
  }

  /** @param {number} by */
  #move(by) {
    this.#audio.currentTime = Math.max(0, this.#audio.currentTime + by);
  }

  #place() {
    const { duration, currentTime, playbackRate } = this.#audio;
    if (!Number.isFinite(duration)) return;
    navigator.mediaSession.setPositionState?.({ duration, playbackRate, position: Math.min(currentTime, duration) });
  }
}
