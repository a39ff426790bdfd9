// What an address asks of a walk, and how an address says a walk: the same as guide/visit/walking reads and writes.

const SHORTEST = 5;
const LONGEST = 480;
const USUAL = 45;
const MOST_STOPS = 40;

/**
 * @typedef {import("./composing.js").Ground} Ground
 * @typedef {import("./composing.js").Wish} Wish
 */

/** @param {URLSearchParams} query @param {Ground} ground */
export function wishOf(query, { places }) {
  const numberOf = (/** @type {string | null} */ slug) => places.find((place) => place.slug === slug)?.number ?? null;
  const themes = new Set(places.flatMap((place) => place.themes ?? []));
  return {
    minutes: minutesIn(query) ?? USUAL,
    noSteps: query.get("steps") === "none",
    children: query.get("children") === "yes",
    themes: [...new Set(query.getAll("theme"))].filter((theme) => themes.has(theme)),
    loved: numberOf(query.get("loved")),
    start: numberOf(query.get("from")),
    seen: numbersIn(query.get("seen")),
    must: numbersIn(query.get("must")),
  };
}

/** @param {URLSearchParams} query */
export function minutesIn(query) {
  const typed = query.get("minutes") ?? "";
  return /^\d{1,5}$/.test(typed) ? Math.min(LONGEST, Math.max(SHORTEST, Number(typed))) : null;
}

/** @param {string | null} written */
export function numbersIn(written) {
  const told = (written ?? "").slice(0, 400).split(".").filter((part) => /^\d{1,6}$/.test(part));
  return [...new Set(told.map(Number))].slice(0, MOST_STOPS);
}

/** What a stop's address says of a composed walk. @param {number[]} numbers @param {Wish} wish @param {number[]} seen */
export function walkAsked(numbers, wish, seen) {
  const asked = new URLSearchParams({ walk: numbers.join(".") });
  if (wish.noSteps) asked.append("steps", "none");
  if (wish.children) asked.append("children", "yes");
  for (const theme of wish.themes) asked.append("theme", theme);
  if (seen.length) asked.append("seen", seen.join("."));
  return asked.toString();
}
