// Reasons: a page can say "other name: Nà Lừa", in which field each typed word was found, and how.

import { unspaced } from "../folding.js";
import { BARE } from "./index.js";

const MOST = 3;

/**
 * @typedef {import("./typed.js").How} How
 * @typedef {{word: string, how: How, fields: number}} Match
 * @typedef {{field: string, how: How, words: string}} Why
 */

/**
 * Of a word that was found in several ways, the first counts; every piece counts.
 * @param {import("./typed.js").Typed[]} typed
 * @param {{reason: import("./wanted.js").Reason, mask: number}[]} found
 * @returns {Match[]}
 */
export function matches(typed, found) {
  /** @type {Map<string, Match>} */
  const kept = new Map();
  for (const { reason, mask } of found) {
    const key = `${reason.place} ${reason.piece}`;
    if (!mask || kept.has(key)) continue;
    const word = typed[reason.place];
    const asTyped = mask & BARE && word.readings[0].marked === null ? "exact" : "without-marks";
    kept.set(key, { word: reason.piece || word.written, how: reason.how ?? asTyped, fields: mask & ~BARE });
  }
  return [...kept.values()];
}

/**
 * As few fields as tell it all: the one that holds most words first, then what is left. A short field is told in full.
 * @param {Match[]} found
 * @param {import("./index.js").Field[]} fields
 * @param {number} short
 * @returns {Why[]}
 */
export function told(found, fields, short) {
  /** @type {Map<string, Why>} */
  const whys = new Map();
  for (let left = found; left.length; ) {
    const bit = fullest(left.map((match) => match.fields));
    const here = left.filter((match) => (match.fields >> bit) & 1);
    left = left.filter((match) => !((match.fields >> bit) & 1));
    const [field, text] = fields[bit];
    for (const how of new Set(here.map((match) => match.how))) {
      const words = text.length <= short ? text : grownTogether(here.filter((match) => match.how === how)).join(", ");
      if (!whys.has(`${field} ${words}`)) whys.set(`${field} ${words}`, { field, how, words });
    }
  }
  return [...whys.values()].slice(0, MOST);
}

/** @param {number[]} masks */
function fullest(masks) {
  const held = Array.from({ length: 16 }, (_, bit) => masks.filter((mask) => (mask >> bit) & 1).length);
  return held.indexOf(Math.max(...held));
}

/** @param {Match[]} found Pieces that overlap grow together again. */
function grownTogether(found) {
  /** @type {string[]} */
  const grown = [];
  for (const word of new Set(found.map((match) => match.word))) {
    const last = grown[grown.length - 1];
    if (last && unspaced(word) && word.length > 1 && last.endsWith(word.slice(0, -1))) grown[grown.length - 1] += word.slice(-1);
    else grown.push(word);
  }
  return grown;
}
