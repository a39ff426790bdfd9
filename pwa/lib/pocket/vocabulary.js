// Which of the known words a visitor may have meant: those one slip away.

const SHORTEST_SLIP = 4;

export class Vocabulary {
  /** @param {Iterable<string>} words All folded. */
  constructor(words) {
    this.known = new Set(words);
    /** @type {string[] | null} */
    this.letters = null;
  }

  /**
   * A letter missing, added, mistaken or swapped with the next; of short words only swapped.
   * @param {string} word
   */
  oneSlipFrom(word) {
    const swapped = new Set();
    const near = new Set();
    const take = (/** @type {string} */ one) => this.known.has(one) && near.add(one);
    for (let at = 0; at + 1 < word.length; at += 1) {
      const one = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      swapped.add(one);
      take(one);
    }
    if (word.length >= SHORTEST_SLIP) this.#changed(word, take);
    const unlike = (/** @type {string} */ one) => 2 * Number(!swapped.has(one)) + Number(one[0] !== word[0]);
    return [...near].sort((one, other) => unlike(one) - unlike(other) || (one < other ? -1 : 1));
  }

  /**
   * @param {string} word
   * @param {(one: string) => void} take
   */
  #changed(word, take) {
    for (let at = 0; at <= word.length; at += 1) {
      const [before, after] = [word.slice(0, at), word.slice(at)];
      if (after) take(before + after.slice(1));
      for (const letter of this.#alphabet()) {
        if (after) take(before + letter + after.slice(1));
        take(before + letter + after);
      }
    }
  }

  #alphabet() {
    this.letters ??= [...new Set([...this.known].join(""))].filter((letter) => /\p{L}/u.test(letter));
    return this.letters;
  }
}
