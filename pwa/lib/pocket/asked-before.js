// Questions that the museum answers itself, in its own FAQ: asked nearly so, they are answered so.

import { names } from "./asking.js";

/**
 * What a question asks for: who or when, and the words that tell of what.
 * @typedef {{kind: string | null, telling: Set<string>, numbers: Set<string>}} Gist
 * @typedef {import("./rows.js").Passage} Passage
 */

export class AskedBefore {
  /** @type {WeakMap<Passage, Gist[]>} */
  #gists = new WeakMap();

  /**
   * @param {import("./asking.js").Asking} asking
   * @param {number} nearly The part of all telling words that both questions have, from which on they are one.
   */
  constructor(asking, nearly) {
    this.asking = asking;
    this.nearly = nearly;
  }

  /**
   * @param {string} question
   * @param {string} language
   * @param {Passage[]} passages
   * @returns {import("./answer.js").Quoted[]}
   */
  quotes(question, language, passages) {
    const asked = this.#gist(question, language);
    let [most, found] = [0, /** @type {Passage | null} */ (null)];
    for (const passage of passages.filter(({ kind }) => kind === "faq")) {
      const likeness = Math.max(0, ...this.#known(passage).map((gist) => alike(asked, gist)));
      if (likeness > most) [most, found] = [likeness, passage];
    }
    if (!found || most < this.nearly) return [];
    const passage = found;
    return passage.sentences.map(([number, text]) => ({ passage, number, text, score: 1 }));
  }

  /** @param {Passage} passage */
  #known(passage) {
    const known = this.#gists.get(passage) ?? (passage.names ?? []).map((name) => this.#gist(name, passage.language));
    this.#gists.set(passage, known);
    return known;
  }

  /**
   * @param {string} text
   * @param {string} language
   * @returns {Gist}
   */
  #gist(text, language) {
    const question = this.asking.read(text, language);
    const words = question.words.map((word) => word.folded);
    const telling = names(question).map((word) => word.folded);
    return { kind: question.kind, telling: new Set(telling.length ? telling : words), numbers: new Set(words.filter((word) => /^\p{Nd}+$/u.test(word))) };
  }
}

/**
 * @param {Gist} one
 * @param {Gist} other
 */
function alike(one, other) {
  const sameNumbers = one.numbers.size === other.numbers.size && [...one.numbers].every((number) => other.numbers.has(number));
  if (one.kind !== other.kind || !sameNumbers) return 0;
  const both = [...one.telling].filter((word) => other.telling.has(word)).length;
  return both / Math.max(1, one.telling.size + other.telling.size - both);
}
