// A walk composed on the phone, where there is no network to ask the museum: the same rules as guide/tours/walks.py.

import { holds, outing } from "./hours.js";
import { nearly } from "./long-walks.js";
import { exactly, FAR, MOST_EXACT } from "./orienteering.js";
import { worth } from "./worth.js";

const LOOKING = 60;
const LOOKING_WITH_CHILDREN = 120;
const UNKNOWN = -1;
const HOW = ["told", "measured", "floors", "assumed"];

/**
 * @typedef {{number: number, slug: string, title: string, language: string, seconds: number, estimated?: boolean,
 *   curated?: number, step_free?: boolean, for_children?: boolean, themes?: string[], kind?: string, period?: string,
 *   names?: string[], closed?: string[], picture?: string}} Place
 * @typedef {{hours: import("./hours.js").Hours, themes: Record<string, string>, places: Place[], seconds: number[],
 *   level: number[], steps: number[], how: number[]}} Ground
 * @typedef {{minutes: number, noSteps: boolean, children: boolean, themes: string[], loved: number | null,
 *   start: number | null, seen: number[], must: number[]}} Wish
 * @typedef {{seconds: number, steps: number | null, how: string}} Leg
 * @typedef {{place: Place, leg: Leg, looking: number, worth: {points: number, why: Record<string, number>}}} Call
 * @typedef {{place: Place, why: string}} LeftOut
 * @typedef {{calls: Call[], leftOut: LeftOut[], given: number, weighed: number, exact: boolean, seconds: number,
 *   outing: import("./hours.js").Outing}} Walk
 */

/** @param {Ground} ground @param {Wish} wish @param {Date} now @returns {Walk} */
export function compose(ground, wish, now) {
  const told = outing(ground.hours, now);
  const tables = read(ground);
  const given = Math.min(wish.minutes * 60, told.seconds ?? wish.minutes * 60);
  const start = ground.places.findIndex(({ number }) => number === wish.start);
  const why = ground.places.map((place) => barred(place, wish, told.day));
  const weighed = [...ground.places.keys()].filter((at) => !why[at]);
  const asked = question(ground, tables, wish, weighed, start, given);
  const found = weighed.length <= MOST_EXACT ? exactly(asked) : nearly(asked);
  const chosen = fromTheEntrance(found.order.map((at) => weighed[at]), start);
  const calls = callsOf(ground, tables, wish, chosen, start);
  const leftOut = ground.places
    .map((place, at) => ({ place, why: why[at] ?? unchosen(tables, wish, at, start < 0 ? chosen : [...chosen, start]), on: chosen.includes(at) }))
    .filter(({ on }) => !on)
    .map(({ place, why: reason }) => ({ place, why: reason }));
  return { calls, leftOut, given, weighed: weighed.length, exact: found.exact, seconds: lengthOf(calls), outing: told };
}

/** Whoever has not begun may begin at either end: at the lower number, which museums give to what comes first. @param {number[]} chosen @param {number} start */
function fromTheEntrance(chosen, start) {
  return start >= 0 || chosen[0] <= chosen[chosen.length - 1] ? chosen : [...chosen].reverse();
}

/** A walk that was composed before, as it stands in an address. @param {Ground} ground @param {Wish} wish @param {number[]} numbers @param {Date} now @returns {Walk} */
export function along(ground, wish, numbers, now) {
  const tables = read(ground);
  const there = [...new Set(numbers)].map((number) => ground.places.findIndex((place) => place.number === number));
  const chosen = there.filter((at) => at >= 0);
  const start = ground.places.findIndex(({ number }) => number === wish.start);
  const calls = callsOf(ground, tables, wish, chosen, start);
  const told = outing(ground.hours, now);
  return { calls, leftOut: [], given: wish.minutes * 60, weighed: chosen.length, exact: false, seconds: lengthOf(calls), outing: told };
}

/** @param {Call[]} calls */
function lengthOf(calls) {
  return calls.reduce((sum, { place, leg, looking }) => sum + leg.seconds + place.seconds + looking, 0);
}

/** @typedef {{seconds: number[][], level: number[][], steps: number[][], how: number[][]}} Tables */

/** Tables are told above their diagonal. @param {Ground} ground @returns {Tables} */
function read({ places, seconds, level, steps, how }) {
  const whole = (/** @type {number[]} */ told) => {
    const table = places.map(() => new Array(places.length).fill(0));
    let at = 0;
    for (let row = 0; row < places.length; row++) {
      for (let column = row + 1; column < places.length; column++) table[row][column] = table[column][row] = told[at++];
    }
    return table;
  };
  return { seconds: whole(seconds), level: whole(level), steps: whole(steps), how: whole(how) };
}

/** @param {Place} place @param {Wish} wish @param {string} day */
function barred(place, wish, day) {
  if (place.number === wish.start) return "here";
  if (wish.seen.includes(place.number) || place.number === wish.loved) return "seen";
  if (place.closed && holds(place.closed, day)) return "closed";
  return wish.noSteps && place.step_free === false ? "steps" : null;
}

/** @param {Tables} tables @param {Wish} wish @param {number} one @param {number} other */
function noWay(tables, wish, one, other) {
  if (tables.seconds[one][other] >= FAR) return "apart";
  return waysOf(tables, wish)[one][other] >= FAR ? "steps" : null;
}

/** There was no way to it from anywhere on the walk, or else no time for it. @param {Tables} tables @param {Wish} wish @param {number} at @param {number[]} there */
function unchosen(tables, wish, at, there) {
  const ways = there.map((one) => noWay(tables, wish, one, at));
  if (!ways.length || ways.includes(null)) return "time";
  return ways.includes("steps") ? "steps" : "apart";
}

/** @param {Tables} tables @param {Wish} wish */
function waysOf(tables, wish) {
  return wish.noSteps ? tables.level : tables.seconds;
}

/** @param {Ground} ground @param {Tables} tables @param {Wish} wish @param {number[]} weighed @param {number} start @param {number} seconds */
function question({ places }, tables, wish, weighed, start, seconds) {
  const ways = waysOf(tables, wish);
  const loved = places.find(({ number }) => number === wish.loved);
  return {
    worth: weighed.map((at) => worth(loved, places[at], wish).points),
    staying: weighed.map((at) => places[at].seconds + looking(wish)),
    entering: weighed.map((at) => (start < 0 ? 0 : ways[start][at])),
    ways: weighed.map((one) => weighed.map((other) => ways[one][other])),
    seconds,
  };
}

/** @param {Wish} wish */
function looking({ children }) {
  return children ? LOOKING_WITH_CHILDREN : LOOKING;
}

/** @param {Ground} ground @param {Tables} tables @param {Wish} wish @param {number[]} chosen @param {number} start @returns {Call[]} */
function callsOf({ places }, tables, wish, chosen, start) {
  const loved = places.find(({ number }) => number === wish.loved);
  return chosen.map((at, turn) => ({
    place: places[at],
    leg: leg(tables, wish, turn ? chosen[turn - 1] : start, at),
    looking: looking(wish),
    worth: worth(loved, places[at], wish),
  }));
}

/** Round the steps that are told of where the visitor wants none; whether others are there is not known then. @param {Tables} tables @param {Wish} wish @param {number} one @param {number} at @returns {Leg} */
function leg(tables, wish, one, at) {
  if (one < 0 || one === at) return { seconds: 0, steps: 0, how: "" };
  const seconds = waysOf(tables, wish)[one][at];
  const steps = wish.noSteps && tables.steps[one][at] > 0 ? UNKNOWN : tables.steps[one][at];
  if (seconds >= FAR) return { seconds: 0, steps: null, how: "apart" };
  return { seconds, steps: steps === UNKNOWN ? null : steps, how: HOW[tables.how[one][at]] };
}
