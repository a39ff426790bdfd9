// Scans that were judged here are told to the museum when it can be reached: in batches, each by its own id.

import { Away, Refused, tell } from "./door.js";
import { read } from "./signed-code.js";

const BATCH = 100;
const PATIENCE = 20_000;

/**
 * @typedef {import("./keeping.js").Keeping} Keeping
 * @typedef {import("./keeping.js").Scan} Scan
 * @typedef {import("./door.js").Result} Result
 */

/** One page at a time; the others have nothing to do. @param {Keeping} keeping @param {string} token */
export async function tellAll(keeping, token) {
  if (!navigator.locks) return tellThem(keeping, token);
  return navigator.locks.request("gate-telling", { ifAvailable: true }, (lock) => lock && tellThem(keeping, token));
}

/** @param {Keeping} keeping @param {string} token */
async function tellThem(keeping, token) {
  for (let batch = await keeping.waiting(BATCH); batch.length; batch = await keeping.waiting(BATCH)) {
    await tellBatch(keeping, token, batch);
  }
}

/** What the museum cannot take as a batch is told one by one, so that one bad scan does not hold up the rest. */
async function tellBatch(/** @type {Keeping} */ keeping, /** @type {string} */ token, /** @type {Scan[]} */ batch) {
  try {
    const results = await tell(token, batch.map(wire), PATIENCE);
    if (!results.length) throw new Away("no word of any scan");
    await keeping.heard(results.map(({ scan_id }) => scan_id), seenIn(batch, results), conflictsIn(batch, results));
  } catch (problem) {
    if (!(problem instanceof Refused) || [401, 403].includes(problem.status)) throw problem;
    if (batch.length === 1) return setAside(keeping, batch[0], problem);
    for (const scan of batch) await tellBatch(keeping, token, [scan]);
  }
}

/** @param {Scan} scan */
function wire({ scan_id, code, at, count, verdict }) {
  return { scan_id, code, at, count, verdict, offline: true };
}

/** Not lost: whoever stands at the gate is told. @param {Keeping} keeping @param {Scan} scan @param {Refused} problem */
async function setAside(keeping, { scan_id, code, at }, problem) {
  await keeping.heard([scan_id], [], [{ scan_id, ticket: printed(code), at, verdict: null, why: problem.message }]);
}

/** The ten letters that stand on the ticket. @param {string} code */
const printed = (code) => read(code)?.ticket ?? code.slice(0, 20);

/** @param {Scan[]} batch @param {Result[]} results */
function seenIn(batch, results) {
  const told = new Map(results.map((result) => [result.scan_id, result]));
  return batch.flatMap(({ scan_id, ticket, at, entered }) => {
    const { admits = null, left = null } = told.get(scan_id) ?? {};
    if (!ticket) return [];
    const inside = admits !== null && left !== null ? admits - left : entered;
    return inside ? [{ ticket, entered: inside, at: Date.parse(at) }] : [];
  });
}

/** @param {Scan[]} batch @param {Result[]} results */
function conflictsIn(batch, results) {
  const scans = new Map(batch.map((scan) => [scan.scan_id, scan]));
  return results.flatMap(({ scan_id, conflict }) => {
    const scan = scans.get(scan_id);
    return conflict && scan ? [{ scan_id, ticket: printed(scan.code), at: scan.at, verdict: conflict, why: "" }] : [];
  });
}
