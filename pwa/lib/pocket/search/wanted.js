// What is looked up for a query: terms with weights, and which of them tell a reason.
// Terms that stand for one another (the readings of one typed word) are a group: they are as rare as all of them together.

import { codePoints, ofMarked, ofPair, ofWord, windows } from "../terms.js";

/** Does a text lack something when it lacks this? */
export const [ALWAYS, IF_KNOWN, NEVER] = [0, 1, 2];
const SPACE = 32;

/**
 * `how` is nothing where it is exact or without marks, as the text has it.
 * @typedef {import("./typed.js").Typed} Typed
 * @typedef {import("./typed.js").Reading} Reading
 * @typedef {{place: number, how: import("./typed.js").How | null, piece: string}} Reason
 * @typedef {{term: number, credit: number, reason: Reason | null}} Row
 * @typedef {{weight: number, owed: number, rows: Row[]}} Group
 * @typedef {{word: number, marked: number, crumb: number, piece: number, pair: number, completion: number, little: number,
 *   marks_owed: number, credit: Record<string, number>}} Weights
 */

/**
 * @param {Typed[]} typed
 * @param {Weights} weights
 * @returns {Group[]}
 */
export function wanted(typed, weights) {
  const words = typed.flatMap((word, place) => (word.unspaced ? piecesOf(word, place, weights) : ofTyped(word, place, weights)));
  const pairs = typed.slice(1).flatMap((after, place) => (typed[place].unspaced || after.unspaced ? [] : [pairOf(typed[place], after, weights)]));
  return [...words, ...pairs, ...crumbsOf(typed, weights)];
}

/**
 * @param {Typed} word
 * @param {number} place
 * @param {Weights} weights
 * @returns {Group[]}
 */
function ofTyped(word, place, weights) {
  const much = word.little ? weights.little : 1;
  const because = (/** @type {import("./typed.js").How | null} */ how) => (word.little ? null : { place, how, piece: "" });
  const rows = (/** @type {Reading[]} */ readings) =>
    readings.map((one) => ({ term: termOf(one), credit: weights.credit[one.how], reason: because(one.how === "exact" ? null : one.how) }));
  const marked = word.readings.flatMap((one) => {
    if (!one.marked) return [];
    const row = { term: ofMarked(one.marked), credit: weights.credit[one.how], reason: because(one.how) };
    return [{ weight: weights.marked * much, owed: weights.marks_owed, rows: [row] }];
  });
  const whole = { weight: weights.word * much, owed: ALWAYS, rows: rows(word.readings) };
  const grown = word.completions.length ? [{ weight: weights.completion * much, owed: NEVER, rows: rows(word.completions) }] : [];
  return [...marked, whole, ...grown];
}

/**
 * @param {Typed} before
 * @param {Typed} after
 * @param {Weights} weights
 * @returns {Group}
 */
function pairOf(before, after, weights) {
  const meant = before.readings.flatMap((one) => [...after.readings, ...after.completions].map((other) => ({ one, other })));
  const rows = meant.map(({ one, other }) => {
    const term = ofPair(one.words[one.words.length - 1], other.words[0]);
    return { term, credit: weights.credit[one.how] * weights.credit[other.how], reason: null };
  });
  return { weight: weights.pair * (before.little && after.little ? weights.little : 1), owed: IF_KNOWN, rows };
}

/**
 * The longest pieces tell what was found; single characters only where nothing else was typed.
 * @param {Typed} word
 * @param {number} place
 * @param {Weights} weights
 * @returns {Group[]}
 */
function piecesOf(word, place, weights) {
  const best = [...bestOf(word)];
  /** @type {{term: number, start: number, length: number}[]} */
  const cuts = [];
  windows(codePoints(bestOf(word)), (term, start, length, crumb) => crumb || cuts.push({ term, start, length }));
  const longest = Math.max(0, ...cuts.map((cut) => cut.length));
  return cuts.map(({ term, start, length }) => {
    const reason = length === longest ? { place, how: /** @type {"exact"} */ ("exact"), piece: best.slice(start, start + length).join("") } : null;
    return { weight: weights.piece, owed: ALWAYS, rows: [{ term, credit: 1, reason }] };
  });
}

/**
 * @param {Typed[]} typed
 * @param {Weights} weights
 * @returns {Group[]}
 */
function crumbsOf(typed, weights) {
  const codes = codePoints(` ${typed.map(bestOf).join(" ")} `);
  const telling = [false, ...typed.flatMap((word) => [...[...bestOf(word)].map((letter) => !word.little && letter !== " "), false])];
  /** @type {Map<number, Group>} */
  const found = new Map();
  windows(codes, (term, start, length, crumb) => {
    if (!crumb || found.has(term)) return;
    const across = codes.slice(start + 1, start + length - 1).includes(SPACE);
    const tells = telling.slice(start, start + length).some(Boolean);
    found.set(term, { weight: weights.crumb * (tells ? 1 : weights.little), owed: across ? IF_KNOWN : ALWAYS, rows: [{ term, credit: 1, reason: null }] });
  });
  return [...found.values()];
}

/** @param {Typed} word */
function bestOf(word) {
  return word.readings[0].words.join(" ");
}

/** @param {Reading} reading */
function termOf({ words }) {
  return words.length === 1 ? ofWord(words[0]) : ofPair(words[0], words[1]);
}
