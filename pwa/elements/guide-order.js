// An order's page that notices by itself: the time counts down, and the tickets come when they are paid.

/** Attributes: `order`, `state`, `left` (seconds); the words `data-ended`, `data-lost`, `data-came`. Looks only while it is seen. */
export default class GuideOrder extends HTMLElement {
  static tag = "guide-order";
  static LOOK = 4000;
  static SLOWER = 1.15;
  static SLOWEST = 30_000;
  #tick = 0;
  #next = 0;
  #pause = GuideOrder.LOOK;
  #until = 0; // by this phone's own clock, whatever it shows

  connectedCallback() {
    this.addEventListener("click", this);
    for (const button of this.querySelectorAll("[data-print]")) button.toggleAttribute("hidden", false);
    if (this.#waits) this.#watch();
    else if (this.querySelector(".tickets")) this.#keep();
  }

  disconnectedCallback() {
    clearInterval(this.#tick);
    clearTimeout(this.#next);
    for (const [type, of] of this.#heard) of.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "click" && event.target instanceof Element && event.target.closest("[data-print]")) print();
    if (event.type !== "click") this.#again();
  }

  get #waits() {
    return ["held", "counter"].includes(String(this.getAttribute("state")));
  }

  /** @returns {[string, EventTarget][]} */
  get #heard() {
    return [["visibilitychange", document], ["online", globalThis]];
  }

  #watch() {
    this.toggleAttribute("watching", true);
    for (const [type, of] of this.#heard) of.addEventListener(type, this);
    if (this.querySelector("#left")) {
      this.#until = Date.now() + Number(this.getAttribute("left")) * 1000;
      this.#tick = setInterval(() => this.#count(), 1000);
      this.#count();
    }
    this.#again();
  }

  #count() {
    const seconds = Math.max(0, Math.ceil((this.#until - Date.now()) / 1000));
    const left = this.querySelector("#left");
    if (left) left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds) return;
    clearInterval(this.#tick);
    this.#say(this.dataset.ended);
    this.#again();
  }

  /** Soon, and then less and less often; never while nobody looks. */
  #again() {
    clearTimeout(this.#next);
    if (document.hidden) return;
    this.#pause = GuideOrder.LOOK;
    this.#plan();
  }

  #plan() {
    this.#next = setTimeout(() => this.#look(), this.#pause);
    this.#pause = Math.min(this.#pause * GuideOrder.SLOWER, GuideOrder.SLOWEST);
  }

  async #look() {
    const answer = await fetch(`/api/v1/orders/${this.getAttribute("order")}`).catch(() => null);
    if (!answer) this.#say(this.dataset.lost);
    const status = answer?.ok ? (await answer.json()).status : "held";
    if (status === "held") return document.hidden || this.#plan();
    if (!(await this.#renew(status))) this.#plan();
  }

  /** The page as it is now takes the place of this one. @param {string} status */
  async #renew(status) {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(GuideOrder.tag);
    if (!fresh || fresh.getAttribute("state") === this.getAttribute("state")) return false;
    document.title = page.title;
    const said = fresh.querySelector(".said");
    if (said && status === "paid") said.textContent = String(this.dataset.came);
    const there = document.importNode(fresh, true);
    this.replaceWith(there);
    there.querySelector("h1")?.focus();
    scrollTo({ top: 0 });
    return true;
  }

  /** @param {string | undefined} words */
  #say(words) {
    const waiting = this.querySelector("#waiting");
    if (waiting && words) waiting.textContent = words;
  }

  /** Kept for the way to the gate, where there may be no network. */
  #keep() {
    const keep = () => navigator.serviceWorker.controller?.postMessage({ type: "save", urls: [location.href] }, [new MessageChannel().port2]);
    if (!("serviceWorker" in navigator)) return;
    if (navigator.serviceWorker.controller) keep();
    else navigator.serviceWorker.addEventListener("controllerchange", keep, { once: true });
  }
}
