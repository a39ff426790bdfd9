// What an unfinished word may grow into, and how one word may be two with the space left out.

const MOST_GROWN = 64;
const SHORTEST_INSIDE = 4;

export class Growing {
  /** @param {Set<string>} known Folded words. */
  constructor(known) {
    this.known = known;
    this.sorted = [...known].sort();
  }

  /**
   * Words that begin with the part, shortest first, then words that have it inside.
   * @param {string} part
   * @param {boolean} inside
   */
  holding(part, inside) {
    const beginning = this.sorted.filter((word) => word.startsWith(part)).slice(0, MOST_GROWN);
    const grown = shortestFirst(beginning.filter((word) => word !== part));
    if (!inside || part.length < SHORTEST_INSIDE) return grown;
    return [...grown, ...shortestFirst(this.sorted.filter((word) => word.indexOf(part) > 0 && !word.startsWith(part)))];
  }

  /**
   * @param {string} word
   * @returns {[string, string][]}
   */
  twoInOne(word) {
    /** @type {[string, string][]} */
    const cuts = [];
    for (let at = 2; at < word.length - 1; at += 1) cuts.push([word.slice(0, at), word.slice(at)]);
    return cuts.filter((pair) => pair.every((part) => this.known.has(part)));
  }
}

/** @param {string[]} words */
function shortestFirst(words) {
  return words.sort((one, other) => one.length - other.length);
}
