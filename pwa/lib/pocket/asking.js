// What a question asks for: its telling words, and those that only tell what kind of answer is wanted.

import { unspaced, words as wordsOf } from "./folding.js";

const KINDS = ["who", "when", "where", "number", "why", "how", "what"];
const LATER_COUNTS = ["little", "onward", "pointing", ...[...KINDS].reverse()];
/** Words of a question that are read; who writes more is not asking. */
export const LONGEST = 64;

/**
 * @typedef {import("./folding.js").Word} Word
 * @typedef {{words: Word[], telling: boolean[][], kind: string | null, pointing: boolean}} Question
 * @typedef {Record<string, string[]>} Phrases
 */

export class Asking {
  #listed;
  /** @type {Map<string, {kinds: Map<string, string>, byFirst: Map<string, string[]>}>} */
  #read = new Map();

  /** @param {Record<string, Phrases>} listed By language, in the form in which they are looked for. */
  constructor(listed) {
    this.#listed = listed;
  }

  /**
   * @param {string} text
   * @param {string} language
   */
  read(text, language) {
    return this.ofWords(wordsOf(text).slice(0, LONGEST), language);
  }

  /**
   * @param {Word[]} words
   * @param {string} language
   * @returns {Question}
   */
  ofWords(words, language) {
    const tongue = language.split("-")[0];
    const forms = words.map((word) => formOf(word, tongue));
    const running = ` ${forms.join(" ")} `;
    const found = this.#found(running, tongue);
    const little = new Array(running.length).fill(false);
    for (const { start, end } of found) little.fill(true, start, end);
    const kinds = found.map(({ kind }) => KINDS.indexOf(kind)).filter((place) => place >= 0);
    const pointing = found.some(({ kind, start }) => kind === "pointing" || (kind === "onward" && start === 1));
    return { words, telling: telling(words, forms, little), kind: kinds.length ? KINDS[Math.min(...kinds)] : null, pointing };
  }

  /**
   * All that one asks with.
   * @param {string} tongue
   */
  phrases(tongue) {
    return [...this.#of(tongue).kinds.keys()];
  }

  /**
   * Leftmost first, at one place the longest; where words have spaces between them, whole words.
   * @param {string} running
   * @param {string} tongue
   */
  #found(running, tongue) {
    const { kinds, byFirst } = this.#of(tongue);
    const found = [];
    for (let at = 0; at < running.length; at += 1) {
      const phrase = byFirst.get(running[at])?.find((one) => running.startsWith(one, at) && (unspaced(one) || standsAlone(running, at, one)));
      if (!phrase) continue;
      found.push({ start: at, end: at + phrase.length, kind: /** @type {string} */ (kinds.get(phrase)) });
      at += phrase.length - 1;
    }
    return found;
  }

  /** @param {string} tongue */
  #of(tongue) {
    const known = this.#read.get(tongue);
    if (known) return known;
    const listed = this.#listed[tongue] ?? {};
    const kinds = new Map(LATER_COUNTS.flatMap((kind) => (listed[kind] ?? []).map((phrase) => /** @type {[string, string]} */ ([phrase, kind]))));
    const byFirst = new Map();
    for (const phrase of [...kinds.keys()].sort((one, other) => other.length - one.length)) {
      byFirst.set(phrase[0], [...(byFirst.get(phrase[0]) ?? []), phrase]);
    }
    const made = { kinds, byFirst };
    this.#read.set(tongue, made);
    return made;
  }
}

/** @param {Question} question */
export function names({ words, telling }) {
  return words.filter((_, place) => telling[place].some(Boolean));
}

/**
 * @param {Word} word
 * @param {string} tongue
 */
export function formOf(word, tongue) {
  return tongue === "vi" ? word.written : word.folded;
}

/**
 * @param {string} running
 * @param {number} at
 * @param {string} phrase
 */
function standsAlone(running, at, phrase) {
  return running[at - 1] === " " && running[at + phrase.length] === " ";
}

/**
 * Of each letter of each word: does it tell what is asked for?
 * @param {Word[]} words
 * @param {string[]} forms
 * @param {boolean[]} little
 */
function telling(words, forms, little) {
  let at = 1;
  return words.map((word, place) => {
    const span = little.slice(at, at + forms[place].length);
    at += forms[place].length + 1;
    const exact = unspaced(word.folded) && forms[place].length === word.folded.length;
    return exact ? span.map((one) => !one) : new Array(word.folded.length).fill(!span.every(Boolean));
  });
}
