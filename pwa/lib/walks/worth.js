// What a stop is worth to this visitor, in points, and why. The same points as guide/tours/worth.py.

export const THERE = 10;
const POINTS = { must: 10_000, curated: 6, theme: 12, children: 15, "like-theme": 8, "like-kind": 6, "like-period": 6, "like-name": 6 };
const NOT_FOR_CHILDREN = -8;
const MOST_TIMES = 2;

/**
 * @typedef {import("./composing.js").Place} Place
 * @typedef {import("./composing.js").Wish} Wish
 */

/** @param {Place | undefined} loved @param {Place} place @param {Wish} wish */
export function worth(loved, place, wish) {
  const times = {
    must: Number(wish.must.includes(place.number)),
    curated: place.curated ?? 0,
    theme: shared(place.themes, wish.themes),
    children: Number(wish.children && place.for_children === true),
    ...(loved && likeness(loved, place)),
  };
  const why = /** @type {Record<string, number>} */ ({});
  for (const [reason, many] of Object.entries(times)) {
    if (many) why[reason] = POINTS[/** @type {keyof typeof POINTS} */ (reason)] * Math.min(MOST_TIMES, many);
  }
  const against = wish.children && place.for_children === false ? NOT_FOR_CHILDREN : 0;
  return { points: Object.values(why).reduce((sum, one) => sum + one, THERE + against), why };
}

/** @param {Place} loved @param {Place} place */
function likeness(loved, place) {
  return {
    "like-theme": shared(place.themes, loved.themes),
    "like-kind": Number(Boolean(place.kind) && place.kind === loved.kind),
    "like-period": Number(Boolean(place.period) && place.period === loved.period),
    "like-name": shared(place.names, loved.names),
  };
}

/** @param {string[]} [one] @param {string[]} [other] */
function shared(one = [], other = []) {
  return [...new Set(one)].filter((name) => other.includes(name)).length;
}
