// Practical matters: hours, prices and what is on site, from the museum's own facts and today's calendar.

import { closureOn, holds, isFree, isOpen, isWeekday, localTime, openings, today, weekday, weekdayName } from "./calendar.js";
import { dayAsked } from "./days-asked.js";

/**
 * @typedef {import("./calendar.js").Calendar} Calendar
 * @typedef {import("./rows.js").Passage} Passage
 * @typedef {import("./answer.js").Part} Part
 * @typedef {{topic: string, language: string}} Matter
 */

/**
 * Empty where the museum has not written of it: the desk is then named.
 * @param {Matter} matter
 * @param {{calendar: Calendar, days: import("./days-asked.js").Told, facilities: string[]}} known
 * @param {Passage[]} passages What is said of the museum itself.
 * @param {import("./answer.js").Asked} asked
 * @returns {Part[]}
 */
export function practical({ topic, language }, known, passages, asked) {
  const { day } = localTime(known.calendar, asked.now);
  const wanted = dayAsked(asked.question, language, day, known.days);
  return [...ofToday(topic, known.calendar, asked.now, wanted), ...written(topic, known, passages, day)];
}

/**
 * The museum's own sentence where there is one, else what its facts say.
 * @param {string} topic
 * @param {{calendar: Calendar, facilities: string[]}} known
 * @param {Passage[]} passages
 * @param {string} day
 * @returns {Part[]}
 */
function written(topic, { calendar, facilities }, passages, day) {
  const about = facilities.includes(topic) ? `facilities.${topic}` : topic;
  const fitting = passages.filter((passage) => passage.about === about);
  if (fitting.length) return quoted(fitting[fitting.length - 1]);
  if (topic === "hours") return hours(calendar);
  if (topic.startsWith("prices")) return prices(topic, calendar, passages, day);
  const { contact } = calendar;
  const told = topic === "contact" && contact ? ["phone", "email"].filter((name) => contact[name]) : [];
  return told.map((name) => ({ said: `assistant.contact.${name}`, facts: { [name]: contact?.[name] ?? "" } }));
}

/**
 * @param {string} topic
 * @param {Calendar} calendar
 * @param {Date} now
 * @param {string | null} wanted
 * @returns {Part[]}
 */
function ofToday(topic, calendar, now, wanted) {
  const { day } = localTime(calendar, now);
  if (topic === "free") return freeOn(calendar, wanted, day);
  if (topic !== "hours") return [];
  return wanted && wanted !== day ? onDay(calendar, wanted) : status(today(calendar, now));
}

/**
 * @param {import("./calendar.js").Today} found
 * @returns {Part[]}
 */
function status({ state, until = "", opens = "", again, free }) {
  /** @type {Part[]} */
  const parts = [];
  if (state === "open") parts.push({ said: "assistant.today.open", facts: { time: until } });
  else if (state === "opens-later") parts.push({ said: "assistant.today.later", facts: { time: opens } });
  else if (state !== "unknown") {
    parts.push({ said: `assistant.today.${state}` });
    if (again) parts.push({ said: "assistant.again", facts: { ...dated(again[0]), time: again[1] } });
  }
  if (free && (state === "open" || state === "opens-later")) parts.push({ said: "assistant.today.free" });
  return parts;
}

/**
 * @param {Calendar} calendar
 * @param {string} day
 * @returns {Part[]}
 */
function onDay(calendar, day) {
  if (!calendar.hours && !closureOn(calendar, day)) return [];
  const free = isFree(calendar, day) ? [{ said: "assistant.day.free", facts: dated(day) }] : [];
  if (!isOpen(calendar, day)) return [{ said: "assistant.day.closed", facts: dated(day) }, ...free];
  return [{ said: "assistant.day.open", facts: { ...dated(day), hours: spans(openings(calendar, day)) } }, ...free];
}

/**
 * @param {Calendar} calendar
 * @returns {Part[]}
 */
function hours(calendar) {
  return (calendar.hours ?? []).map(([days, opened]) => {
    const told = spans(opened.map((span) => [span.slice(0, 5), span.slice(6)]));
    const [first, last] = days.split("-", 2);
    if (days === "daily") return { said: "assistant.hours.daily", facts: { days, hours: told } };
    if (!isWeekday(first) || (last && !isWeekday(last)) || days.split("-").length > 2) return { said: "assistant.hours.days", facts: { days, hours: told } };
    if (last) return { said: "assistant.hours.span", facts: { first: `@days.${first}`, last: `@days.${last}`, hours: told } };
    return { said: "assistant.hours.one", facts: { day: `@days.${first}`, hours: told } };
  });
}

/**
 * @param {string} topic
 * @param {Calendar} calendar
 * @param {Passage[]} passages
 * @param {string} day
 * @returns {Part[]}
 */
function prices(topic, calendar, passages, day) {
  const category = topic.split(".")[1] ?? "";
  const there = calendar.prices.filter((price) => holds(price, day));
  const wanted = there.filter((price) => !category || price.category === category);
  return (wanted.length ? wanted : there).flatMap((price) => {
    const fitting = passages.find((passage) => passage.about === `prices.${price.category}`);
    if (fitting) return quoted(fitting);
    const told = { category: `@prices.${price.category}` };
    return [price.dong === 0 ? { said: "assistant.price.free", facts: told } : { said: "assistant.price.one", facts: { ...told, price: price.said } }];
  });
}

/**
 * @param {Calendar} calendar
 * @param {string | null} wanted
 * @param {string} day
 * @returns {Part[]}
 */
function freeOn(calendar, wanted, day) {
  const free = wanted && isFree(calendar, wanted) && isOpen(calendar, wanted);
  return [...(free ? [{ said: "assistant.day.free", facts: dated(wanted) }] : []), ...prices("prices", calendar, [], day)];
}

/**
 * @param {Passage} passage
 * @returns {Part[]}
 */
function quoted(passage) {
  return passage.sentences.map(([number, text]) => ({ passage, number, text, score: 1 }));
}

/** @param {string} day A name that begins with @ is a key of our own sentences. */
function dated(day) {
  return { weekday: `@days.${weekdayName(weekday(day))}`, day: String(Number(day.slice(8))), month: `@days.month.${Number(day.slice(5, 7))}` };
}

/** @param {string[][]} opened */
function spans(opened) {
  return opened.map(([opens, closes]) => `${opens}–${closes}`).join(", ");
}
