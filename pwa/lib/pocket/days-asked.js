// Which day a question is about: today, tomorrow, on Monday, on 2 September.

import { ahead, weekday } from "./calendar.js";
import { folded } from "./folding.js";
import { base } from "./languages.js";
import { pattern } from "./patterns.js";

const SLASHED = /(?:^|\D)(\d{1,2})[/-](\d{1,2})(?![/\d])/;
const YEARS_AHEAD = 5;

/**
 * @typedef {{ahead: Record<string, string[]>[], weekdays: Record<string, string[]>, months: string[],
 *   numbered: Record<string, string>, month_first: string}} Told
 */

/**
 * Nothing where no day is named; a day of the week is the next one to come, today included.
 * @param {string} question
 * @param {string} language
 * @param {string} today
 * @param {Told} told
 * @returns {string | null}
 */
export function dayAsked(question, language, today, told) {
  const tongue = base(language) in told.weekdays ? base(language) : "en";
  const plain = folded(question);
  return named(plain, tongue, today, told) ?? dated(question, plain, tongue, today, told) ?? onWeekday(plain, tongue, today, told);
}

/**
 * @param {string} plain
 * @param {string} tongue
 * @param {string} today
 * @param {Told} told
 */
function named(plain, tongue, today, told) {
  const says = (/** @type {string} */ word) => pattern(`\\b${word}\\b`).test(plain);
  const days = [2, 1, 0].find((far) => told.ahead[far][tongue].some(says));
  return days === undefined ? null : ahead(today, days);
}

/**
 * @param {string} plain
 * @param {string} tongue
 * @param {string} today
 * @param {Told} told
 */
function onWeekday(plain, tongue, today, told) {
  const found = told.weekdays[tongue].findIndex((words) => pattern(`\\b(?:${words})\\b`).test(plain));
  return found < 0 ? null : ahead(today, (found - weekday(today) + 7) % 7);
}

/**
 * @param {string} question
 * @param {string} plain
 * @param {string} tongue
 * @param {string} today
 * @param {Told} told
 */
function dated(question, plain, tongue, today, told) {
  const slashed = SLASHED.exec(question);
  if (slashed) return next(Number(slashed[1]), Number(slashed[2]), today);
  const month = (/** @type {string} */ name) => (/^\d+$/.test(name) ? Number(name) : told.months.indexOf(name) + 1);
  const numbered = pattern(told.numbered[tongue]).exec(plain);
  if (numbered) return next(Number(numbered[1]), month(numbered[2]), today);
  const first = tongue === "en" ? pattern(told.month_first).exec(plain) : null;
  return first ? next(Number(first[2]), month(first[1]), today) : null;
}

/**
 * The next time this day of the year comes; nothing where there is no such day.
 * @param {number} day
 * @param {number} month
 * @param {string} today
 */
function next(day, month, today) {
  const year = Number(today.slice(0, 4));
  for (let ahead = 0; ahead < YEARS_AHEAD; ahead += 1) {
    const found = new Date(Date.UTC(year + ahead, month - 1, day));
    const real = found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
    const written = found.toISOString().slice(0, 10);
    if (real && written >= today) return written;
  }
  return null;
}
