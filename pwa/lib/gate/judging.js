// The closed list of verdicts, judged as the server judges: the first refusal that holds, else welcome.

/**
 * @typedef {"welcome" | "already-inside" | "wrong-day" | "too-early" | "too-late" | "cancelled" | "unpaid" | "unknown" | "forged" | "wrong-museum" | "closed"} Verdict
 *
 * @typedef {object} Code What was held before us.
 * @property {"signed" | "typed" | "noise"} kind
 * @property {boolean} [ours] Of this museum.
 * @property {"known" | "unknown" | "withdrawn"} [key]
 * @property {boolean} [right] Its signature.
 * @property {string} [day]
 * @property {number | null} [slot] Minutes from midnight.
 * @property {number} [admits]
 *
 * @typedef {object} Ticket What the roster says of it.
 * @property {number} state 0 unpaid, 1 issued, 2 cancelled.
 * @property {number} admits
 * @property {number} entered
 * @property {number | null} [slot]
 * @property {number | null} [since] Minutes since somebody entered with it, as far as is known.
 *
 * @typedef {object} Rules
 * @property {number} early_minutes
 * @property {number} late_minutes
 * @property {"never" | "same-day"} re_entry
 * @property {number} [re_entry_minutes]
 * @property {[string, string][]} spans
 * @property {boolean} closed
 *
 * @typedef {object} Asked
 * @property {Code} code
 * @property {Ticket | null} ticket
 * @property {Rules} rules
 * @property {string} day
 * @property {number} minute Since midnight, at the museum.
 * @property {number} count
 *
 * @typedef {{verdict: Verdict, left: number | null, again: boolean}} Judged
 */

const UNPAID = 0;
const CANCELLED = 2;

/** @type {[Verdict, (asked: Asked) => boolean][]} */
const REFUSALS = [
  ["unknown", ({ code }) => code.kind === "noise"],
  ["wrong-museum", ({ code }) => code.kind === "signed" && !code.ours],
  ["forged", ({ code }) => code.kind === "signed" && (code.key !== "known" || !code.right)],
  ["unknown", ({ code, ticket }) => code.kind === "typed" && !ticket],
  ["wrong-day", (asked) => !asked.ticket && asked.code.day !== asked.day && !overMidnight(asked)],
  ["cancelled", ({ ticket }) => ticket?.state === CANCELLED],
  ["unpaid", ({ ticket }) => ticket?.state === UNPAID],
  ["closed", (asked) => asked.rules.closed && !daysSince(asked)],
  ["too-early", (asked) => minute(asked) < opens(asked)],
  ["too-late", (asked) => minute(asked) > closes(asked)],
  ["already-inside", (asked) => left(asked) < asked.count && !entersAgain(asked)],
];

/**
 * @param {Asked} asked
 * @returns {Judged}
 */
export function judge(asked) {
  const refused = REFUSALS.find(([, holds]) => holds(asked));
  if (!refused) {
    const again = left(asked) < asked.count;
    return { verdict: "welcome", left: again ? 0 : left(asked) - asked.count, again };
  }
  const verdict = refused[0];
  return { verdict, left: verdict === "already-inside" ? left(asked) : null, again: false };
}

/** @param {Asked} asked */
function left({ code, ticket }) {
  return ticket ? ticket.admits - ticket.entered : (code.admits ?? 1);
}

/** Whoever went out may come back where the museum lets them, but no code is handed back over the fence. @param {Asked} asked */
function entersAgain(asked) {
  const { rules, ticket } = asked;
  if (rules.re_entry !== "same-day" || left(asked) > 0) return false;
  return (ticket?.since ?? Infinity) >= (rules.re_entry_minutes ?? 10);
}

/** An entry time late in the evening is still good, or one soon after midnight already, on the other day. @param {Asked} asked */
function overMidnight(asked) {
  const { slot } = asked.code;
  return typeof slot === "number" && minute(asked) >= opens(asked) && minute(asked) <= closes(asked);
}

/** How many days after the day that stands on the code; what the roster knows of a ticket is of its own day. @param {Asked} asked */
function daysSince({ code, ticket, day }) {
  if (!code.day || ticket?.slot !== undefined) return 0;
  return Math.round((Date.parse(day) - Date.parse(code.day)) / 86_400_000);
}

/** Since the midnight at which the ticket's own day began. @param {Asked} asked */
function minute(asked) {
  return asked.minute + daysSince(asked) * 24 * 60;
}

/** @param {Asked} asked */
function opens(asked) {
  const [from] = times(asked);
  return from === null ? -Infinity : from - asked.rules.early_minutes;
}

/** @param {Asked} asked */
function closes(asked) {
  return times(asked)[1] ?? Infinity;
}

/**
 * When its time begins, and until when it is good: of its entry time, or of the opening hours of a day that is not divided.
 * @param {Asked} asked
 * @returns {[number | null, number | null]}
 */
function times({ code, ticket, rules }) {
  const slot = ticket?.slot !== undefined ? ticket.slot : code.slot;
  if (slot === undefined || (slot === null && !rules.spans.length)) return [null, null];
  if (slot !== null) return [slot, slot + rules.late_minutes];
  return [minutes(rules.spans[0][0]), minutes(rules.spans[rules.spans.length - 1][1])];
}

/** @param {string} clock */
function minutes(clock) {
  const [hours, rest] = clock.split(":").map(Number);
  return 60 * hours + rest;
}
