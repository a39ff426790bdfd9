// What was heard to the end is kept for hearing again without a network, unless the visitor saves data.

/** Attributes: `for`, the id of the sound, and `captions`, its sentences and their times. */
export default class GuideKeep extends HTMLElement {
  static tag = "guide-keep";

  #leaving = new AbortController();

  connectedCallback() {
    const audio = document.getElementById(String(this.getAttribute("for")));
    if (!(audio instanceof HTMLAudioElement)) return;
    const { signal } = this.#leaving;
    // On the way down to the sound, before the next stop takes this one's place there.
    document.addEventListener("ended", ({ target }) => target === audio && this.#keep(audio.src), { capture: true, signal });
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** @param {string} sound */
  #keep(sound) {
    const worker = navigator.serviceWorker?.controller;
    const { saveData = false } = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection ?? {};
    if (!worker || saveData) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => data.failed.length === 0 && this.isConnected && this.#say();
    worker.postMessage({ type: "save", urls: [sound, String(this.getAttribute("captions"))] }, [port2]);
  }

  #say() {
    const word = document.getElementById("word");
    if (word) word.textContent = word.dataset.saved ?? "";
  }
}
