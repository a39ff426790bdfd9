// What one says of small talk and practical matters in one language, kept so that a question is held against all of it at once.

import { unspaced, words as wordsOf } from "./folding.js";

/**
 * @typedef {import("./folding.js").Word} Word
 * @typedef {{written: Set<string>, folded: Set<string>}} Company
 * @typedef {{name: string, company: Company, numbers: boolean, names: boolean, strict: boolean, anything: boolean}} Topic
 * @typedef {{topic: string, words: Word[], against: boolean}} Phrase
 * @typedef {[string, string[], string[], string, string[]]} Row
 */

export class Tongue {
  /** @type {Topic[]} */
  topics = [];
  /** @type {Map<string, Phrase[]>} By their first word as it is written. */
  #beginning = new Map();
  /** @type {Map<string, Map<string, Word>>} The phrases' words by their letters without marks. */
  #meant = new Map();
  /** @type {Map<string, string[]>} The letters of phrases' words by the first of them and their number. */
  #alike = new Map();

  /**
   * @param {{around: string, topics: Row[]}} told
   * @param {{long_enough: number, shortest: number}} slips
   */
  constructor(told, slips) {
    this.slips = slips;
    this.around = company(told.around);
    for (const [name, phrases, unless, beside, allowed] of told.topics) {
      const [numbers, names, strict, anything] = ["numbers", "names", "strict", "anything"].map((what) => allowed.includes(what));
      this.topics.push({ name, company: company(beside), numbers, names, strict, anything });
      for (const phrase of phrases) this.#add({ topic: name, words: cut(phrase), against: false });
      for (const phrase of unless) this.#add({ topic: name, words: cut(phrase), against: true });
    }
    /** All words of the file: one of them is no slip of another. */
    this.known = new Set([...this.#meant.keys(), ...this.around.folded, ...this.topics.flatMap((topic) => [...topic.company.folded])]);
    for (const letters of this.#meant.keys()) push(this.#alike, `${letters[0]}${letters.length}`, letters);
  }

  /**
   * Every phrase that is there, and where it begins.
   * @param {Word[]} words
   * @returns {{phrase: Phrase, start: number}[]}
   */
  found(words) {
    const readings = words.map((word) => this.#readings(word));
    return readings.flatMap((first, start) =>
      [...first.keys()]
        .flatMap((word) => this.#beginning.get(word) ?? [])
        .filter((phrase) => fits(phrase.words, readings.slice(start, start + phrase.words.length)))
        .map((phrase) => ({ phrase, start })),
    );
  }

  /**
   * What words of phrases a typed word may be, and how far it is from each.
   * @param {Word} typed
   * @returns {Map<string, number>}
   */
  #readings(typed) {
    if (this.known.has(typed.folded) || typed.hasMarks) {
      const meant = [...(this.#meant.get(typed.folded)?.values() ?? [])];
      return new Map(meant.map((word) => [word.written, typed.marked === word.marked || !typed.hasMarks ? 0 : 1]));
    }
    const { folded } = typed;
    const alike = [folded.length - 1, folded.length, folded.length + 1].flatMap((length) => this.#alike.get(`${folded[0]}${length}`) ?? []);
    const near = alike.filter((letters) => oneSlip(folded, letters, this.slips));
    return new Map(near.flatMap((letters) => [...(this.#meant.get(letters)?.keys() ?? [])].map((word) => [word, 0])));
  }

  /** @param {Phrase} phrase */
  #add(phrase) {
    if (!phrase.words.length) return;
    push(this.#beginning, phrase.words[0].written, phrase);
    for (const word of phrase.words) {
      const there = this.#meant.get(word.folded) ?? new Map();
      this.#meant.set(word.folded, there.set(word.written, word));
    }
  }
}

/** @param {string} text */
export function company(text) {
  const found = cut(text);
  return { written: new Set(found.map((word) => word.written)), folded: new Set(found.map((word) => word.folded)) };
}

/**
 * Words; of a script without spaces, its characters.
 * @param {string} text
 * @returns {Word[]}
 */
export function cut(text) {
  const lone = (/** @type {string} */ letter) => ({ written: letter, marked: letter, folded: letter, hasMarks: false });
  const letters = (/** @type {Word} */ word) => Array.from(word.written, lone);
  return wordsOf(text.normalize("NFC")).flatMap((word) => (unspaced(word.folded) ? letters(word) : [word]));
}

/**
 * Of two words one may have other marks than it should.
 * @param {Word[]} phrase
 * @param {Map<string, number>[]} readings
 */
function fits(phrase, readings) {
  if (readings.length < phrase.length) return false;
  const slips = phrase.map((word, place) => readings[place].get(word.written));
  return slips.every((slip) => slip !== undefined) && slips.reduce((sum, slip) => sum + Number(slip), 0) <= Math.floor(phrase.length / 2);
}

/**
 * One letter too many, missing or changed, or the same letters in another order.
 * @param {string} one
 * @param {string} other
 * @param {{long_enough: number, shortest: number}} slips
 */
function oneSlip(one, other, slips) {
  if (Math.abs(one.length - other.length) > 1 || one[0] !== other[0] || other.length < slips.shortest) return false;
  const sameLetters = [...one].sort().join() === [...other].sort().join();
  if (other.length < slips.long_enough || sameLetters) return sameLetters;
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  return left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1);
}

/**
 * @template T
 * @param {Map<string, T[]>} shelves
 * @param {string} key
 * @param {T} value
 */
function push(shelves, key, value) {
  const there = shelves.get(key);
  if (there) there.push(value);
  else shelves.set(key, [value]);
}
