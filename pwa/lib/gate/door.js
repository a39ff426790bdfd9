// The museum's own door: pairing, the roster, and scans that are told at once or later.

/**
 * @typedef {import("./judging.js").Verdict} Verdict
 * @typedef {{scan_id: string, code: string, at: string, count: number, offline?: boolean, verdict?: Verdict}} ToldScan
 * @typedef {object} Result
 * @property {string} scan_id
 * @property {Verdict} verdict
 * @property {number | null} left
 * @property {number | null} admits
 * @property {string | null} category
 * @property {string | null} evidence
 * @property {Verdict | null} conflict
 * @property {boolean} again
 * @property {string} message
 *
 * @typedef {{token: string, device: string, museum: string, name: string, gate: string}} Device
 */

/** What the museum answered and will answer again; `code` is the name of the refusal. */
export class Refused extends Error {
  /** @param {number} status @param {{error?: string, message?: string}} said */
  constructor(status, said) {
    super(said.message ?? "");
    this.status = status;
    this.code = said.error ?? "";
  }
}

/** It cannot be reached now, or takes too long. */
export class Away extends Error {}

/** @param {string} pairing @returns {Promise<Device>} */
export async function pair(pairing) {
  return (await reached("POST", "devices", { pairing }, {}, 15_000)).json();
}

/**
 * Only what changed is sent: an unchanged roster is a few bytes.
 * @param {string} token
 * @param {string} tag Of the roster that is here.
 * @returns {Promise<{told: import("./roster.js").Told | null, tag: string, now: number}>}
 */
export async function roster(token, tag) {
  const answer = await reached("GET", "roster", undefined, { ...bearer(token), ...(tag ? { "if-none-match": tag } : {}) }, 20_000);
  const told = answer.status === 304 ? null : await answer.json();
  return { told, tag: answer.headers.get("etag") ?? "", now: Date.parse(told?.now ?? answer.headers.get("date")) };
}

/** @param {string} token @param {ToldScan[]} scans @param {number} patience @returns {Promise<Result[]>} */
export async function tell(token, scans, patience) {
  const answer = await reached("POST", "admissions", { scans }, bearer(token), patience);
  return (await answer.json()).results;
}

/** @param {string} token */
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/**
 * @param {string} method
 * @param {string} what
 * @param {unknown} body
 * @param {Record<string, string>} more
 * @param {number} patience
 * @returns {Promise<Response>}
 */
async function reached(method, what, body, more, patience) {
  const patient = new AbortController();
  const timer = setTimeout(() => patient.abort(), patience);
  try {
    const language = { "accept-language": document.documentElement.lang };
    const headers = { ...language, ...(body ? { "content-type": "application/json" } : {}), ...more };
    const sent = body ? JSON.stringify(body) : undefined;
    const answer = await fetch(`/api/v1/gate/${what}`, { method, headers, body: sent, cache: "no-store", signal: patient.signal });
    const whole = new Response(answer.status === 304 ? null : await answer.blob(), answer);
    if (answer.ok || answer.status === 304) return whole;
    throw answer.status >= 500 || answer.status === 429 ? new Away(String(answer.status)) : new Refused(answer.status, await whole.json());
  } catch (problem) {
    throw problem instanceof Refused ? problem : new Away(String(problem));
  } finally {
    clearTimeout(timer);
  }
}
