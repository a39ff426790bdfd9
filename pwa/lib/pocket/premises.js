// What a question takes for granted: a year, a name, a king. What the museum's texts do not have is not confirmed.

import { folded } from "./folding.js";
import { base } from "./languages.js";
import { pattern } from "./patterns.js";

/**
 * @typedef {import("./rows.js").Passage} Passage
 * @typedef {{number: string, ranks: Record<string, string>}} Told
 */

/**
 * Does the question say something that neither the quoted passages nor the rest of their stops do?
 * @param {string} question
 * @param {string} language
 * @param {Passage[]} quoted
 * @param {Passage[]} around
 * @param {Told} told
 */
export function takenForGranted(question, language, quoted, around, told) {
  if (!quoted.length) return false;
  const stops = new Set(quoted.flatMap((passage) => passage.stop ?? []));
  const passages = [...quoted, ...around.filter((one) => one.stop && stops.has(one.stop))];
  const text = passages.flatMap((one) => [one.title ?? "", ...one.sentences.map(([, said]) => said), ...(one.names ?? [])]).join(" ");
  const numbers = new Set(numbersIn(text, told));
  if (numbersIn(question, told).some((number) => !numbers.has(number))) return true;
  if (base(language) !== base(quoted[0].language)) return false;
  const plain = ` ${folded(text)} `;
  return saidOfSomebody(question, language, told).some((found) => !plain.includes(` ${folded(found)} `));
}

/**
 * @param {string} text
 * @param {Told} told
 */
function numbersIn(text, told) {
  const found = text.match(pattern(told.number, "gu")) ?? [];
  return found.map((number) => number.replace(/[.,]/g, "").replace(/^0+/, ""));
}

/**
 * @param {string} question
 * @param {string} language
 * @param {Told} told
 */
function saidOfSomebody(question, language, told) {
  const plain = folded(question);
  const composed = question.normalize("NFC").toLowerCase();
  const ranks = (told.ranks[base(language)] ?? "").split("|").filter(Boolean);
  const stands = (/** @type {string} */ rank) => pattern(`\\b${folded(rank)}\\b`).test(plain);
  const meant = (/** @type {string} */ rank) => composed.includes(rank) || folded(composed) === composed;
  return [...namesIn(question), ...ranks.filter((rank) => stands(rank) && meant(rank))];
}

/**
 * Words in a row with a capital letter, but the word that opens the question.
 * @param {string} question
 */
function namesIn(question) {
  /** @type {string[][]} */
  const runs = [[]];
  for (const word of question.split(/\s+/).filter(Boolean).slice(1)) {
    const shouted = word === word.toUpperCase() && word !== word.toLowerCase();
    if (/^\p{Lu}/u.test(word) && !shouted) runs[runs.length - 1].push(word);
    else runs.push([]);
  }
  return runs.filter((run) => run.length).map((run) => run.join(" "));
}
