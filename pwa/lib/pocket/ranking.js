// Which sentence answers: the rows of the few best passages, looked at closely and weighed by what was learnt.

import { fit } from "./signs.js";
import { worthOfWords } from "./seeking.js";

/**
 * @typedef {import("./holding.js").Held} Held
 * @typedef {import("./seeking.js").Weighed} Weighed
 * @typedef {import("./signs.js").Signs} Signs
 * @typedef {{passage: number, number: number, features: Record<string, number>}} Look
 */

/**
 * All sentences that may be quoted, with what speaks for each.
 * @param {Held[]} held Of the best passages, a passage after another.
 * @param {Weighed} weighed
 * @param {Signs[]} told
 * @param {Signs} asked
 * @param {number} meanLength
 * @param {number} carried
 * @returns {Look[]}
 */
export function looks(held, weighed, told, asked, meanLength, carried) {
  const worth = worthOfWords(weighed.sought);
  const top = weighed.scores[weighed.best[0]];
  const shelves = grouped(held);
  return held.flatMap((one, place) => {
    const mine = /** @type {Held[]} */ (shelves.get(one.row.passage));
    if (one.row.number <= 0 && mine.length > 1) return [];
    const kind = fit(weighed.question.kind, asked, told[place]);
    const features = {
      passage: weighed.scores[one.row.passage] - top,
      weighed: one.weighed,
      share: one.share,
      words: total(one.words, worth),
      beside: Math.max(0, ...[held[place - 1], held[place + 1]].filter((other) => other?.row.passage === one.row.passage).map((other) => other.share)),
      kind,
      kind_and_words: kind * one.share,
      first: Number(one.row.number === 1),
      short: -Math.log(one.row.length / meanLength),
      ...own(one, mine.filter((other) => other.row.number > 0), weighed, worth),
      ...inCourse(mine, mine.indexOf(one), weighed, carried),
    };
    return [{ passage: one.row.passage, number: one.row.number, features }];
  });
}

/**
 * @param {Look[]} seen
 * @param {Record<string, number>} weights
 * @returns {{passage: number, number: number, score: number}[]} The best first.
 */
export function ranked(seen, weights) {
  const scored = seen.map(({ passage, number, features }) => {
    const score = Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (features[name] ?? 0), 0);
    return { passage, number, score };
  });
  return scored.sort((one, other) => other.score - one.score);
}

/**
 * What a sentence holds counts the less, the more of its passage's other sentences hold it too.
 * @param {Held} one
 * @param {Held[]} spoken
 * @param {Weighed} weighed
 * @param {Map<number, number>} worth
 */
function own(one, spoken, { sought }, worth) {
  const many = Math.max(spoken.length, 1);
  const part = (/** @type {number} */ alike) => 1 - (alike - 1) / many;
  const sets = spoken.map((other) => new Set(other.terms));
  let [terms, words] = [0, 0];
  for (const term of one.terms) terms += /** @type {number} */ (sought.gains.get(term)) * part(sets.filter((there) => there.has(term)).length);
  for (const place of one.words) words += (worth.get(place) ?? 0) * part(spoken.filter((other) => other.words.has(place)).length);
  return { own: terms / sought.mass, own_words: words };
}

/**
 * What a sentence has when it is read after the others: what they have said before it, and what it is first to say.
 * @param {Held[]} mine The rows of its passage.
 * @param {number} place
 * @param {Weighed} weighed
 * @param {number} carried What a sentence before has said, the next may mean by "it": so much does that count for its own.
 */
function inCourse(mine, place, { sought }, carried) {
  const worth = (/** @type {Iterable<number>} */ terms) => [...terms].reduce((sum, term) => sum + Number(sought.gains.get(term)), 0) / sought.mass;
  const here = new Set(mine[place].terms);
  const before = place ? mine[place - 1].terms : [];
  const earlier = new Set(mine.slice(0, place).flatMap((one) => one.terms));
  return {
    carried: worth(here) + carried * worth(before.filter((term) => !here.has(term))),
    carried_far: worth(here) + carried * worth([...earlier].filter((term) => !here.has(term))),
    fresh: worth([...here].filter((term) => !earlier.has(term))),
    late: place / Math.max(mine.length - 1, 1),
  };
}

/**
 * @param {Iterable<number>} places
 * @param {Map<number, number>} worth
 */
function total(places, worth) {
  let sum = 0;
  for (const place of places) sum += worth.get(place) ?? 0;
  return sum;
}

/** @param {Held[]} held */
function grouped(held) {
  /** @type {Map<number, Held[]>} */
  const shelves = new Map();
  for (const one of held) shelves.set(one.row.passage, [...(shelves.get(one.row.passage) ?? []), one]);
  return shelves;
}
