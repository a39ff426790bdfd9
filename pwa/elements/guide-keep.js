// What was heard to the end is kept for hearing again without a network, unless the visitor saves data.

/** Attributes: `for`, the id of the sound, and `captions`, its sentences and their times. */
export default class GuideKeep extends HTMLElement {
  static tag = "guide-keep";

  connectedCallback() {
    const audio = document.getElementById(String(this.getAttribute("for")));
    if (!(audio instanceof HTMLAudioElement)) return;
    audio.addEventListener("ended", () => this.#keep([audio.src, String(this.getAttribute("captions"))]), { once: true });
  }

  /** @param {string[]} urls */
  #keep(urls) {
    const worker = navigator.serviceWorker?.controller;
    const { saveData = false } = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection ?? {};
    if (!worker || saveData) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => data.failed.length || this.#say();
    worker.postMessage({ type: "save", urls }, [port2]);
  }

  #say() {
    const word = document.getElementById("word");
    if (word) word.textContent = word.dataset.saved ?? "";
  }
}
