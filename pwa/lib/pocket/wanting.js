// A question as terms, each with what it counts: telling words much, the words one asks with little.

import { unspaced } from "./folding.js";
import { codePoints, ofMarked, ofPair, ofWord, windows } from "./terms.js";

/**
 * `place`: the place of the word that a term belongs to or begins in. `whole`: is it a word, not a pair, piece or crumb?
 * `telling`: does it say what is asked for?
 * @typedef {{weight: number, place: number, whole: boolean, telling: boolean}} Want
 * @typedef {Map<number, Want>} Wanted
 * @typedef {{folded: number, marked: number, pair: number, crumb: number}} Weights
 * @typedef {import("./asking.js").Question} Question
 */

/**
 * @param {Question} question
 * @param {{weights: Weights, little: number}} rules
 * @returns {Wanted}
 */
export function wanted(question, { weights, little }) {
  /** @type {Wanted} */
  const found = new Map();
  const much = question.telling.map((letters) => (letters.some(Boolean) ? 1 : little));
  question.words.forEach((word, place) => {
    if (unspaced(word.folded)) return;
    const telling = much[place] === 1;
    add(found, ofWord(word.folded), { weight: weights.folded * much[place], place, whole: true, telling });
    add(found, ofMarked(word.marked), { weight: weights.marked * much[place], place, whole: true, telling });
    const next = question.words[place + 1];
    if (!next || unspaced(next.folded)) return;
    const weight = (weights.pair * (much[place] + much[place + 1])) / 2;
    add(found, ofPair(word.folded, next.folded), { weight, place, whole: false, telling: false });
  });
  addLetters(found, question, weights, little);
  return found;
}

/**
 * Chosen terms of another question beside one's own, at a part of their weight.
 * @param {Wanted} own
 * @param {Wanted} other
 * @param {number} part
 * @returns {Wanted}
 */
export function joined(own, other, part) {
  const first = Math.max(-1, ...[...own.values()].map((want) => want.place)) + 1;
  const found = new Map(own);
  for (const [term, want] of other) {
    if (!own.has(term)) found.set(term, { ...want, weight: want.weight * part, place: want.place + first });
  }
  return found;
}

/**
 * A term that is wanted twice counts as its weightiest.
 * @param {Wanted} found
 * @param {number} term
 * @param {Want} want
 */
export function add(found, term, want) {
  const there = found.get(term);
  if (!there || want.weight > there.weight) found.set(term, want);
}

/**
 * Crumbs and pieces, each counting by the share of its letters that tell.
 * @param {Wanted} found
 * @param {Question} question
 * @param {Weights} weights
 * @param {number} little
 */
function addLetters(found, question, weights, little) {
  if (!question.words.length) return;
  const codes = codePoints(` ${question.words.map((word) => word.folded).join(" ")} `);
  const tells = [false, ...question.telling.flatMap((letters) => [...letters, false])];
  const owners = [0, ...question.words.flatMap((word, place) => [...new Array(codePoints(word.folded).length).fill(place), place + 1])];
  windows(codes, (term, start, length, crumb) => {
    let letters = 0;
    let telling = 0;
    for (let at = start; at < start + length; at += 1) {
      if (codes[at] !== 32) letters += 1;
      if (tells[at]) telling += 1;
    }
    const share = telling / Math.max(letters, 1);
    const weight = weights.crumb * (little + (1 - little) * share);
    const place = Math.min(owners[start], question.words.length - 1);
    add(found, term, { weight, place, whole: false, telling: !crumb && share > 0.5 });
  });
}
