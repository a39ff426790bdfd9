// Taking a museum along: only what is not here yet is fetched, each file is checked, and the old one stands until then.

import { Damaged, fetched } from "./fetching.js";
import { bytesOf, listed, missing } from "./listing.js";
import { NoRoom, expectRoom, room } from "./room.js";

/** @typedef {import("./keeping.js").Keeping} Keeping */
/** @typedef {import("./listing.js").List} List */
/** @typedef {import("./listing.js").Listed} Listed */
/** @typedef {{signal: AbortSignal, progress: (done: number, all: number) => void}} Watch */

const HANDS = 4;
/** Before each further round: while files are fetched the museum may publish, or open; then its list is asked for again. */
const PAUSES = [1000, 5000];

/**
 * @param {Keeping} keeping
 * @param {string} listUrl
 * @param {Watch} watch
 * @param {(file: Listed) => boolean} [only] what is fetched now; while anything else waits, the list of before stands
 * @returns {Promise<List>}
 */
export function take(keeping, listUrl, watch, only = () => true) {
  const act = () => takeAlone(keeping, listUrl, watch, only);
  return navigator.locks ? navigator.locks.request(keeping.name, act) : act();
}

/** One page at a time. @param {Keeping} keeping @param {string} listUrl @param {Watch} watch @param {(file: Listed) => boolean} only @returns {Promise<List>} */
async function takeAlone(keeping, listUrl, watch, only) {
  for (let round = 0; ; round++) {
    const list = await listed(listUrl, watch.signal);
    const lacking = missing(list, await keeping.there());
    const wanted = lacking.filter(only);
    await expectRoom(bytesOf(wanted));
    if (!(await keeping.taken())) await keeping.announce(list, "part");
    if (await fetchAll(keeping, list, wanted, watch)) {
      if (wanted.length === lacking.length) await settle(keeping, list);
      return list;
    }
    if (round === PAUSES.length) throw new Damaged(list.museum);
    await rest(PAUSES[round], watch.signal);
  }
}

/** @param {Keeping} keeping @param {List} list */
async function settle(keeping, list) {
  await keeping.announce(list, "whole");
  await keeping.dropOthers(list);
}

/** @param {number} milliseconds @param {AbortSignal} signal */
async function rest(milliseconds, signal) {
  await new Promise((done) => setTimeout(done, milliseconds));
  signal.throwIfAborted();
}

/** In the order of the list, a few at a time. Whether all arrived whole. @param {Keeping} keeping @param {List} list @param {Listed[]} wanted @param {Watch} watch */
async function fetchAll(keeping, list, wanted, { signal, progress }) {
  const queue = [...wanted];
  const stop = new AbortController();
  const either = AbortSignal.any ? AbortSignal.any([signal, stop.signal]) : signal;
  let done = list.bytes - bytesOf(wanted);
  let whole = true;
  const hand = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      either.throwIfAborted();
      try {
        const { answer, body } = await fetched(file, either, (bytes) => progress((done += bytes), list.bytes));
        await keeping.keep(file, body, answer);
      } catch (problem) {
        if (!(problem instanceof Damaged)) throw await told(problem, file);
        whole = false;
      }
    }
  };
  progress(done, list.bytes);
  await Promise.all(Array.from({ length: HANDS }, hand)).catch((problem) => {
    queue.length = 0;
    stop.abort();
    throw problem;
  });
  return whole;
}

/** @param {unknown} problem @param {Listed} file */
async function told(problem, file) {
  const full = problem instanceof DOMException && problem.name === "QuotaExceededError";
  return full ? new NoRoom(file.bytes, await room()) : problem;
}
