// One verdict over the whole screen: a colour, a word, a drawing, and what the person at the gate does next.

/**
 * @typedef {import("./judging.js").Verdict} Verdict
 * @typedef {import("./tones.js").Kind} Kind
 * @typedef {import("./admitting.js").Shown} Shown
 * @typedef {import("./admitting.js").Looked} Looked
 */

/** @type {Record<Verdict, Kind>} */
const KINDS = {
  welcome: "go",
  "wrong-day": "talk",
  "too-early": "talk",
  "too-late": "talk",
  unpaid: "talk",
  closed: "talk",
  "already-inside": "stop",
  cancelled: "stop",
  unknown: "stop",
  forged: "stop",
  "wrong-museum": "stop",
};

/** How long it stays by itself: long enough to look at what must be looked at. */
const STAYS = { go: 2500, talk: 7000, stop: 7000, told: 7000 };
const TO_LOOK = 6000;

/** @param {Verdict} verdict */
export const kindOf = (verdict) => KINDS[verdict] ?? "stop";

/** @param {Shown} shown */
export function staysFor(shown) {
  return shown.verdict === "welcome" && shown.evidence ? TO_LOOK : STAYS[kindOf(shown.verdict)];
}

/** @param {string} sentence @param {Record<string, string | number | null>} facts */
export function filled(sentence, facts) {
  return Object.entries(facts).reduce((said, [name, fact]) => said.replace(`[${name}]`, () => String(fact ?? "")), sentence);
}

/** What is said besides the word. @param {Shown} shown @param {Looked} looked @param {any} words */
export function linesOf(shown, looked, words) {
  const { verdict, left, again, count, alone } = shown;
  const signed = looked.signed;
  const welcome = verdict === "welcome";
  const group = left !== null && (left > 0 || count > 1) && (welcome || verdict === "already-inside");
  return {
    word: words.verdict[verdict],
    who: welcome ? shown.category : "",
    evidence: welcome ? shown.evidence : "",
    left: again ? words.again : !group ? "" : filled(welcome ? words.entered : words.left, { count, left }),
    when: signed ? whenOf(verdict, signed, words) : "",
    then: welcome ? "" : (!signed && looked.ticket && shown.message) || words.then[verdict],
    code: [looked.ticket && filled(words.ticket, { code: spaced(looked.ticket) }), alone && words.alone].filter(Boolean).join(" · "),
  };
}

/** What the paper says of its day or its time, where that is the trouble. @param {Verdict} verdict @param {import("./signed-code.js").SignedCode} signed @param {any} words */
function whenOf(verdict, { day, slot }, words) {
  if (verdict === "wrong-day") return filled(words.onDay, { day: day.split("-").reverse().join("/") });
  if (slot === null || !verdict.startsWith("too-")) return "";
  return filled(words.atTime, { time: `${Math.floor(slot / 60)}:${String(slot % 60).padStart(2, "0")}` });
}

/** @param {string} code */
export const spaced = (code) => `${code.slice(0, 5)} ${code.slice(5)}`;

/** @param {HTMLElement} panel @param {Shown} shown @param {Looked} looked @param {any} words */
export function show(panel, shown, looked, words) {
  panel.dataset.kind = kindOf(shown.verdict);
  panel.dataset.verdict = shown.verdict;
  panel.querySelector("use")?.setAttribute("href", `#${shown.verdict}`);
  const { word, evidence, ...lines } = linesOf(shown, looked, words);
  say(panel, "h2", word);
  say(panel, ".evidence span span", evidence);
  panel.querySelector(".evidence")?.toggleAttribute("hidden", !evidence);
  for (const [name, line] of Object.entries(lines)) {
    say(panel, `.${name}`, line);
    panel.querySelector(`.${name}`)?.toggleAttribute("hidden", !line);
  }
  panel.style.setProperty("--stays", `${staysFor(shown)}ms`);
  panel.hidden = false;
}

/** @param {HTMLElement} panel @param {string} where @param {string} words */
function say(panel, where, words) {
  const place = panel.querySelector(where);
  if (place) place.textContent = words;
}
