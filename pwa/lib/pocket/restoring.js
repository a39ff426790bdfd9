// What was meant by "con dao o dau": Vietnamese typed without marks, or with a slip, is read as it would be written.

import { unspaced } from "./folding.js";
import { Vocabulary } from "./vocabulary.js";

/**
 * @typedef {import("./folding.js").Word} Word
 * @typedef {import("./neighbours.js").Neighbours} Neighbours
 * @typedef {{word: string, cost: number}} Reading
 * @typedef {{unseen: number, unseen_share: number, rarest: number, marked_share: number, other_marks: number, a_slip: number,
 *   most_readings: number, shortest_slip: number, marks_left_out: {none: number, some: number, most: number}}} Rules
 */

export class Restorer {
  /**
   * @param {Neighbours[]} tables
   * @param {Rules} rules
   */
  constructor(tables, rules) {
    this.tables = tables;
    this.rules = rules;
    this.all = tables.reduce((sum, table) => sum + table.all, 0);
    this.vocabulary = new Vocabulary(tables.flatMap((table) => [...table.byBare.keys()]));
  }

  /**
   * The words as they would be written.
   * @param {Word[]} words
   */
  restored(words) {
    const marks = this.#marks(words);
    const asTyped = words.map((word) => word.written);
    if (marks === "most" && asTyped.every((word) => this.#knows(word) || /^\p{Nd}+$/u.test(word))) return asTyped;
    const cost = this.rules.marks_left_out[marks];
    return this.#likeliest(words.map((word) => this.#readings(word, cost)));
  }

  /**
   * @param {Word[]} words
   * @returns {"none" | "some" | "most"}
   */
  #marks(words) {
    const letters = words.filter((word) => /^\p{L}+$/u.test(word.folded));
    const share = letters.filter((word) => word.hasMarks).length / Math.max(letters.length, 1);
    return share === 0 ? "none" : share < this.rules.marked_share ? "some" : "most";
  }

  /**
   * @param {Word} word
   * @param {number} cost
   * @returns {Reading[]}
   */
  #readings(word, cost) {
    const isNumber = /^\p{Nd}+$/u.test(word.written);
    if (isNumber || unspaced(word.folded) || (word.hasMarks && this.#knows(word.written))) return [{ word: word.written, cost: 0 }];
    const alike = this.#lookingLike(word.folded);
    const otherwise = word.hasMarks ? this.rules.other_marks : cost;
    if (alike.length) return alike.map((one) => ({ word: one, cost: one === word.written ? 0 : otherwise }));
    const slips = word.folded.length >= this.rules.shortest_slip ? this.vocabulary.oneSlipFrom(word.folded) : [];
    const meant = slips.flatMap((slip) => this.#lookingLike(slip)).sort((one, other) => this.#alone(other) - this.#alone(one));
    return [word.written, ...meant.slice(0, this.rules.most_readings)].map((one) => ({ word: one, cost: this.rules.a_slip }));
  }

  /** @param {string} written */
  #knows(written) {
    return this.tables.some((table) => table.places.has(written));
  }

  /** @param {string} folded */
  #lookingLike(folded) {
    return [...new Set(this.tables.flatMap((table) => table.byBare.get(folded) ?? []))].sort();
  }

  /** @param {string} word */
  #alone(word) {
    return this.tables.reduce((sum, table) => sum + table.alone(word), 0);
  }

  /**
   * Viterbi's rule: the best row so far that ends in each reading, word by word.
   * @param {Reading[][]} columns
   */
  #likeliest(columns) {
    const [first, ...others] = columns.map((column) => column.map((one) => ({ ...one, alone: this.rules.rarest + this.#alone(one.word) })));
    let paths = first.map((one) => ({ last: one, said: [one.word], score: Math.log(one.alone / this.all) - one.cost }));
    for (const column of others) {
      paths = column.map((one) => {
        let best = paths[0];
        let most = -Infinity;
        for (const path of paths) {
          const score = path.score + this.#likely(path.last, one);
          if (score > most) [best, most] = [path, score];
        }
        return { last: one, said: [...best.said, one.word], score: most - one.cost };
      });
    }
    return paths.reduce((best, path) => (path.score > best.score ? path : best)).said;
  }

  /**
   * How likely one word follows another.
   * @param {{word: string, alone: number}} before
   * @param {{word: string, alone: number}} after
   */
  #likely(before, after) {
    const together = this.tables.reduce((sum, table) => sum + table.together(before.word, after.word), 0);
    const unseen = this.rules.unseen + this.rules.unseen_share * before.alone;
    return Math.log((together + (unseen * after.alone) / this.all) / (before.alone + unseen));
  }
}
