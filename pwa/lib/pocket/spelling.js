// What was meant by "how old is the ston brige": a word that nobody writes is read as the museum's that is a slip away.

import { bare } from "./folding.js";
import { Vocabulary } from "./vocabulary.js";

/**
 * @typedef {import("./folding.js").Word} Word
 * @typedef {{endings: string[], shortest: number, shortest_name: number, only_asked_with: number, of_the_museum: number,
 *   written: string, names: string}} Told
 */

export class Speller {
  /**
   * @param {import("./neighbours.js").Neighbours} museum
   * @param {string[]} askedWith Phrases.
   * @param {Told} told
   */
  constructor(museum, askedWith, told) {
    this.museum = museum;
    this.told = told;
    this.written = new Set(told.written.split(" "));
    this.names = new Set(told.names.split(" "));
    /** @type {Map<string, number>} How often the museum writes each word, and those that one asks with. */
    this.worth = new Map(askedWith.flatMap((phrase) => phrase.split(" ")).map((word) => [word, told.only_asked_with]));
    museum.words.forEach((word, place) => this.worth.set(bare(word), (this.worth.get(bare(word)) ?? 0) + museum.byPlace(place)));
    this.vocabulary = new Vocabulary([...this.worth.keys()].filter((word) => word.length >= told.shortest && /^\p{L}+$/u.test(word)));
  }

  /**
   * The words as they were meant.
   * @param {Word[]} words
   * @param {string[]} typed With their capitals.
   */
  mended(words, typed) {
    return words.map((word, place) => this.#meant(word, place > 0 && /^\p{Lu}/u.test(typed[place])));
  }

  /**
   * @param {Word} word
   * @param {boolean} isName
   */
  #meant({ folded, written }, isName) {
    if (folded.length < (isName ? this.told.shortest_name : this.told.shortest) || !/^\p{L}+$/u.test(folded)) return written;
    if (this.#stems(folded).some((stem) => this.#isWritten(stem))) return written;
    const near = this.vocabulary.oneSlipFrom(folded).filter((one) => inside(folded, one));
    if (!near.length) return written;
    const worth = (/** @type {string} */ one) => this.worth.get(one) ?? 0;
    return this.#written(near.reduce((best, one) => (worth(one) > worth(best) || (worth(one) === worth(best) && one > best) ? one : best)));
  }

  /** @param {string} folded By the museum, by others in its language, or by the Vietnamese, whose names stand in every language here. */
  #isWritten(folded) {
    return this.worth.has(folded) || this.written.has(folded) || this.names.has(folded);
  }

  /** @param {string} folded As the museum writes it most often. */
  #written(folded) {
    const forms = this.museum.byBare.get(folded) ?? [folded];
    return forms.reduce((best, one) => (this.museum.alone(one) > this.museum.alone(best) ? one : best));
  }

  /** @param {string} folded The word, and what it may be a form of. */
  #stems(folded) {
    return [folded, ...this.told.endings.filter((ending) => folded.endsWith(ending)).map((ending) => folded.slice(0, -ending.length))];
  }
}

/**
 * They begin alike, and not only their ends differ.
 * @param {string} typed
 * @param {string} meant
 */
function inside(typed, meant) {
  const atTheEnd = meant.startsWith(typed) || typed.startsWith(meant) || meant === typed.slice(0, -1) + meant.slice(-1);
  return typed[0] === meant[0] && !atTheEnd;
}
