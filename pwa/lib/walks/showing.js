// A composed walk as the page shows it, drawn on the phone where the museum could not be asked.

import { walkAsked } from "./asking.js";
import { clock } from "./hours.js";
import { THERE } from "./worth.js";

const MOST_LEFT = 20;
const LEAST_TO_SPARE = 5;
const ORDER = ["time", "steps", "closed", "apart", "seen", "here"];
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * @typedef {import("./composing.js").Walk} Walk
 * @typedef {import("./composing.js").Call} Call
 * @typedef {import("./composing.js").Wish} Wish
 * @typedef {import("./composing.js").Place} Place
 * @typedef {{museum: string, language: string, words: Record<string, string>, themes: Record<string, string>, wish: Wish, again: boolean, seen: number[]}} Shown
 */

/** @param {Walk} walk @param {Shown} shown @returns {HTMLElement[]} */
export function answer(walk, shown) {
  const say = speaker(shown.words);
  const asked = walkAsked(walk.calls.map(({ place }) => place.number), shown.wish, shown.seen);
  const address = (/** @type {Place} */ { slug }) => `/${shown.museum}/stops/${slug}?lang=${shown.language}&${asked}`;
  if (!walk.calls.length) return [nothing(walk, say), ...leftOut(walk, shown, say)];
  return [head(walk, shown, say, address), path(walk, shown, say, address), ...leftOut(walk, shown, say), reckoned(walk, shown, say)];
}

/** @param {Record<string, string>} words */
function speaker(words) {
  const say = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ facts = {}) =>
    (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
  const many = (/** @type {string} */ key, /** @type {number} */ count) => say(`${key}.${count === 1 ? "one" : "other"}`, { count });
  return Object.assign(say, { many });
}

/** @typedef {ReturnType<typeof speaker>} Say */

/** @param {Walk} walk @param {Say} say */
function nothing(walk, say) {
  const minutes = Math.floor(walk.given / 60);
  return element("header", "head", element("h1", "", say("nothing.title", { minutes })), ...when(walk, say), element("p", "", say(walk.weighed ? "nothing.help" : "nothing.seen")));
}

/** @param {Walk} walk @param {Shown} shown @param {Say} say @param {(place: Place) => string} address */
function head(walk, shown, say, address) {
  const minutes = Math.ceil(walk.seconds / 60);
  const going = Math.ceil(walk.calls.reduce((sum, { leg }) => sum + leg.seconds, 0) / 60);
  const steps = walk.calls.reduce((sum, { leg }) => sum + (leg.steps ?? 0), 0);
  const unknown = walk.calls.filter(({ leg }) => leg.steps === null).length;
  const total = say("total", { stops: say.many("visit.stops", walk.calls.length), going }) + (steps ? ` · ${say.many("steps", steps)}` : "");
  const begin = link("button big", address(walk.calls[0].place), say("start"));
  return element(
    "header",
    "head",
    element("p", "number", say("yours")),
    element("h1", "", say.many("found", minutes)),
    element("p", "facets", total),
    ...when(walk, say, shown),
    ...toSpare(walk, shown, say),
    ...(shown.wish.noSteps && unknown ? [element("p", "note", say.many("unknown-ways", unknown))] : []),
    ...(shown.wish.noSteps && shown.wish.start === null ? [element("p", "note", say("from-entrance"))] : []),
    element("div", "begin", begin, ...ends(walk, say)),
  );
}

/** Where the walk is shorter than the time there is because it already has every stop. @param {Walk} walk @param {Shown} shown @param {Say} say */
function toSpare({ given, seconds, leftOut }, { again }, say) {
  const minutes = Math.floor((given - seconds) / 60);
  if (again || minutes < LEAST_TO_SPARE || leftOut.some(({ why }) => why === "time")) return [];
  return [element("p", "note", say("to-spare", { minutes }))];
}

/** @param {Walk} walk @param {Say} say @param {Shown} [shown] */
function when({ outing, given }, say, shown) {
  const time = (outing.begins ?? "").slice(0, 5);
  if (outing.when === "now" && shown && !shown.again && given < shown.wish.minutes * 60) return [element("p", "note", say("when.cut", { time: outing.closes ?? "" }))];
  if (outing.when === "later") return [element("p", "note", say("when.later", { time }))];
  if (outing.when === "never") return [element("p", "note is-shut", say("when.never"))];
  if (outing.when !== "another-day") return [];
  const day = new Date(outing.day);
  const date = say("days.date", { day: day.getUTCDate(), month: say(`days.month.${day.getUTCMonth() + 1}`), year: day.getUTCFullYear() });
  return [element("p", "note", say("when.another-day", { weekday: say(`days.${WEEK[(day.getUTCDay() + 6) % 7]}`), date, time }))];
}

/** @param {Walk} walk @param {Say} say */
function ends({ outing, seconds }, say) {
  if (!outing.begins || !["now", "later"].includes(outing.when)) return [];
  const [hours, minutes, rest = 0] = outing.begins.split(":").map(Number);
  const time = clock((hours * 3600 + minutes * 60 + rest + seconds) % 86_400).slice(0, 5);
  return [element("small", "", say(outing.when === "now" ? "ends" : "ends-later", { time }))];
}

/** @param {Walk} walk @param {Shown} shown @param {Say} say @param {(place: Place) => string} address */
function path(walk, shown, say, address) {
  return element("ol", "path", ...walk.calls.map((call) => item(call, shown, say, address(call.place))));
}

/** @param {Call} call @param {Shown} shown @param {Say} say @param {string} url */
function item({ place, leg, looking, worth }, { wish, themes }, say, url) {
  const number = element("span", "number", element("span", "aside", `${say("visit.number")} `), String(place.number));
  const says = element("div", "says", number, element("h2", "", place.title));
  if (place.language) says.lang = place.language;
  const card = link("card", url, ...thumb(place), says);
  const reasons = [...new Set(Object.keys(worth.why).map((reason) => reason.split("-")[0]))].map((why) => {
    const named = why === "theme" ? wish.themes.filter((theme) => place.themes?.includes(theme)).map((theme) => themes[theme]).filter(Boolean) : [];
    return element("span", `reason is-${why}`, named.join(", ") || say(`why.${why}`));
  });
  const stay = element("span", "", say("staying", { minutes: minutesOf(place.seconds + looking) }));
  const going = leg.how ? [element("p", "going", goingOf(leg, wish, say))] : [];
  return element("li", "", ...going, element("div", "at", card), element("p", "reasons", stay, ...reasons));
}

/** Nothing where the phone has no picture of it. @param {Place} place */
function thumb({ picture }) {
  if (!picture) return [];
  const image = Object.assign(document.createElement("img"), { alt: "", width: 640, height: 400, src: picture });
  const around = element("div", "thumb", image);
  image.addEventListener("error", () => around.remove());
  return [around];
}

/** @param {import("./composing.js").Leg} leg @param {Wish} wish @param {Say} say */
function goingOf({ seconds, steps, how }, { noSteps }, say) {
  const way = how === "apart" ? say("apart") : say(how === "told" ? "going" : "roughly", { minutes: minutesOf(seconds) });
  if (steps) return `${way} · ${say.many("steps", steps)}`;
  if (steps === 0) return `${way} · ${say("level")}`;
  return noSteps ? `${way} · ${say("unknown-steps")}` : way;
}

/** @param {Walk} walk @param {Shown} shown @param {Say} say */
function leftOut(walk, { museum, language, wish }, say) {
  const reasons = ORDER.filter((why) => walk.leftOut.some((left) => left.why === why));
  if (!reasons.length) return [];
  const groups = reasons.flatMap((why) => {
    const there = walk.leftOut.filter((left) => left.why === why).map(({ place }) => place);
    const stops = there.slice(0, MOST_LEFT).map((place) => {
      const add = why === "time" && !wish.must.includes(place.number) ? [" ", adding(place, say)] : [];
      return element("li", "", link("", `/${museum}/stops/${place.slug}?lang=${language}`, `${place.number} · ${place.title}`), ...add);
    });
    if (there.length > MOST_LEFT) stops.push(element("li", "", say("others", { count: there.length - MOST_LEFT })));
    return [element("h2", "", say(`why-not.${why}`)), element("ul", "", ...stops)];
  });
  return [element("details", "left-out", element("summary", "", say("left-out")), ...groups)];
}

/** The same wish with a stop that must be seen. @param {Place} place @param {Say} say */
function adding({ number }, say) {
  const asked = new URLSearchParams(location.search);
  asked.set("must", [asked.get("must"), number].filter(Boolean).join("."));
  return link("add", `${location.pathname}?${asked}`, say("add"), element("span", "aside", ` ${number}`));
}

/** @param {Walk} walk @param {Shown} shown @param {Say} say */
function reckoned(walk, { wish, again }, say) {
  const minutes = Math.floor(walk.given / 60);
  const first = again ? say("reckoning.again") : say(walk.exact ? "reckoning.exact" : "reckoning.nearly", { count: walk.weighed, minutes });
  const estimated = walk.calls.filter(({ place }) => place.estimated).length;
  const stay = say("reckoning.stay", { minutes: walk.calls[0].looking / 60 }) + (estimated ? ` ${say.many("reckoning.estimated", estimated)}` : "");
  const hows = walk.calls.map(({ leg }) => leg.how).filter((how) => how && how !== "apart");
  const ways = [...new Set(hows)].map((how) => say.many(`reckoning.${how}`, hows.filter((one) => one === how).length));
  const told = [first, stay, ...ways, ...(wish.start === null ? [say("reckoning.entrance")] : [])];
  const worths = walk.calls.map(({ place, worth }) => {
    const parts = [`${THERE} ${say("reckoning.there")}`, ...Object.entries(worth.why).map(([why, points]) => `${points} ${say(`reckoning.${why}`)}`)];
    const name = element("span", "", `${place.number} · ${place.title}`, element("small", "", parts.join(" + ")));
    return element("li", "", element("b", "", String(worth.points)), name);
  });
  const sum = walk.calls.reduce((all, { worth }) => all + worth.points, 0);
  return element(
    "details",
    "reckoned",
    element("summary", "", say("reckoned")),
    element("ul", "told", ...told.map((line) => element("li", "", line))),
    element("h2", "", say("reckoning.worth")),
    element("ol", "worth", ...worths),
    element("p", "", say("reckoning.sum", { count: sum })),
  );
}

/** To the nearest, and no way or stop is nothing. @param {number} seconds */
function minutesOf(seconds) {
  return seconds ? Math.max(1, Math.floor((seconds + 30) / 60)) : 0;
}

/** @param {string} name @param {string} kind @param {...(string | Node)} inside */
function element(name, kind, ...inside) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inside);
  return made;
}

/** @param {string} kind @param {string} url @param {...(string | Node)} inside */
function link(kind, url, ...inside) {
  const made = element("a", kind, ...inside);
  made.setAttribute("href", url);
  return made;
}
