// Who may come today, without saying who: the roster knows tickets by hashes alone.

import { sha256 } from "./sha256.js";
import { hex } from "./signed-code.js";

/**
 * @typedef {import("./judging.js").Rules} Rules
 * @typedef {import("./judging.js").Ticket} Ticket
 * @typedef {{vi?: string, en?: string, [language: string]: string | undefined}} Words
 * @typedef {[id: string, admits: number, entered: number, state: number, slot?: number | null, category?: string]} Row
 *
 * @typedef {object} Told What the server sends.
 * @property {string} museum
 * @property {Words} name The museum's.
 * @property {string} gate
 * @property {string} day
 * @property {string} now
 * @property {string} time_zone
 * @property {import("./verifying.js").PublicKey[]} keys
 * @property {number[]} withdrawn_keys
 * @property {Rules} rules
 * @property {Record<string, {name?: Words, evidence?: Words}>} categories
 * @property {Row[]} tickets
 */

/** The hash that a ticket is known by on one day. @param {string} museum @param {string} day @param {string} ticket */
export function idOf(museum, day, ticket) {
  const hash = sha256(`roster:${museum}:${day}:${ticket}`).subarray(0, 9);
  return btoa(String.fromCharCode(...hash)).replaceAll("+", "-").replaceAll("/", "_");
}

export class Roster {
  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.museumHash = hex(sha256(told.museum).subarray(0, 4));
    this.rows = new Map(told.tickets.map((row) => [row[0], row]));
  }

  /** On another day than the roster's own no ticket of it is found. @param {string} day @param {string} ticket */
  idOn(day, ticket) {
    return idOf(this.told.museum, day, ticket);
  }

  /** @param {string} language */
  nameIn(language) {
    const { name } = this.told;
    return name[language] ?? name.vi ?? Object.values(name)[0] ?? "";
  }

  get newestKey() {
    return Math.max(0, ...this.told.keys.map(({ number }) => number), ...this.told.withdrawn_keys);
  }

  /** @param {number} key @returns {"known" | "unknown" | "withdrawn"} */
  keyIs(key) {
    if (this.told.withdrawn_keys.includes(key)) return "withdrawn";
    return this.told.keys.some(({ number }) => number === key) ? "known" : "unknown";
  }

  /** Yesterday's hours are not today's: then only the entry time on the ticket counts. @param {string} day */
  rulesOn(day) {
    return day === this.told.day ? this.told.rules : { ...this.told.rules, spans: [], closed: false };
  }

  /**
   * What is known of a ticket, with what this device has seen of it itself.
   * @param {string} id
   * @param {{entered: number, waiting: number, at: number | null}} seen
   * @param {number} now
   * @param {number} admits Of a ticket that was sold after the roster was sent.
   * @returns {Ticket | null}
   */
  ticket(id, seen, now, admits) {
    const row = this.rows.get(id);
    const entered = Math.max(row?.[2] ?? 0, seen.entered) + seen.waiting;
    if (!row && !entered) return null;
    const since = seen.at === null ? null : (now - seen.at) / 60_000;
    return { state: row?.[3] ?? 1, admits: row?.[1] ?? admits, entered, slot: row?.[4], since };
  }
}

/** The day and the minute at the museum. @param {string} timeZone @param {number} now */
export function localTime(timeZone, now) {
  const told = new Intl.DateTimeFormat("en-CA", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(now);
  const part = Object.fromEntries(told.map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, minute: 60 * Number(part.hour) + Number(part.minute) };
}
