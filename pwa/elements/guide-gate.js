// The gate on any phone: a code is held before it, and one verdict fills the screen, with a network or without.

import { Gate } from "../lib/gate/admitting.js";
import { Camera, NoCamera } from "../lib/gate/camera.js";
import { Refused } from "../lib/gate/door.js";
import { Keypad } from "../lib/gate/keypad.js";
import { filled, kindOf, show, spaced, staysFor } from "../lib/gate/showing.js";
import { sound, wake } from "../lib/gate/tones.js";
import { Typing } from "../lib/gate/typing.js";

const RENEW = 15_000;
const LEAST_SHOWN = 600;

/**
 * Attributes: `scanner`, `wasm` and `library`, the addresses of what was bundled, empty where it was not. `state` says
 * what is shown: opening, pairing, scanning, keypad, choosing. Event: `verdict`, each time one is shown.
 * @typedef {import("../lib/gate/admitting.js").Looked} Looked
 * @typedef {import("../lib/gate/admitting.js").Shown} Shown
 */
export default class GuideGate extends HTMLElement {
  static tag = "guide-gate";

  #words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  #verdict = /** @type {HTMLElement} */ (this.querySelector(".verdict"));
  #camera = new Camera(/** @type {HTMLVideoElement} */ (this.querySelector("video")), this.#bundle, (text) => this.#sees(text));
  #keypad = new Keypad(/** @type {HTMLElement} */ (this.querySelector(".keypad")), this.#words, (code) => this.scan(code));
  #typing = new Typing({ scanned: (digits) => this.scan(digits), letter: (sign) => this.#letter(sign) });
  /** @type {Gate | null} */
  #gate = null;
  #busy = false;
  #turn = Promise.resolve();
  #shownAt = -Infinity;
  #back = 0;
  /** @type {{looked: Looked, left: number, count: number} | null} */
  #group = null;
  #told = 0;

  async connectedCallback() {
    this.#listen();
    this.#keepOffline();
    this.#gate = await Gate.open(this.getAttribute("library") ?? "").catch(() => null);
    if (!this.#gate) return this.#say(".opening p", this.#words.unkept);
    this.#gate.addEventListener("change", () => this.#refresh());
    const word = /^#pair=(.+)$/.exec(location.hash)?.[1];
    if (word) await this.#pair(decodeURIComponent(word));
    else this.#rest();
    await this.#gate.renew();
    setInterval(() => this.#gate?.renew(), RENEW);
  }

  get #bundle() {
    return { scanner: this.getAttribute("scanner") ?? "", wasm: this.getAttribute("wasm") ?? "" };
  }

  #listen() {
    addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("pointerdown", wake);
    addEventListener("online", () => this.#gate?.renew());
    addEventListener("offline", () => this.#refresh());
    addEventListener("hashchange", () => this.#paired());
    document.addEventListener("visibilitychange", () => document.hidden || (this.#gate?.renew(), this.#stayAwake()));
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pair(this.#find("#word", HTMLInputElement).value.trim());
    });
    /** @type {[string, () => unknown][]} */
    const acts = [
      [".start", () => this.#start()],
      [".type", () => this.#state("keypad")],
      [".lamp", () => this.#lamp()],
      [".keypad .close", () => this.#rest()],
      [".choosing .close", () => this.#rest()],
      [".fewer", () => this.#choose(-1)],
      [".more", () => this.#choose(1)],
      [".admit", () => this.#admit()],
      [".verdict", () => this.#leave()],
      [".seen", () => this.#seen()],
      [".forget", () => this.#forget()],
    ];
    for (const [where, act] of acts) this.#find(where).addEventListener("click", act);
  }

  /** @param {string} word */
  async #pair(word) {
    history.replaceState(null, "", location.pathname + location.search);
    this.#say(".pairing .problem", "");
    try {
      await this.#gate?.pair(word);
      this.#rest();
    } catch (problem) {
      this.#rest();
      const why = problem instanceof Refused ? this.#words.over : this.#words.away;
      this.#say(this.#gate?.device ? ".why" : ".pairing .problem", why);
    }
  }

  #paired() {
    const word = /^#pair=(.+)$/.exec(location.hash)?.[1];
    if (word) this.#pair(decodeURIComponent(word));
  }

  /** The camera waits until the verdict before was seen. @param {string} text */
  #sees(text) {
    if (this.#busy || performance.now() - this.#shownAt < LEAST_SHOWN) return false;
    this.scan(text);
    return true;
  }

  /** Whatever was held before us, one after the other: by the camera, a scanner, or typed. @param {string} text */
  scan(text) {
    this.#turn = this.#turn.then(() => this.#take(text)).catch(() => this.#say(".why", this.#words.failed));
    return this.#turn;
  }

  /** @param {string} text */
  async #take(text) {
    const gate = this.#gate;
    if (!gate?.device || gate.revoked) return;
    const looked = gate.look(text);
    if (this.#group?.looked.text === looked.text) return;
    this.#busy = true;
    try {
      const { admits, left } = await gate.people(looked);
      if (admits > 1 && left > 0) this.#ask(looked, admits, left);
      else await this.#decide(looked, 1);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {Looked} looked @param {number} admits @param {number} left */
  #ask(looked, admits, left) {
    this.#hide();
    this.#group = { looked, left, count: left };
    this.#say(".may", filled(this.#words.may, { admits, left }));
    this.#choose(0);
    this.#state("choosing");
    sound("told");
    this.#find(".admit").focus();
  }

  /** @param {number} more */
  #choose(more) {
    if (!this.#group) return;
    const { left, count } = this.#group;
    this.#group.count = Math.min(left, Math.max(1, count + more));
    this.#say("output", String(this.#group.count));
  }

  /** The group that was asked about, once, however often the button is touched. */
  #admit() {
    if (!this.#group) return;
    const { looked, count } = this.#group;
    this.#group = null;
    this.#busy = true;
    this.#turn = this.#turn.then(() => this.#decide(looked, count)).finally(() => (this.#busy = false));
  }

  /** @param {Looked} looked @param {number} count */
  async #decide(looked, count) {
    const gate = /** @type {Gate} */ (this.#gate);
    const shown = await gate.admit(looked, count).catch(() => null);
    if (!shown) return this.#say(".why", gate.roster ? this.#words.failed : this.#words.noRoster);
    this.#show(shown, looked);
    await gate.shown(looked);
    if (shown.alone) gate.renew();
  }

  /** @param {Shown} shown @param {Looked} looked */
  #show(shown, looked) {
    this.#state("scanning");
    show(this.#verdict, shown, looked, this.#words);
    sound(kindOf(shown.verdict));
    this.#shownAt = performance.now();
    clearTimeout(this.#back);
    this.#back = setTimeout(() => this.#rest(), staysFor(shown));
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" }).format(Date.now());
    this.#say(".last", filled(this.#words.last, { verdict: this.#words.verdict[shown.verdict], time }));
    this.#say(".why", "");
    this.#keypad.clear();
    this.#group = null;
    this.dispatchEvent(new CustomEvent("verdict", { bubbles: true, detail: shown }));
  }

  #leave() {
    if (performance.now() - this.#shownAt > LEAST_SHOWN / 2) this.#rest();
  }

  #rest() {
    this.#hide();
    this.#group = null;
    this.#keypad.clear();
    this.#state(this.#gate?.device ? "scanning" : "pairing");
    this.#refresh();
  }

  #hide() {
    clearTimeout(this.#back);
    this.#shownAt = -Infinity;
    this.#verdict.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    wake();
    if (!this.#gate?.device || event.target instanceof HTMLInputElement) return;
    if (event.key === "Escape") return this.#rest();
    this.#typing.pressed(event);
  }

  /** A hand that types opens the keys by itself. @param {string} sign */
  #letter(sign) {
    if (this.getAttribute("state") === "choosing") return;
    this.#hide();
    this.#state("keypad");
    this.#keypad.press(sign);
  }

  async #start() {
    this.#say(".why", "");
    try {
      await this.#camera.open();
      this.#find(".lamp").hidden = !this.#camera.lamp;
      this.#stayAwake();
    } catch (problem) {
      const why = problem instanceof NoCamera ? problem.message : "none";
      this.#say(".why", window.isSecureContext || why === "reader" ? this.#words[why] : this.#words.insecure);
    }
    this.toggleAttribute("seeing", this.#camera.on);
  }

  #lamp() {
    const lamp = this.#find(".lamp");
    const on = lamp.getAttribute("aria-pressed") !== "true";
    this.#camera.light(on).then(() => lamp.setAttribute("aria-pressed", String(on)), () => {});
  }

  #stayAwake() {
    if (this.#camera.on) navigator.wakeLock?.request("screen").catch(() => {});
  }

  async #refresh() {
    const gate = this.#gate;
    if (!gate) return;
    const [waiting, conflicts] = await Promise.all([gate.keeping.countWaiting(), gate.keeping.conflicts()]);
    const { device, roster } = gate;
    const here = gate.reached && navigator.onLine;
    if (device) this.#say(".where", [roster?.nameIn(document.documentElement.lang), device.gate].filter(Boolean).join(" · "));
    this.#say(".net", [here ? this.#words.online : this.#words.offline, waiting && filled(this.#words.waiting, { count: waiting })].filter(Boolean).join(" · "));
    this.#find(".net").toggleAttribute("data-away", !here);
    const { day } = gate.local;
    this.#say(".today", filled(this.#words.today, { count: gate.counted.day === day ? gate.counted.people : 0 }));
    this.#note([
      gate.revoked && this.#words.revoked,
      device && !roster && this.#words.noRoster,
      roster && roster.told.day !== day && filled(this.#words.oldRoster, { day: roster.told.day.split("-").reverse().join("/") }),
      device && !gate.way && this.#words.unsigned,
      Math.abs(gate.drift) >= 1 && filled(gate.drift > 0 ? this.#words.ahead : this.#words.behind, { minutes: Math.abs(gate.drift) }),
    ]);
    this.#contradict(conflicts);
    this.toggleAttribute("revoked", gate.revoked);
  }

  /** @param {(string | false | null | undefined)[]} notes */
  #note(notes) {
    const said = notes.filter((note) => typeof note === "string");
    if (this.#find(".notes").textContent === said.join("")) return;
    this.#find(".notes").replaceChildren(...said.map((note) => element("p", note)));
  }

  /** @param {import("../lib/gate/keeping.js").Conflict[]} conflicts */
  #contradict(conflicts) {
    const lines = conflicts.map(({ ticket, at, verdict, why }) => {
      const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(Date.parse(at));
      return element("li", filled(this.#words.conflict, { code: spaced(ticket), time, verdict: verdict ? this.#words.verdict[verdict] : why }));
    });
    this.#find(".conflicts ul").replaceChildren(...lines);
    this.#find(".conflicts").hidden = !lines.length;
    if (lines.length > this.#told) sound("told");
    this.#told = lines.length;
  }

  async #seen() {
    await this.#gate?.keeping.forget("conflicts");
    this.#refresh();
  }

  /** Twice, so that no thumb forgets by mistake; never while something waits to be told. */
  async #forget() {
    const button = this.#find(".forget");
    const waiting = (await this.#gate?.keeping.countWaiting()) ?? 0;
    if (waiting) return this.#say(".forgetting", filled(this.#words.waits, { count: waiting }));
    if (!button.hasAttribute("data-sure")) {
      button.setAttribute("data-sure", "");
      return this.#say(".forgetting", this.#words.sure);
    }
    this.#camera.close();
    await this.#gate?.forget();
    location.reload();
  }

  /** The worker keeps this page and its tools, so that it opens without a network. */
  async #keepOffline() {
    const worker = await navigator.serviceWorker?.register("/sw.js").then(() => navigator.serviceWorker.ready).catch(() => null);
    if (!worker?.active) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (this.#find(".ready").hidden = !data.kept);
    worker.active.postMessage({ type: "gate" }, [port2]);
  }

  /** @param {string} name */
  #state(name) {
    this.setAttribute("state", name);
  }

  /** @param {string} where @param {string} words */
  #say(where, words) {
    const place = this.#find(where);
    if (place.textContent !== words) place.textContent = words;
  }

  /**
   * @template {HTMLElement} E
   * @param {string} where
   * @param {new () => E} [_kind]
   * @returns {E}
   */
  #find(where, _kind) {
    return /** @type {E} */ (this.querySelector(where));
  }
}

/** @param {string} name @param {string} words */
function element(name, words) {
  return Object.assign(document.createElement(name), { textContent: words });
}
