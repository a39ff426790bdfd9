// When a walk can begin, and how long the museum stays open from then: the same as guide/tours/wishing.py tells.

const LOOK_AHEAD_DAYS = 60;
const DAY = 86_400_000;

/**
 * @typedef {{zone: string, week: string[][][] | null, closures: string[][]}} Hours
 * @typedef {{day: string, when: string, begins?: string, closes?: string, seconds: number | null}} Outing
 */

/** @param {Hours} hours @param {Date} now @returns {Outing} */
export function outing(hours, now) {
  const { day, seconds } = local(hours.zone, now);
  if (isShut(hours.closures, day)) return next(hours, day);
  if (!hours.week) return { day, when: "unknown", seconds: null };
  const spans = spansOf(hours, day);
  const open = spans.find(([begins, closes]) => of(begins) <= seconds && seconds < of(closes));
  if (open) return { day, when: "now", begins: clock(seconds), closes: open[1], seconds: of(open[1]) - seconds };
  const later = spans.find(([begins]) => seconds < of(begins));
  return later ? whole(day, "later", later) : next(hours, day);
}

/** Whether something that holds from one day to another holds on this one. @param {string[]} span @param {string} day */
export function holds([since, until], day) {
  return (!since || since <= day) && (!until || day <= until);
}

/** @param {Hours} hours @param {string} after @returns {Outing} */
function next(hours, after) {
  for (let ahead = 1; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const day = new Date(Date.parse(after) + ahead * DAY).toISOString().slice(0, 10);
    const [first] = spansOf(hours, day);
    if (first && !isShut(hours.closures, day)) return whole(day, "another-day", first);
  }
  return { day: after, when: "never", seconds: null };
}

/** @param {string} day @param {string} when @param {string[]} span */
function whole(day, when, [begins, closes]) {
  return { day, when, begins, closes, seconds: of(closes) - of(begins) };
}

/** @param {string[][]} closures @param {string} day */
function isShut(closures, day) {
  return closures.some((span) => holds(span, day));
}

/** @param {Hours} hours @param {string} day */
function spansOf({ week }, day) {
  return week?.[(new Date(day).getUTCDay() + 6) % 7] ?? [];
}

/** The day and the second of it at the museum. @param {string} zone @param {Date} now */
function local(zone, now) {
  const told = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(now);
  const [day, time] = told.split(" ");
  return { day, seconds: of(time) };
}

/** @param {string} time */
function of(time) {
  const [hours, minutes, seconds = 0] = time.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** @param {number} seconds */
export function clock(seconds) {
  const two = (/** @type {number} */ part) => String(Math.floor(part)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
