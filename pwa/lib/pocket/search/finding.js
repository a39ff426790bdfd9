// Searching without a server: a visitor types a few words, with slips or without marks, and gets the stops and the reason for each.

import { Index } from "./index.js";
import { matches, told as toldOf } from "./reasons.js";
import { Understanding } from "./typed.js";
import { IF_KNOWN, NEVER, wanted } from "./wanted.js";

const VERSION = 1;

/**
 * @typedef {{saturation: number, by_length: number, fewest: number, found: number, short: number}} Rules
 * @typedef {{version: number, language: string, documents: import("./index.js").Document[], rules: Rules, typed: import("./typed.js").Told,
 *   weights: import("./wanted.js").Weights}} Told
 * @typedef {{key: string, score: number, why: import("./reasons.js").Why[]}} Hit
 */

export class Finder {
  /** @param {Told} told The file. */
  constructor(told) {
    if (told.version !== VERSION) throw new Error(`The file is of version ${told.version}.`);
    this.told = told;
    this.index = new Index(told.documents);
    this.understanding = new Understanding(this.index, told.typed);
  }

  /**
   * The best first.
   * @param {string} query
   * @returns {Hit[]}
   */
  find(query) {
    const typed = this.understanding.of(query);
    if (!typed.length) return [];
    const groups = wanted(typed, this.told.weights).map((group) => ({ ...group, rarity: this.#rarity(group) }));
    const mass = groups.reduce((sum, group) => sum + (group.owed === NEVER ? 0 : group.weight * group.rarity), 0);
    const { scores, shares } = this.#weighed(groups, mass);
    const fit = [...scores.keys()].filter((place) => scores[place] > 0 && shares[place] >= this.told.rules.found);
    const best = fit.sort((one, other) => scores[other] - scores[one] || one - other);
    return best.map((place) => this.#hit(place, scores[place], typed, groups)).filter((hit) => hit.why.length);
  }

  /** @param {import("./wanted.js").Group} group The idf of a group by Okapi BM25, never negative. */
  #rarity({ rows, owed }) {
    const texts = Math.max(this.index.documents.length, this.told.rules.fewest);
    const held = Math.min(rows.reduce((sum, row) => sum + this.index.of(row.term).length, 0), texts);
    return held === 0 && owed === IF_KNOWN ? 0 : Math.log1p((texts - held + 0.5) / (held + 0.5));
  }

  /**
   * The score of each text, and its share, for which it is all one how often and in which field.
   * @param {(import("./wanted.js").Group & {rarity: number})[]} groups
   * @param {number} mass
   */
  #weighed(groups, mass) {
    const { saturation, by_length: part } = this.told.rules;
    const burdens = this.index.lengths.map((length) => 8 * saturation * (1 - part + (part * length) / this.index.meanLength));
    const scores = new Float64Array(burdens.length);
    const shares = new Float64Array(burdens.length);
    for (const { rows, weight, owed, rarity } of groups) {
      for (const { term, credit } of rows) {
        const gain = credit * weight * rarity;
        for (const { document, amount } of this.index.of(term)) {
          scores[document] += (gain * (saturation + 1) * amount) / (amount + burdens[document]);
          if (owed !== NEVER) shares[document] += gain / mass;
        }
      }
    }
    return { scores, shares };
  }

  /**
   * @param {number} place
   * @param {number} score
   * @param {import("./typed.js").Typed[]} typed
   * @param {import("./wanted.js").Group[]} groups
   */
  #hit(place, score, typed, groups) {
    const reasons = groups.flatMap((group) => group.rows).flatMap(({ term, reason }) => {
      const mask = reason && this.index.of(term).find(({ document }) => document === place)?.mask;
      return reason && mask ? [{ reason, mask }] : [];
    });
    const { key, fields } = this.index.documents[place];
    return { key, score, why: toldOf(matches(typed, reasons), fields, this.told.rules.short) };
  }
}
