// From what was found to what is said: few sentences, from as few passages as possible, in reading order.

import { folded } from "./folding.js";
import { base } from "./languages.js";
import { pattern } from "./patterns.js";
import { takenForGranted } from "./premises.js";

/**
 * @typedef {import("./answer.js").Quoted} Candidate
 * @typedef {import("./answer.js").Part} Part
 * @typedef {import("./rows.js").Passage} Passage
 * @typedef {{near_best: number, near_best_in_a_list: number, near_best_elsewhere: number, quarrel_near: number, enumerating: number,
 *   twin: number, whole: number, shown: number, lists: Record<string, string>}} Rules
 */

/**
 * @param {string} question
 * @param {string} language
 * @param {Candidate[]} ranked The best first.
 * @param {Passage[]} around All that is told of their stops.
 * @param {{composing: Rules, premises: import("./premises.js").Told}} known
 * @returns {Part[]}
 */
export function compose(question, language, ranked, around, { composing: rules, premises }) {
  const lists = rules.lists[base(language)];
  const listing = Boolean(lists) && pattern(lists).test(folded(question));
  const quarrel = quarrelIn(ranked, rules);
  const picked = chosen(listing ? enumeratingFirst(ranked, rules) : ranked, quarrel, listing, rules);
  const told = [...picked, ...(quarrel ? [quarrel] : [])].map((one) => one.passage);
  const caution = takenForGranted(question, language, told, around, premises) ? [{ said: "assistant.premise" }] : [];
  return [...caution, ...inReadingOrder(picked), ...(quarrel ? allSides(quarrel) : [])];
}

/**
 * A question of the narration's own answers nothing: what follows it does.
 * @param {Candidate} candidate
 * @param {Rules} rules
 * @returns {Candidate[]}
 */
export function saidFor(candidate, { shown }) {
  if (!/[?？]$/.test(candidate.text.replace(/[”’"') ]+$/, ""))) return [candidate];
  const after = candidate.passage.sentences.filter(([number]) => number > candidate.number);
  return after.slice(0, shown).map(([number, text]) => ({ ...candidate, number, text }));
}

/**
 * What sources disagree about, where it is asked for or comes very near to it in the same stop.
 * @param {Candidate[]} ranked
 * @param {Rules} rules
 */
function quarrelIn(ranked, { quarrel_near: near }) {
  const [best] = ranked;
  return ranked.find((one) => one.score >= best.score - near && one.passage.stop === best.passage.stop && one.passage.sources?.length);
}

/**
 * @param {Candidate} quarrel
 * @returns {Part[]}
 */
function allSides({ passage, score }) {
  const sides = passage.sentences.flatMap(([number, text], place) => {
    const letters = passage.sources?.[place];
    return [{ passage, number, text, score }, ...(letters ? [{ said: letters.includes(", ") ? "assistant.sources" : "assistant.source", facts: { letters } }] : [])];
  });
  return [{ said: "assistant.disputed" }, ...sides];
}

/**
 * The best and what comes near it, nothing twice; beside a quarrel only what is nearly as good.
 * @param {Candidate[]} ranked
 * @param {Candidate | undefined} quarrel
 * @param {boolean} listing
 * @param {Rules} rules
 */
function chosen(ranked, quarrel, listing, rules) {
  const [best] = ranked;
  /** @type {Candidate[]} */
  const told = quarrel ? quarrel.passage.sentences.map(([number, text]) => ({ ...quarrel, number, text })) : [];
  const least = leastScores(best.score, quarrel !== undefined, listing, rules);
  /** @type {Candidate[]} */
  const found = [];
  for (const one of ranked) {
    if (found.length === least.length || one.score < least[found.length]) break;
    const worth = one.passage.stop === best.passage.stop || one.score >= best.score - rules.near_best_elsewhere;
    const twin = told.some((other) => areTwins(one, other, rules));
    if (one.passage.sources?.length || !worth || twin) continue;
    told.push(one);
    found.push(asNarrated(one, ranked, rules));
  }
  return found;
}

/**
 * A passage tells nothing twice, however alike two of its sentences sound.
 * @param {Candidate} one
 * @param {Candidate} other
 * @param {Rules} rules
 */
function areTwins(one, other, { twin }) {
  if (one.passage === other.passage) return one.number === other.number;
  return Math.max(heldBy(one.text, other.text), heldBy(other.text, one.text)) >= twin;
}

/**
 * What the first must score, the second, and a third if there may be one.
 * @param {number} best
 * @param {boolean} quarrel
 * @param {boolean} listing
 * @param {Rules} rules
 */
function leastScores(best, quarrel, listing, rules) {
  if (quarrel) return [best - rules.quarrel_near];
  const shown = Array(rules.shown).fill(best - rules.near_best);
  return listing ? [...shown, best - rules.near_best_in_a_list] : shown;
}

/**
 * All sentences of the best passage are looked at again: the list itself often has no word of the question.
 * @param {Candidate[]} ranked
 * @param {Rules} rules
 */
function enumeratingFirst(ranked, rules) {
  const [{ passage, score }] = ranked;
  const least = score - rules.near_best_in_a_list;
  const kept = ranked.filter((one) => one.score >= least || one.passage !== passage);
  const known = new Set(kept.filter((one) => one.passage === passage).map((one) => one.number));
  const others = passage.sentences.filter(([number]) => !known.has(number));
  const again = [...kept, ...others.map(([number, text]) => ({ passage, number, text, score: least }))];
  const enumerates = (/** @type {string} */ text) => (text.match(/[,、，،;]/g) ?? []).length > 1;
  const all = again.map((one) => ({ ...one, score: one.score + (enumerates(one.text) ? rules.enumerating : 0) }));
  return all.sort((one, other) => other.score - one.score);
}

/**
 * A fact that a sentence of the narration tells whole is quoted from there: it can be heard.
 * @param {Candidate} one
 * @param {Candidate[]} ranked
 * @param {Rules} rules
 */
function asNarrated(one, ranked, { whole }) {
  if (one.passage.kind !== "fact") return one;
  const twin = ranked.find((other) => other.passage.kind === "stop" && other.passage.stop === one.passage.stop && heldBy(one.text, other.text) >= whole);
  return twin ? { ...twin, score: one.score } : one;
}

/**
 * How much of what one sentence tells the other tells too.
 * @param {string} one
 * @param {string} other
 */
function heldBy(one, other) {
  const [here, there] = [one, other].map((text) => new Set(folded(text).split(" ").filter(Boolean)));
  return [...here].filter((word) => there.has(word)).length / Math.max(1, here.size);
}

/**
 * What is narrated of a stop as it is narrated; stops, and what else there is, by their best.
 * @param {Candidate[]} picked
 */
function inReadingOrder(picked) {
  /** @type {Map<string, number>} */
  const best = new Map();
  for (const one of picked) best.set(shelf(one), Math.max(best.get(shelf(one)) ?? 0, one.score));
  const worth = (/** @type {Candidate} */ one) => best.get(shelf(one)) ?? 0;
  const byShelf = (/** @type {Candidate} */ one, /** @type {Candidate} */ other) => (shelf(one) === shelf(other) ? 0 : shelf(one) < shelf(other) ? -1 : 1);
  return [...picked].sort((one, other) => worth(other) - worth(one) || byShelf(one, other) || one.number - other.number);
}

/** @param {Candidate} one What is read together. */
function shelf({ passage }) {
  return passage.kind === "stop" ? `stop ${passage.stop}` : passage.key;
}
