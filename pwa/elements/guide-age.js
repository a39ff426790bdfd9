// A page that was kept says so when it is old, and hears of what is new: the worker answers at once and looks behind.

/**
 * Attributes: `data-kept` (the words, `[age]` in them), `data-alone`, `data-renewed` and `data-see`, the words of the
 * link; `data-museum`, `data-language`, and `data-pack`, what renews a museum that was taken along. The worker dates a kept page's root. Where nothing plays, new words take the place of old ones, and
 * `guide-moved` tells the others; a sound that plays is left alone.
 */
export default class GuideAge extends HTMLElement {
  static tag = "guide-age";

  connectedCallback() {
    this.setAttribute("role", "status");
    addEventListener("offline", () => this.#show(true));
    addEventListener("online", () => this.#look());
    this.#look();
  }

  async #look() {
    this.#show(!navigator.onLine);
    const told = this.#keptAt ? await news() : null;
    if (told?.news === "renewed") this.#renew(told.main);
    else this.#show(!navigator.onLine || told?.news === "alone");
    if (navigator.onLine && told?.news !== "alone") await this.#renewPack().catch(() => {});
  }

  /** Where the museum was taken along, this page being read with a network renews all of it, behind. */
  async #renewPack() {
    const { museum, language, pack } = this.dataset;
    const { saveData = false } = /** @type {{connection?: {saveData: boolean}}} */ (navigator).connection ?? {};
    if (!pack || saveData || !globalThis.caches || !(await caches.has(`pack:${museum}:${language}`))) return;
    const { renew } = await import(pack);
    await renew(museum, language);
  }

  /** @param {boolean} alone */
  #show(alone) {
    const kept = this.#keptAt;
    if (!alone) this.textContent = "";
    else this.textContent = kept ? String(this.dataset.kept).replace("[age]", age(Date.now() - kept)) : String(this.dataset.alone);
  }

  get #keptAt() {
    return Number(document.documentElement.dataset.keptAt ?? 0);
  }

  /** @param {string} html */
  #renew(html) {
    const main = document.querySelector("main");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (!main || !fresh) return;
    if (isBusy(main)) {
      this.#tell(main, fresh);
      return;
    }
    main.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    delete document.documentElement.dataset.keptAt;
    this.textContent = "";
    document.dispatchEvent(new CustomEvent("guide-moved", { detail: { url: location.href } }));
  }

  /** That a stop is closed, or was taken back, is said at once; the rest when the visitor likes. */
  #tell(main, fresh) {
    const shut = fresh.querySelector(".is-shut, .tomb p");
    if (shut && !main.querySelector(".is-shut")) main.querySelector("guide-player")?.after(document.importNode(shut, true));
    const link = Object.assign(document.createElement("a"), { href: location.href, textContent: this.dataset.see });
    this.replaceChildren(`${this.dataset.renewed} `, link);
  }
}

/** Something plays, or was begun: nobody's place in it is taken away, nor what they are typing. */
function isBusy(main) {
  const sounds = [...main.querySelectorAll("audio")];
  const typed = [...main.querySelectorAll("input:not([type=hidden]):not([type=range])")].some((input) => input.value !== input.defaultValue);
  return typed || sounds.some((sound) => !sound.paused || sound.currentTime > 0) || main.contains(document.activeElement);
}

/** What became of this page behind its kept copy; nothing where no worker knows. */
function news() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    worker.postMessage({ type: "news", url: location.href.split("#")[0] }, [port2]);
  });
}

/** @param {number} milliseconds */
function age(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  const told = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  if (minutes < 60) return told.format(-minutes, "minute");
  if (minutes < 48 * 60) return told.format(-Math.round(minutes / 60), "hour");
  return told.format(-Math.round(minutes / 1440), "day");
}
