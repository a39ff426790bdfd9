// The walk that is worth most in the time there is: every set of places weighed by its shortest order.
// The same steps, and of equals the first, as guide/tours/orienteering.py.

export const FAR = 1_000_000_000;
export const MOST_EXACT = 14;

/**
 * @typedef {{worth: number[], staying: number[], entering: number[], ways: number[][], seconds: number}} Question
 * @typedef {{order: number[], worth: number, seconds: number, exact: boolean}} Found
 */

/** @param {Question} asked @returns {Found} */
export function exactly(asked) {
  const { times, before } = shortest(asked);
  const count = asked.worth.length;
  let best = { set: 0, last: 0, worth: 0, seconds: 0 };
  for (let set = 1; set < 1 << count; set++) {
    const last = firstLeast(times, set * count, count);
    const seconds = times[set * count + last];
    if (seconds > asked.seconds) continue;
    const worth = asked.worth.reduce((sum, one, place) => (set & (1 << place) ? sum + one : sum), 0);
    if (!best.set || worth > best.worth || (worth === best.worth && seconds < best.seconds)) best = { set, last, worth, seconds };
  }
  return { order: order(before, count, best.set, best.last), worth: best.worth, seconds: best.seconds, exact: true };
}

/** For every set of places and its last one: the seconds, and the place before the last. @param {Question} asked */
function shortest({ staying, entering, ways, seconds }) {
  const count = staying.length;
  const times = new Int32Array((1 << count) * count).fill(FAR);
  const before = new Int8Array(times.length).fill(-1);
  for (let place = 0; place < count; place++) {
    const alone = entering[place] + staying[place];
    if (alone <= seconds) times[(1 << place) * count + place] = alone;
  }
  for (let set = 1; set < 1 << count; set++) {
    for (let place = 0; place < count; place++) {
      if (set & (1 << place)) continue;
      const [last, through] = nearest(times, set * count, ways, place);
      const at = (set | (1 << place)) * count + place;
      before[at] = last;
      if (through + staying[place] <= seconds) times[at] = through + staying[place];
    }
  }
  return { times, before };
}

/** @param {Int32Array} times @param {number} row @param {number[][]} ways @param {number} place */
function nearest(times, row, ways, place) {
  let last = 0;
  let through = times[row] + ways[0][place];
  for (let one = 1; one < ways.length; one++) {
    const told = times[row + one] + ways[one][place];
    if (told < through) [last, through] = [one, told];
  }
  return [last, through];
}

/** @param {Int32Array} times @param {number} row @param {number} count */
function firstLeast(times, row, count) {
  let least = 0;
  for (let place = 1; place < count; place++) if (times[row + place] < times[row + least]) least = place;
  return least;
}

/** @param {Int8Array} before @param {number} count @param {number} set @param {number} last */
function order(before, count, set, last) {
  const found = [];
  while (set) {
    found.unshift(last);
    [set, last] = [set & ~(1 << last), before[set * count + last]];
  }
  return found;
}
