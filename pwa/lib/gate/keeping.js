// What the gate keeps on this device: who it is, the roster, and every scan until the museum has it, through a fall too.

/**
 * @typedef {object} Scan A verdict that was given here, and that the museum has not heard of yet.
 * @property {string} scan_id
 * @property {string} code
 * @property {string} at
 * @property {number} count
 * @property {import("./judging.js").Verdict} verdict
 * @property {string | null} ticket Its hash on that day.
 * @property {number} entered How many it let in.
 * @property {number | null} left
 * @property {boolean} again
 *
 * @typedef {{ticket: string, entered: number, at: number | null}} Seen How often a ticket has entered, as far as this device was told.
 * @typedef {{code: string, scan_id: string, at: string, count: number}} Begun A scan whose verdict nobody has seen yet.
 * @typedef {{scan_id: string, at: string, ticket: string, verdict: string | null, why: string}} Conflict What the museum says otherwise.
 */

const STORES = {
  kept: {},
  scans: { keyPath: "scan_id" },
  seen: { keyPath: "ticket" },
  begun: { keyPath: "code" },
  conflicts: { keyPath: "scan_id" },
};
const UNSEEN = 60_000;
const STRICT = /** @type {IDBTransactionOptions} */ ({ durability: "strict" });

/** @returns {Promise<Keeping>} */
export async function openKeeping(name = "gate") {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    for (const [store, options] of Object.entries(STORES)) asked.result.createObjectStore(store, options);
    asked.transaction?.objectStore("scans").createIndex("ticket", "ticket");
  };
  return new Keeping(await answered(asked));
}

export class Keeping {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /** @param {"device" | "roster" | "counted"} name */
  async recall(name) {
    return answered(this.database.transaction("kept").objectStore("kept").get(name));
  }

  /** @param {"device" | "roster" | "counted"} name @param {unknown} value */
  async keep(name, value) {
    const change = this.database.transaction("kept", "readwrite", STRICT);
    change.objectStore("kept").put(value, name);
    await done(change);
  }

  /** The same code scanned again before its verdict was shown is the same scan. @param {Begun} scan @returns {Promise<Begun>} */
  async begin(scan) {
    const change = this.database.transaction("begun", "readwrite", STRICT);
    const begun = change.objectStore("begun");
    const earlier = await answered(begun.get(scan.code));
    const since = Date.parse(scan.at) - Date.parse(earlier?.at);
    if (earlier?.count === scan.count && since >= 0 && since < UNSEEN) return earlier;
    begun.put(scan);
    await done(change);
    return scan;
  }

  /** @param {string} code */
  async shown(code) {
    const change = this.database.transaction("begun", "readwrite");
    change.objectStore("begun").delete(code);
    await done(change);
  }

  /**
   * Judge and write down in one go: nothing else judges this ticket in between, and what is shown is already kept.
   * @param {string} scanId
   * @param {string | null} ticket
   * @param {(seen: {entered: number, waiting: number, at: number | null}) => Scan} judge
   */
  async admit(scanId, ticket, judge) {
    const change = this.database.transaction(["scans", "seen"], "readwrite", STRICT);
    const scans = change.objectStore("scans");
    const earlier = await answered(scans.get(scanId));
    if (earlier) return /** @type {Scan} */ (earlier);
    /** @type {Scan[]} */
    const waiting = ticket ? await answered(scans.index("ticket").getAll(ticket)) : [];
    const seen = ticket ? await answered(change.objectStore("seen").get(ticket)) : undefined;
    const scan = judge({
      entered: seen?.entered ?? 0,
      waiting: waiting.reduce((sum, { entered }) => sum + entered, 0),
      at: latest([seen?.at, ...waiting.filter(({ entered }) => entered).map(({ at }) => Date.parse(at))]),
    });
    scans.put(scan);
    await done(change);
    return scan;
  }

  /** How many have entered with a ticket. @param {string} ticket @param {number} told By the roster. */
  async entered(ticket, told) {
    const look = this.database.transaction(["scans", "seen"]);
    const [waiting, seen] = /** @type {[Scan[], Seen | undefined]} */ (await Promise.all([
      answered(look.objectStore("scans").index("ticket").getAll(ticket)),
      answered(look.objectStore("seen").get(ticket)),
    ]));
    return waiting.reduce((sum, scan) => sum + scan.entered, Math.max(told, seen?.entered ?? 0));
  }

  /** @param {number} most @returns {Promise<Scan[]>} */
  async waiting(most) {
    return answered(this.database.transaction("scans").objectStore("scans").getAll(null, most));
  }

  /** @returns {Promise<number>} */
  async countWaiting() {
    return answered(this.database.transaction("scans").objectStore("scans").count());
  }

  /** The museum has heard them. @param {string[]} scanIds @param {Seen[]} seen @param {Conflict[]} conflicts */
  async heard(scanIds, seen, conflicts) {
    const change = this.database.transaction(["scans", "seen", "conflicts"], "readwrite", STRICT);
    for (const scanId of scanIds) change.objectStore("scans").delete(scanId);
    for (const conflict of conflicts) change.objectStore("conflicts").put(conflict);
    await Promise.all(seen.map((one) => this.#higher(change.objectStore("seen"), one)));
    await done(change);
  }

  /** @param {IDBObjectStore} store @param {Seen} seen */
  async #higher(store, seen) {
    const before = await answered(store.get(seen.ticket));
    store.put({ ...seen, entered: Math.max(before?.entered ?? 0, seen.entered), at: latest([before?.at, seen.at]) });
  }

  /** @returns {Promise<Conflict[]>} */
  async conflicts() {
    return answered(this.database.transaction("conflicts").objectStore("conflicts").getAll());
  }

  /** @param {("kept" | "scans" | "seen" | "begun" | "conflicts")[]} stores */
  async forget(...stores) {
    const change = this.database.transaction(stores, "readwrite", STRICT);
    for (const store of stores) change.objectStore(store).clear();
    await done(change);
  }
}

/** @param {(number | null | undefined)[]} moments */
function latest(moments) {
  const known = moments.filter((moment) => typeof moment === "number");
  return known.length ? Math.max(...known) : null;
}

/** @param {IDBRequest} request @returns {Promise<any>} */
function answered(request) {
  return new Promise((well, badly) => {
    request.onsuccess = () => well(request.result);
    request.onerror = () => badly(request.error);
  });
}

/** @param {IDBTransaction} change @returns {Promise<void>} */
function done(change) {
  return new Promise((well, badly) => {
    change.oncomplete = () => well();
    change.onabort = change.onerror = () => badly(change.error);
  });
}
