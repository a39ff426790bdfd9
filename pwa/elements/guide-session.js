// What the locked phone, the headset's buttons and the car show and do.

/** Attributes: `for`, `name`, `museum`, `artwork`. The neighbouring stops are the page's own links to them. */
export default class GuideSession extends HTMLElement {
  static tag = "guide-session";

  #leaving = new AbortController();

  get #audio() {
    return /** @type {HTMLAudioElement} */ (document.getElementById(String(this.getAttribute("for"))));
  }

  connectedCallback() {
    if (!("mediaSession" in navigator) || !this.#audio) return;
    if (this.#audio.paused) this.#listen("play", () => this.#introduce(), true);
    else this.#introduce();
    for (const type of ["durationchange", "ratechange", "seeked", "playing"]) this.#listen(type, () => this.#place());
    for (const [type, state] of /** @type {const} */ ([["play", "playing"], ["pause", "paused"]])) {
      this.#listen(type, () => (navigator.mediaSession.playbackState = state));
    }
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** @param {string} type @param {() => void} act */
  #listen(type, act, once = false) {
    this.#audio.addEventListener(type, act, { once, signal: this.#leaving.signal });
  }

  #introduce() {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: String(this.getAttribute("name")),
      artist: String(this.getAttribute("museum")),
      artwork: [{ src: String(this.getAttribute("artwork")), sizes: "512x512", type: "image/png" }],
    });
    this.#on("play", () => this.#audio.play());
    this.#on("pause", () => this.#audio.pause());
    this.#on("seekbackward", (asked) => this.#move(-(asked.seekOffset ?? 15)));
    this.#on("seekforward", (asked) => this.#move(asked.seekOffset ?? 15));
    this.#on("seekto", (asked) => this.#seek(asked));
    this.#leadTo("nexttrack", "next");
    this.#leadTo("previoustrack", "prev");
    this.#place();
  }

  /** @param {MediaSessionAction} action @param {MediaSessionActionHandler | null} act */
  #on(action, act) {
    try {
      navigator.mediaSession.setActionHandler(action, act);
    } catch {
      // an older browser does not know this button
    }
  }

  /** Whoever keeps the sound going leads there; else the page is opened. @param {MediaSessionAction} action @param {string} way */
  #leadTo(action, way) {
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(`.steps a[rel=${way}]`));
    const asked = () => new CustomEvent("guide-step", { detail: { way }, cancelable: true });
    this.#on(action, link && (() => void (document.dispatchEvent(asked()) && location.assign(link.href))));
  }

  /** @param {number} by */
  #move(by) {
    this.#audio.currentTime = Math.max(0, this.#audio.currentTime + by);
  }

  /** @param {MediaSessionActionDetails} asked */
  #seek({ seekTime = 0, fastSeek }) {
    if (fastSeek && "fastSeek" in this.#audio) this.#audio.fastSeek(seekTime);
    else this.#audio.currentTime = seekTime;
  }

  /** Of a sound whose length is not known yet there is no place. */
  #place() {
    const { duration, currentTime, playbackRate } = this.#audio;
    const known = Number.isFinite(duration) && duration > 0;
    navigator.mediaSession.setPositionState?.(known ? { duration, playbackRate, position: Math.min(currentTime, duration) } : {});
  }
}
