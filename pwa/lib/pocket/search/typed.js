// What a visitor typed, and what was likely meant: slips of the keyboard are read kindly, known words are left alone.

import { pieces, unspaced, words as wordsOf } from "../folding.js";
import { ofPair } from "../terms.js";
import { Vocabulary } from "../vocabulary.js";
import { Growing } from "./growing.js";
import { Telex } from "./telex.js";

/**
 * @typedef {import("../folding.js").Word} Word
 * @typedef {"exact" | "without-marks" | "typo" | "telex" | "part"} How
 * @typedef {{words: string[], how: How, marked: string | null}} Reading
 * @typedef {{written: string, readings: Reading[], completions: Reading[], little: boolean, unspaced: boolean}} Typed
 * @typedef {[string, string]} Pair
 * @typedef {{longest: number, most_slips: number, most_readings: number, little: string[], telex: import("./telex.js").Told}} Told
 */

export class Understanding {
  /**
   * @param {import("./index.js").Index} index
   * @param {Told} told
   */
  constructor(index, told) {
    this.index = index;
    this.told = told;
    this.little = new Set(told.little);
    this.telex = new Telex(told.telex);
    this.vocabulary = new Vocabulary(index.words);
    this.growing = new Growing(index.words);
  }

  /**
   * @param {string} query
   * @returns {Typed[]}
   */
  of(query) {
    const words = wordsOf(query.slice(0, this.told.longest));
    const candidates = this.#candidates(words, pieces(query.slice(-1)).length > 0);
    const isLittle = words.map((word) => this.little.has(word.written));
    const allLittle = isLittle.every(Boolean);
    return words.map((word, place) => {
      const near = /** @type {Pair} */ ([words[place - 1]?.folded ?? "", words[place + 1]?.folded ?? ""]);
      const likeliest = this.#likeliest(near, candidates[place]);
      const asItStands = reading([word.folded], "exact", word.hasMarks ? word.marked : null);
      const known = this.index.words.has(word.folded) || !likeliest.length;
      const shared = { written: word.written, little: isLittle[place] && !allLittle, unspaced: unspaced(word.folded) };
      return known ? { ...shared, readings: [asItStands], completions: likeliest } : { ...shared, readings: likeliest, completions: [] };
    });
  }

  /**
   * @param {Word[]} words
   * @param {boolean} unfinished
   * @returns {Reading[][]}
   */
  #candidates(words, unfinished) {
    let slips = this.told.most_slips;
    return words.map((word, place) => {
      const strange = !this.index.words.has(word.folded);
      if (strange) slips -= 1;
      if (unspaced(word.folded) || slips < 0) return [];
      if (strange) return this.#strange(word);
      return unfinished && place === words.length - 1 && word.folded.length > 1 ? this.#parts(word.folded, false) : [];
    });
  }

  /**
   * @param {Word} word
   * @returns {Reading[]}
   */
  #strange(word) {
    const meant = this.telex.untangled(word.written);
    const read = meant ? wordsOf(meant)[0] : null;
    if (read && this.index.words.has(read.folded)) return [reading([read.folded], "telex", read.hasMarks ? read.marked : null)];
    if (!/^\p{L}+$/u.test(word.folded)) return this.#parts(word.folded, false);
    const joined = this.growing.twoInOne(word.folded).map((pair) => reading(pair, "part"));
    const slips = this.vocabulary.oneSlipFrom(word.folded).map((near) => reading([near], "typo"));
    return [...joined, ...this.#parts(word.folded, true), ...slips];
  }

  /**
   * @param {string} part
   * @param {boolean} inside
   */
  #parts(part, inside) {
    return this.growing.holding(part, inside).map((whole) => reading([whole], "part"));
  }

  /**
   * First what stands beside the same neighbours in the texts; two words in one only if they stand together.
   * @param {Pair} near
   * @param {Reading[]} found
   */
  #likeliest(near, found) {
    const sound = found.filter(({ words }) => words.length === 1 || this.#stands([words[0], words[1]]));
    const isBeside = (/** @type {Reading} */ { words }) =>
      words.length === 2 || this.#stands([near[0], words[0]]) || this.#stands([words[words.length - 1], near[1]]);
    return [...sound.filter(isBeside), ...sound.filter((one) => !isBeside(one))].slice(0, this.told.most_readings);
  }

  /** @param {Pair} pair */
  #stands([before, after]) {
    return Boolean(before && after && this.index.of(ofPair(before, after)).length);
  }
}

/**
 * @param {string[]} words
 * @param {How} how
 * @param {string | null} [marked]
 * @returns {Reading}
 */
function reading(words, how, marked = null) {
  return { words, how, marked };
}
