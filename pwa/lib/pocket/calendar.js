// The museum's calendar on the phone: whether it is open now, until when, and if not, when again.
// A day is written 2026-11-24 and an hour 07:30, so that both compare as they stand.

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LOOK_AHEAD_DAYS = 60;
const A_DAY = 86_400_000;
const TOLD = /** @type {const} */ ({ hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * @typedef {[string, string]} Opening
 * @typedef {{from?: string, to?: string}} Dated
 * @typedef {{time_zone: string, hours: [string, string[]][] | null, contact: Record<string, string> | null, closures: Dated[],
 *   free_days: {day: string}[], prices: (Dated & {category: string, dong: number, said: string})[]}} Calendar
 * @typedef {{state: string, until?: string, opens?: string, again?: [string, string] | null, free: boolean}} Today
 */

/**
 * Day and hour where the museum stands.
 * @param {Calendar} calendar
 * @param {Date} now
 * @returns {{day: string, moment: string}}
 */
export function localTime({ time_zone: zone }, now) {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat("en-GB", { ...TOLD, timeZone: zone });
  clocks.set(zone, clock);
  const told = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: `${told.year}-${told.month}-${told.day}`, moment: `${told.hour}:${told.minute}` };
}

/**
 * @param {Calendar} calendar
 * @param {Date} now
 * @returns {Today}
 */
export function today(calendar, now) {
  const { day, moment } = localTime(calendar, now);
  const spans = openings(calendar, day);
  const free = isFree(calendar, day);
  if (closureOn(calendar, day)) return { state: "closure", again: nextOpening(calendar, day), free };
  if (!calendar.hours) return { state: "unknown", free };
  const current = spans.find(([opens, closes]) => opens <= moment && moment < closes);
  if (current) return { state: "open", until: current[1], free };
  const later = spans.find(([opens]) => moment < opens);
  if (later) return { state: "opens-later", opens: later[0], free };
  return { state: spans.length ? "over" : "closed-day", again: nextOpening(calendar, day), free };
}

/**
 * The spans of a day by the weekly hours; the most particular rule for the day wins.
 * @param {Calendar} calendar
 * @param {string} day
 * @returns {Opening[]}
 */
export function openings({ hours }, day) {
  const fitting = (hours ?? []).filter(([rule]) => daysOf(rule).has(weekday(day)));
  if (!fitting.length) return [];
  return together(fitting.reduce((best, one) => (daysOf(one[0]).size < daysOf(best[0]).size ? one : best))[1]);
}

/**
 * @param {Calendar} calendar
 * @param {string} day
 */
export function isOpen(calendar, day) {
  return !closureOn(calendar, day) && openings(calendar, day).length > 0;
}

/**
 * @param {Calendar} calendar
 * @param {string} day
 */
export function closureOn({ closures }, day) {
  return closures.some((closure) => holds(closure, day));
}

/**
 * @param {Calendar} calendar
 * @param {string} day
 */
export function isFree({ free_days: days }, day) {
  return days.some((free) => free.day === day.slice(5));
}

/**
 * @param {Dated} dated
 * @param {string} day
 */
export function holds({ from, to }, day) {
  return (!from || from <= day) && (!to || day <= to);
}

/**
 * @param {string} day
 * @param {number} days
 */
export function ahead(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * A_DAY).toISOString().slice(0, 10);
}

/** @param {string} day Monday is 0. */
export function weekday(day) {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** @param {number} place */
export function weekdayName(place) {
  return WEEK[place];
}

/** @param {string} name */
export function isWeekday(name) {
  return WEEK.includes(name);
}

/**
 * @param {Calendar} calendar
 * @param {string} after
 * @returns {[string, string] | null}
 */
function nextOpening(calendar, after) {
  for (let days = 1; days <= LOOK_AHEAD_DAYS; days += 1) {
    const day = ahead(after, days);
    if (isOpen(calendar, day)) return [day, openings(calendar, day)[0][0]];
  }
  return null;
}

/**
 * In the order of the day; spans that touch are one.
 * @param {string[]} spans
 * @returns {Opening[]}
 */
function together(spans) {
  /** @type {Opening[]} */
  const found = [];
  for (const span of [...spans].sort()) {
    const [opens, closes] = [span.slice(0, 5), span.slice(6)];
    const last = found[found.length - 1];
    if (last && opens <= last[1]) last[1] = closes > last[1] ? closes : last[1];
    else found.push([opens, closes]);
  }
  return found;
}

/** @param {string} rule The weekdays of `tue-sun`, `mon,wed` or `daily`; `sat-mon` goes round the week's end. */
function daysOf(rule) {
  if (rule === "daily") return new Set(WEEK.keys());
  return new Set(rule.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map((name) => WEEK.indexOf(name));
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
  }));
}
