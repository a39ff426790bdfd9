// How often words stand alone and side by side: in the museum's own texts, and in Vietnamese at large.

import { bare } from "./folding.js";

/** @typedef {{words: string, steps: number, singles: number[], pairs: number[], counts: number[]}} AtLarge */

export class Neighbours {
  /**
   * @param {string[]} words Ascending.
   * @param {(place: number) => number} alone
   * @param {(key: number) => number} together
   */
  constructor(words, alone, together) {
    this.words = words;
    /** @type {Map<string, number>} */
    this.places = new Map(words.map((word, place) => [word, place]));
    this.byPlace = alone;
    this.byKey = together;
    /** @type {Map<string, string[]>} */
    this.byBare = new Map();
    for (const word of words) {
      const letters = bare(word);
      const there = this.byBare.get(letters);
      if (there) there.push(word);
      else this.byBare.set(letters, [word]);
    }
  }

  /** @param {string} word */
  alone(word) {
    const place = this.places.get(word);
    return place === undefined ? 0 : this.byPlace(place);
  }

  /**
   * @param {string} before
   * @param {string} after
   */
  together(before, after) {
    const [one, other] = [this.places.get(before), this.places.get(after)];
    return one === undefined || other === undefined ? 0 : this.byKey(one * this.words.length + other);
  }

  /**
   * @param {string[][]} texts Each the words of one.
   * @param {number} worth What an occurrence counts.
   */
  static ofTexts(texts, worth) {
    const words = [...new Set(texts.flat())].sort();
    const places = new Map(words.map((word, place) => [word, place]));
    const alone = new Float64Array(words.length);
    /** @type {Map<number, number>} */
    const together = new Map();
    for (const text of texts) {
      let before = -1;
      for (const word of text) {
        const place = /** @type {number} */ (places.get(word));
        alone[place] += worth;
        const key = before * words.length + place;
        if (before >= 0) together.set(key, (together.get(key) ?? 0) + worth);
        before = place;
      }
    }
    return new Neighbours(words, (place) => alone[place], (key) => together.get(key) ?? 0);
  }

  /** @param {AtLarge} told */
  static atLarge({ words, steps, singles, pairs, counts }) {
    const keys = new Float64Array(pairs.length);
    pairs.reduce((key, step, place) => (keys[place] = key + step), 0);
    const together = (/** @type {number} */ key) => {
      const place = placeIn(keys, key);
      return keys[place] === key ? 2 ** (counts[place] / steps) : 0;
    };
    return new Neighbours(words.split(" "), (place) => 2 ** (singles[place] / steps), together);
  }

  /** All occurrences of all words. */
  get all() {
    return this.words.reduce((sum, _, place) => sum + this.byPlace(place), 0);
  }
}

/**
 * @param {Float64Array} ordered
 * @param {number} wanted
 */
function placeIn(ordered, wanted) {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
