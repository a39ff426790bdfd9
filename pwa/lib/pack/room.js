// Whether there is room on this phone, and whether what is put there may stay.

/** There is not enough room. */
export class NoRoom extends Error {
  /** @param {number} needed @param {number} free */
  constructor(needed, free) {
    super(`${needed} > ${free}`);
    this.needed = needed;
    this.free = free;
  }
}

/** A browser that tells nothing is believed to have room, until it says otherwise. @param {number} needed */
export async function expectRoom(needed) {
  const free = await room();
  if (needed > free) throw new NoRoom(needed, free);
}

export async function room() {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return Math.max(0, quota - usage);
}

/** Asked of the browser when the visitor has said that they want to keep it. */
export async function mayStay() {
  return (await navigator.storage?.persist?.()) ?? false;
}
