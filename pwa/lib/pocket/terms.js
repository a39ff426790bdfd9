// Terms: a text becomes numbers of 32 bits that can be looked up; what they are is told in guide/tours/terms.py.

import { isIdeograph, unspaced, words } from "./folding.js";

const FACTOR = 0x9e3779b1;
const CRUMB_BIT = 0x80000000;
const CRUMB_LENGTH = 4;
const [WORD, MARKED, PAIR, PIECE, CRUMB] = [1, 2, 3, 4, 5];
const [LETTERS, IDEOGRAPH, UNSPACED] = [0, 1, 2];
const FIRST_UNSPACED = 0x0e00;
const MOST = 255;

/**
 * @typedef {import("./folding.js").Word} Word
 * @typedef {{terms: Uint32Array, counts: Uint8Array, length: number, words: Word[]}} Cut
 * @typedef {(term: number, start: number, length: number, crumb: boolean) => void} Take
 */

/**
 * A text's terms, ascending, each with how often it stands there; its length in letters.
 * @param {string} text
 * @returns {Cut}
 */
export function cut(text) {
  const said = words(text);
  const running = codePoints(` ${said.map((word) => word.folded).join(" ")} `);
  /** @type {number[]} */
  const found = [];
  windows(running, (term) => found.push(term));
  said.forEach((word, place) => {
    if (unspaced(word.folded)) return;
    found.push(ofWord(word.folded), ofMarked(word.marked));
    const next = said[place + 1];
    if (next && !unspaced(next.folded)) found.push(ofPair(word.folded, next.folded));
  });
  return { ...counted(Uint32Array.from(found).sort()), length: Math.max(running.length - 2, 1), words: said };
}

/** @param {string} folded */
export function ofWord(folded) {
  return stirred(spelled(folded), WORD);
}

/** @param {string} marked */
export function ofMarked(marked) {
  return stirred(spelled(marked), MARKED);
}

/**
 * @param {string} before
 * @param {string} after
 */
export function ofPair(before, after) {
  return stirred((Math.imul(ofWord(before), FACTOR) + ofWord(after)) >>> 0, PAIR);
}

/**
 * Pieces of scripts without spaces, then crumbs of four letters of the others.
 * @param {number[]} codes
 * @param {Take} take
 */
export function windows(codes, take) {
  const scripts = codes.map(scriptOf);
  for (const [script, lengths] of /** @type {[number, number[]][]} */ ([[IDEOGRAPH, [1, 2]], [UNSPACED, [3, 4]]])) {
    if (!scripts.includes(script)) continue;
    for (const length of lengths) slide(codes, scripts, script, length, PIECE + 16 * length, take);
  }
  slide(codes, scripts, LETTERS, CRUMB_LENGTH, CRUMB, take);
}

/** @param {string} text */
export function codePoints(text) {
  return Array.from(text, (letter) => /** @type {number} */ (letter.codePointAt(0)));
}

/**
 * @param {number[]} codes
 * @param {number[]} scripts
 * @param {number} script
 * @param {number} length
 * @param {number} kind
 * @param {Take} take
 */
function slide(codes, scripts, script, length, kind, take) {
  let run = 0;
  for (let end = 0; end < codes.length; end += 1) {
    run = scripts[end] === script ? run + 1 : 0;
    if (run < length) continue;
    let number = 0;
    for (let at = end - length + 1; at <= end; at += 1) number = (Math.imul(number, FACTOR) + codes[at]) | 0;
    take(stirred(number >>> 0, kind), end - length + 1, length, kind === CRUMB);
  }
}

/** @param {string} word */
function spelled(word) {
  let number = 0;
  for (const letter of word) number = (Math.imul(number, FACTOR) + /** @type {number} */ (letter.codePointAt(0))) | 0;
  return number >>> 0;
}

/**
 * The finishing steps of MurmurHash3, so that alike spellings land far apart.
 * @param {number} number
 * @param {number} kind
 */
function stirred(number, kind) {
  let mixed = number ^ (kind * 0x5bd1e995);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return (kind === CRUMB ? mixed | CRUMB_BIT : mixed & ~CRUMB_BIT) >>> 0;
}

/** @param {number} code */
function scriptOf(code) {
  if (code < FIRST_UNSPACED) return LETTERS;
  const letter = String.fromCodePoint(code);
  return isIdeograph(letter) ? IDEOGRAPH : unspaced(letter) ? UNSPACED : LETTERS;
}

/** @param {Uint32Array} ordered */
function counted(ordered) {
  const terms = ordered.filter((term, place) => place === 0 || term !== ordered[place - 1]);
  const counts = new Uint8Array(terms.length);
  let at = -1;
  ordered.forEach((term, place) => {
    if (place === 0 || term !== ordered[place - 1]) at += 1;
    counts[at] = Math.min(counts[at] + 1, MOST);
  });
  return { terms, counts };
}
