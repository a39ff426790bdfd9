// What an answer looks like: a year for "when", a number for "how many", a name that was not asked for "who".

import { formOf } from "./asking.js";
import { folded, unspaced, words as wordsOf } from "./folding.js";

const NAME = /\p{L}[\p{L}\p{N}_'’.-]*/gu;
const DIGITS = /\p{Nd}[\p{Nd}.,]*/gu;
const YEAR = /(?:^|\P{Nd})\p{Nd}{3,4}(?!\p{Nd})|\p{Nd}+[./-]\p{Nd}+[./-]\p{Nd}+|\p{Nd}+\/\p{Nd}+/u;
const UPPER = /^\p{Lu}/u;

/**
 * @typedef {{names: Set<string>, numbers: Set<string>, dated: boolean, kinds: Set<string>}} Signs
 */

/**
 * @param {string} sentence
 * @param {string} language
 * @param {Record<string, Record<string, string[]>>} listed
 * @returns {Signs}
 */
export function signs(sentence, language, listed) {
  const tongue = language.split("-")[0];
  const said = new Set(wordsOf(sentence).map((word) => formOf(word, tongue)));
  const running = [...wordsOf(sentence)].map((word) => formOf(word, tongue)).filter(unspaced).join("");
  const told = (/** @type {string} */ word) => said.has(word) || (running && running.includes(word));
  const kinds = Object.entries(listed[tongue] ?? {}).filter(([, words]) => words.some(told)).map(([kind]) => kind);
  const numbers = (sentence.match(DIGITS) ?? []).map((found) => found.replace(/[.,]+$/, ""));
  return { names: new Set(namesIn(sentence)), numbers: new Set(numbers), dated: YEAR.test(sentence), kinds: new Set(kinds) };
}

/**
 * How well a sentence suits what kind of answer is wanted, 0 to 1; what the question itself says is no answer.
 * @param {string | null} kind
 * @param {Signs} asked
 * @param {Signs} told
 */
export function fit(kind, asked, told) {
  const newNumbers = [...told.numbers].some((number) => !asked.numbers.has(number));
  const newNames = [...told.names].some((name) => !asked.names.has(name));
  if (kind === "when") return told.dated && newNumbers ? 1 : newNumbers || told.kinds.has("when") ? 0.5 : 0;
  if (kind === "number") return newNumbers ? 1 : told.kinds.has("number") ? 0.6 : 0;
  if (kind === "who") return Number(newNames);
  if (kind === "where") return 0.6 * Number(newNames) + 0.4 * Number(told.kinds.has("where"));
  if (kind === "why" || kind === "how") return Number(told.kinds.has(kind));
  return 0.5;
}

/**
 * Words with a capital letter; the first of a sentence may have one for no reason and counts only when more of a name follows.
 * @param {string} sentence
 */
function namesIn(sentence) {
  const all = sentence.match(NAME) ?? [];
  const found = all.filter((word) => UPPER.test(word));
  const lonely = found.length && found[0] === all[0] && !/\p{Lu}/u.test([...found[0]].slice(1).join(""));
  const kept = lonely && !(all[1] && UPPER.test(all[1])) ? found.slice(1) : found;
  return kept.map(folded);
}
