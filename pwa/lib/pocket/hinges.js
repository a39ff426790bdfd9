// What a question hangs on: how heavy, born when, whose wife. A text that has no such word does not answer it.

import { folded } from "./folding.js";
import { anyOf } from "./patterns.js";

/** @typedef {{marked: Pick<RegExp, "test">, bare: Pick<RegExp, "test">}} Phrases */

export class Hinges {
  /** @param {[Record<string, [string[], string[]]>, Record<string, [string[], string[]]>][]} told What is asked and what is told, by language. */
  constructor(told) {
    this.all = told.map(([asked, answered]) => ({ asked: read(asked), told: read(answered) }));
  }

  /**
   * What the question hangs on.
   * @param {string} question
   * @param {string} tongue
   */
  of(question, tongue) {
    const [written, without] = [plain(question), folded(question)];
    return this.all.filter(({ asked }) => {
      const phrases = asked.get(tongue);
      return phrases && (written === without ? phrases.bare.test(without) : phrases.marked.test(written));
    });
  }

  /**
   * Do these texts say something of all that is asked?
   * @param {ReturnType<Hinges["of"]>} hinges
   * @param {string[]} texts
   * @param {string} tongue
   */
  toldOf(hinges, texts, tongue) {
    const written = hinges.length ? texts.map(plain) : [];
    return hinges.every(({ told }) => !told.has(tongue) || written.some((text) => told.get(tongue)?.marked.test(text)));
  }
}

/**
 * Each made when it is first held against something.
 * @param {Record<string, [string[], string[]]>} side
 * @returns {Map<string, Phrases>}
 */
function read(side) {
  const once = (/** @type {string[]} */ phrases) => {
    /** @type {RegExp | undefined} */
    let made;
    return { test: (/** @type {string} */ text) => (made ??= anyOf(phrases)).test(text) };
  };
  return new Map(Object.entries(side).map(([tongue, [marked, bare]]) => [tongue, { marked: once(marked), bare: once(bare) }]));
}

/** @param {string} text Small letters, apostrophes and other signs as spaces. */
function plain(text) {
  return text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}_*]/gu, " ").split(/\s+/).filter(Boolean).join(" ");
}
