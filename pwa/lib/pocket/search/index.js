// The stops of a museum as documents: which term stands in which of them, how often, and in which fields.

import { unspaced, words as wordsOf } from "../folding.js";
import { codePoints, ofMarked, ofPair, ofWord, windows } from "../terms.js";

const EIGHTHS = 8;
const LAST_FIELD_BIT = 14;
/** The document writes this word without marks. */
export const BARE = 1 << 15;
const STOP = 3;
const FULL = 255;

/**
 * @typedef {[string, string, number]} Field Its name, its text, and what a word in it weighs.
 * @typedef {{key: string, fields: Field[]}} Document
 * @typedef {{document: number, amount: number, mask: number}} Posting
 */

export class Index {
  /** @type {Map<number, Posting[]>} */
  #postings = new Map();
  /** @type {Set<string>} Folded words. */
  words = new Set();

  /** @param {Document[]} documents */
  constructor(documents) {
    this.documents = documents;
    this.lengths = documents.map((document, place) => this.#read(document, place));
    this.meanLength = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(documents.length, 1);
    for (const postings of this.#postings.values()) {
      for (const posting of postings) posting.amount = Math.min(Math.max(Math.round(posting.amount * EIGHTHS), 1), FULL);
    }
  }

  /** @param {number} term */
  of(term) {
    return this.#postings.get(term) ?? [];
  }

  /**
   * @param {Document} document
   * @param {number} place
   */
  #read(document, place) {
    return document.fields.reduce((length, [, text, weight], nth) => {
      const words = wordsOf(text);
      const running = codePoints(` ${words.map((word) => word.folded).join(" ")} `);
      const bit = 1 << Math.min(nth, LAST_FIELD_BIT);
      const take = (/** @type {number} */ term, mask = bit) => this.#add(term, place, weight, mask);
      windows(running, (term) => take(term));
      words.forEach((word, at) => {
        if (unspaced(word.folded)) return;
        this.words.add(word.folded);
        take(ofWord(word.folded), word.hasMarks ? bit : bit | BARE);
        if (word.hasMarks) take(ofMarked(word.marked));
        const next = words[at + 1];
        if (next && !unspaced(next.folded)) take(ofPair(word.folded, next.folded));
      });
      return length + running.length - 2 + STOP;
    }, 0);
  }

  /**
   * @param {number} term
   * @param {number} document
   * @param {number} weight
   * @param {number} mask
   */
  #add(term, document, weight, mask) {
    const there = this.#postings.get(term);
    const last = there?.[there.length - 1];
    if (last?.document === document) {
      last.amount += weight;
      last.mask |= mask;
    } else if (there) there.push({ document, amount: weight, mask });
    else this.#postings.set(term, [{ document, amount: weight, mask }]);
  }
}
