// One code and one verdict: the museum's where it answers in time, else ours, by signature and roster.

import { Away, pair, Refused, roster, tell } from "./door.js";
import { judge } from "./judging.js";
import { openKeeping } from "./keeping.js";
import { localTime, Roster } from "./roster.js";
import { looksSigned, read } from "./signed-code.js";
import { tellAll } from "./telling.js";
import { isCode, lettersOf } from "./ticket-code.js";
import { checksOf, wayOfVerifying } from "./verifying.js";

const PATIENCE = 1500;
const MINUTE = 60_000;
const ROSTER_AGE = MINUTE;

/**
 * @typedef {import("./judging.js").Verdict} Verdict
 * @typedef {import("./judging.js").Code} Code
 * @typedef {import("./signed-code.js").SignedCode} SignedCode
 * @typedef {import("./door.js").Device} Device
 * @typedef {{told: import("./roster.js").Told, tag: string, fetched: number, offset: number}} Kept The roster, as it lies here.
 * @typedef {{text: string, signed: SignedCode | null, ticket: string | null}} Looked
 * @typedef {{verdict: Verdict, left: number | null, again: boolean, count: number, category: string, evidence: string, alone: boolean, message?: string}} Shown
 */

/** @type {Shown} */
const NO_TICKET = { verdict: "unknown", left: null, again: false, count: 1, category: "", evidence: "", alone: false };

export class Gate extends EventTarget {
  /** @type {Device | null} */
  device = null;
  /** @type {Roster | null} */
  roster = null;
  reached = navigator.onLine;
  revoked = false;
  offset = 0;
  fetched = 0;
  counted = { day: "", people: 0 };
  /** @type {Map<number, import("./verifying.js").Check> | null} */
  #checks = null;
  /** @type {Kept | null} */
  #kept = null;
  #renewing = false;
  #fetchNext = -Infinity;

  /** @param {import("./keeping.js").Keeping} keeping @param {import("./verifying.js").Way | null} way */
  constructor(keeping, way) {
    super();
    this.keeping = keeping;
    this.way = way;
  }

  /** @param {string} library Where the bundled checker of signatures lies. */
  static async open(library) {
    const [keeping, way] = await Promise.all([openKeeping(), wayOfVerifying(library)]);
    const gate = new Gate(keeping, way);
    gate.device = (await keeping.recall("device")) ?? null;
    gate.counted = (await keeping.recall("counted")) ?? gate.counted;
    const kept = await keeping.recall("roster");
    if (kept) await gate.#use(kept);
    return gate;
  }

  get now() {
    return Date.now() + this.offset;
  }

  /** The museum's day and minute. */
  get local() {
    return localTime(this.roster?.told.time_zone ?? "Asia/Ho_Chi_Minh", this.now);
  }

  /** @param {string} word */
  async pair(word) {
    this.device = await pair(word);
    this.revoked = false;
    await this.keeping.keep("device", this.device);
    navigator.storage?.persist?.().catch(() => {});
    await this.renew();
  }

  /** Only what has been told may be forgotten. */
  async forget() {
    await this.keeping.forget("kept", "seen", "begun", "conflicts");
    this.device = this.roster = this.#kept = null;
    this.counted = { day: "", people: 0 };
    this.#changed();
  }

  /** What somebody holds before us. @param {string} text @returns {Looked} */
  look(text) {
    const tidy = text.replace(/\s+/g, "");
    const signed = read(tidy);
    const letters = looksSigned(tidy) || tidy.length > 30 ? "" : lettersOf(tidy);
    return { text: signed ? tidy : letters, signed, ticket: signed?.ticket ?? (isCode(letters) ? letters : null) };
  }

  /** How many a code admits, and how many of them are still outside; for a group's code the person at the gate says how many come. @param {Looked} looked */
  async people({ signed, ticket }) {
    const id = ticket && this.roster?.idOn(this.local.day, ticket);
    const row = id ? this.roster?.rows.get(id) : undefined;
    const admits = row?.[1] ?? signed?.admits ?? 1;
    return { admits, left: admits - (id ? await this.keeping.entered(id, row?.[2] ?? 0) : 0) };
  }

  /**
   * What is no ticket of anybody's is neither kept nor told: it may be the code on somebody's identity card.
   * @param {Looked} looked
   * @param {number} count
   * @returns {Promise<Shown>}
   */
  async admit(looked, count) {
    if (!looked.ticket) return NO_TICKET;
    const begun = await this.keeping.begin({ code: looked.text, scan_id: newId(), at: new Date(this.now).toISOString(), count });
    const shown = (await this.#asked(looked, begun)) ?? (await this.#alone(looked, begun));
    if (shown.verdict === "welcome" && !shown.again) await this.#count(count);
    return shown;
  }

  /** After its verdict was seen, the same code is another scan. @param {Looked} looked */
  async shown(looked) {
    if (looked.ticket) await this.keeping.shown(looked.text);
    this.#changed();
  }

  /** @param {Looked} looked @param {import("./keeping.js").Begun} begun @returns {Promise<Shown | null>} */
  async #asked(looked, begun) {
    if (!this.device || (this.roster && !(this.reached && navigator.onLine))) return null;
    try {
      const [told] = await tell(this.device.token, [begun], this.roster ? PATIENCE : 5 * PATIENCE);
      await this.#saw(looked, told, begun.at);
      return { ...told, count: begun.count, category: told.category ?? "", evidence: told.evidence ?? "", alone: false, message: told.message };
    } catch (problem) {
      this.#failed(problem);
      return null;
    }
  }

  /** @param {Looked} looked @param {import("./door.js").Result} told @param {string} at */
  async #saw({ ticket }, { admits, left }, at) {
    if (!this.roster || !ticket || !admits || left === null || admits === left) return;
    const id = this.roster.idOn(this.local.day, ticket);
    await this.keeping.heard([], [{ ticket: id, entered: admits - left, at: Date.parse(at) }], []);
  }

  /** @param {Looked} looked @param {import("./keeping.js").Begun} begun @returns {Promise<Shown>} */
  async #alone(looked, begun) {
    const { roster } = this;
    if (!roster || this.revoked) throw new Away("nothing to judge by");
    const code = await this.#codeOf(looked, roster);
    const { day, minute } = this.local;
    const id = looked.ticket && roster.idOn(day, looked.ticket);
    const scan = await this.keeping.admit(begun.scan_id, id, (seen) => {
      const ticket = id ? roster.ticket(id, seen, this.now, looked.signed?.admits ?? 1) : null;
      const judged = judge({ code, ticket, rules: roster.rulesOn(day), day, minute, count: begun.count });
      const entered = judged.verdict === "welcome" && !judged.again ? begun.count : 0;
      return { ...begun, ...judged, ticket: id, entered };
    });
    const category = this.#category(looked.signed?.category ?? roster.rows.get(id ?? "")?.[5] ?? "");
    return { ...scan, ...category, alone: true };
  }

  /**
   * A signature that cannot be checked here, for want of a way or of a key that is newer than the roster, is no proof;
   * but whoever knows the ten letters may enter by them, as where they are typed.
   * @param {Looked} looked
   * @param {Roster} roster
   * @returns {Promise<Code>}
   */
  async #codeOf({ signed }, roster) {
    if (!signed) return { kind: "typed" };
    const key = roster.keyIs(signed.key);
    const ours = signed.museum === roster.museumHash;
    if (ours && (!this.#checks || signed.key > roster.newestKey)) return { kind: "typed" };
    const check = this.#checks?.get(signed.key);
    const right = ours && key === "known" && (await check?.(signed.signature, signed.said));
    return { kind: "signed", ours, key, right: Boolean(right), day: signed.day, slot: signed.slot, admits: signed.admits };
  }

  /** @param {string} slug */
  #category(slug) {
    const language = document.documentElement.lang;
    const told = this.roster?.told.categories[slug];
    const said = (/** @type {import("./roster.js").Words | undefined} */ words) => words?.[language] ?? words?.vi ?? words?.en ?? "";
    return { category: said(told?.name) || slug, evidence: said(told?.evidence) };
  }

  /** @param {number} people */
  async #count(people) {
    const { day } = this.local;
    this.counted = { day, people: people + (this.counted.day === day ? this.counted.people : 0) };
    await this.keeping.keep("counted", this.counted);
  }

  /** Tell what waits, then ask for the roster: in this order, so that it counts what we told. */
  async renew() {
    if (!this.device || this.#renewing || !navigator.onLine) return;
    this.#renewing = true;
    try {
      await tellAll(this.keeping, this.device.token);
      if (performance.now() > this.#fetchNext || !this.reached || !this.roster) await this.#fetch(this.device.token);
      this.reached = true;
      this.revoked = false;
    } catch (problem) {
      this.#failed(problem);
    } finally {
      this.#renewing = false;
      this.#changed();
    }
  }

  /** @param {string} token */
  async #fetch(token) {
    const began = Date.now();
    const { told: news, tag, now } = await roster(token, this.#kept?.tag ?? "");
    const fetched = Date.now();
    const told = news ?? this.#kept?.told;
    if (!told) throw new Away("no roster");
    const kept = { told, tag, fetched, offset: now - (began + fetched) / 2 };
    if (this.#kept && this.#kept.told.day !== told.day) await this.keeping.forget("seen");
    await this.keeping.keep("roster", kept);
    await this.#use(kept);
    this.#fetchNext = performance.now() + ROSTER_AGE;
  }

  /** @param {Kept} kept */
  async #use(kept) {
    const { told, offset, fetched } = kept;
    if (told !== this.#kept?.told) {
      this.roster = new Roster(told);
      this.#checks = this.way && (await checksOf(this.way, told.keys).catch(() => null));
    }
    this.#kept = kept;
    this.offset = Math.abs(offset) < 2000 ? 0 : offset;
    this.fetched = fetched;
  }

  /** How many minutes this device's clock is off; below one nobody need know. */
  get drift() {
    const back = Math.max(0, this.fetched - Date.now());
    const minutes = Math.round((back || -this.offset) / MINUTE);
    return back ? -minutes : minutes;
  }

  /** @param {unknown} problem */
  #failed(problem) {
    if (problem instanceof Refused) this.revoked = [401, 403].includes(problem.status);
    else this.reached = false;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** In the order of time, so that what waits is told in that order; also where a page without HTTPS has no UUIDs. */
function newId() {
  const random = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0"));
  return Date.now().toString(16).padStart(12, "0") + random.join("");
}
