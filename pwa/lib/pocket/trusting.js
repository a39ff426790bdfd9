// Is what was found an answer? It must be sure enough, and have what the question hangs on.

import { names } from "./asking.js";
import { saidFor } from "./composing.js";
import { folded } from "./folding.js";
import { base } from "./languages.js";
import { pattern } from "./patterns.js";

/**
 * @typedef {import("./answer.js").Quoted} Candidate
 * @typedef {import("./answer.js").Asked} Asked
 * @typedef {{corroborated: number, standing_here: number, speaks: number, walks: string}} Rules
 * @typedef {{asking: import("./asking.js").Asking, hinges: import("./hinges.js").Hinges, trusting: Rules,
 *   composing: import("./composing.js").Rules}} Known
 */

/**
 * The sentences that may answer, the best first; none where it is better to be silent.
 * @param {Asked} asked
 * @param {string} language
 * @param {string} lookedInto The language of the texts that were looked into first: of others one must be surer.
 * @param {{confidence: number, threshold: number}} found
 * @param {Candidate[]} ranked
 * @param {Known} known
 * @returns {Candidate[]}
 */
export function trusted(asked, language, lookedInto, found, ranked, known) {
  const rules = known.trusting;
  if (!ranked.length || found.confidence < found.threshold - less(asked, lookedInto, ranked, rules)) return [];
  const hinges = known.hinges.of(asked.question, base(language));
  const here = ofHere(asked, language, ranked, known.asking);
  const all = here.length ? here : ranked;
  const near = all.filter((one) => comesNear(one, all[0], known) && isNoWalk(one, asked, rules));
  const telling = near.filter((one) => known.hinges.toldOf(hinges, wordsOf(one), base(one.passage.language)));
  if (!telling.length || telling[0].score < all[0].score - rules.speaks) return [];
  return telling.flatMap((one) => saidFor(one, known.composing));
}

/**
 * "When was it built?" is asked of what one stands in front of, and of nothing else.
 * @param {Asked} asked
 * @param {string} language
 * @param {Candidate[]} ranked
 * @param {import("./asking.js").Asking} asking
 */
function ofHere(asked, language, ranked, asking) {
  const question = asking.read(asked.question, language);
  if (!asked.here || !(question.pointing || names(question).length <= 1)) return [];
  return ranked.filter((one) => one.passage.stop === asked.here);
}

/**
 * @param {Asked} asked
 * @param {string} lookedInto
 * @param {Candidate[]} ranked
 * @param {Rules} rules
 */
function less(asked, lookedInto, ranked, rules) {
  if (lookedInto !== ranked[0].passage.language) return 0;
  const here = asked.here !== null && ranked[0].passage.stop === asked.here;
  return (corroborated(ranked, rules) ? rules.corroborated : 0) + (here ? rules.standing_here : 0);
}

/**
 * @param {Candidate} one
 * @param {Candidate} best
 * @param {Known} known
 */
function comesNear(one, best, { composing, trusting }) {
  const ofItsStop = Boolean(best.passage.stop) && one.passage.stop === best.passage.stop;
  return one.score >= best.score - (ofItsStop ? composing.near_best : trusting.speaks);
}

/**
 * @param {Candidate} one
 * @param {Asked} asked
 * @param {Rules} rules
 */
function isNoWalk(one, asked, rules) {
  return one.passage.kind !== "tour" || pattern(rules.walks).test(folded(asked.question));
}

/**
 * @param {Candidate[]} ranked
 * @param {Rules} rules
 */
function corroborated(ranked, rules) {
  const near = ranked.filter((one) => one.score >= ranked[0].score - rules.speaks && one.passage.stop === ranked[0].passage.stop);
  return new Set(near.map((one) => one.passage.key)).size > 1;
}

/** @param {Candidate} one The sentence, and the questions or the heading under which the museum itself put it. */
function wordsOf({ text, passage }) {
  return [text, ...(passage.kind === "stop" ? [] : (passage.names ?? []))];
}
