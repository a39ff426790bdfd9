// A walk where there are too many places to weigh every set of them: begun in several ways, stretched while there is
// time, shortened, its places exchanged for better ones, parts of it left out and filled anew, while it helps.
// The same steps, and of equals the first, as guide/tours/long_walks.py.

const BEGINNINGS = 2;
const LARGEST_HOLE = 3;
const ROUNDS = 12;
const REFILLING = 60_000;

/** @typedef {import("./orienteering.js").Question} Question */

/** @param {Question} asked @returns {import("./orienteering.js").Found} */
export function nearly(asked) {
  const walker = new Walker(asked);
  let best = /** @type {number[]} */ ([]);
  for (const [beginning, weight] of walker.beginnings()) {
    best = walker.better(best, walker.mended(walker.stretched(beginning, weight)));
  }
  best = walker.refilled(best);
  return { order: best, worth: walker.worth(best), seconds: walker.seconds(best), exact: false };
}

/** Tries walks for one question. */
class Walker {
  #asked;

  /** @param {Question} asked */
  constructor(asked) {
    this.#asked = asked;
  }

  /** With nothing, and with each of the places that are worth most and can be reached; by worth against time. */
  beginnings() {
    const { worth, staying, entering, seconds } = this.#asked;
    const alone = worth.map((_, place) => place).filter((place) => entering[place] + staying[place] <= seconds);
    alone.sort((one, other) => worth[other] - worth[one] || one - other);
    return /** @type {[number[], number][]} */ ([[[], 1], [[], 2], ...alone.slice(0, BEGINNINGS).map((place) => [[place], 1])]);
  }

  /** The first, unless the second is worth more, or as much in less time. @param {number[]} one @param {number[]} other */
  better(one, other) {
    const gained = this.worth(other) - this.worth(one);
    if (gained) return gained > 0 ? other : one;
    return this.seconds(other) < this.seconds(one) ? other : one;
  }

  /** @param {number[]} path */
  worth(path) {
    return path.reduce((sum, place) => sum + this.#asked.worth[place], 0);
  }

  /** @param {number[]} path */
  seconds(path) {
    return path.reduce((sum, place, turn) => sum + this.#way(path[turn - 1], place) + this.#asked.staying[place], 0);
  }

  /** From where one stands, if from nowhere else. @param {number | undefined} one @param {number} other */
  #way(one, other) {
    return one === undefined ? this.#asked.entering[other] : this.#asked.ways[one][other];
  }

  /** What a place would cost at each turn of the path. @param {number[]} path @param {number} place */
  #costs(path, place) {
    const stay = this.#asked.staying[place];
    const costs = path.map((other, turn) => {
      const one = path[turn - 1];
      return this.#way(one, place) + this.#asked.ways[place][other] - this.#way(one, other) + stay;
    });
    return [...costs, this.#way(path[path.length - 1], place) + stay];
  }

  /** @param {number[]} path @param {number} place */
  #cheapest(path, place) {
    const costs = this.#costs(path, place);
    const turn = costs.reduce((least, cost, at) => (cost < costs[least] ? at : least), 0);
    return { turn, cost: costs[turn] };
  }

  /**
   * While there is time, the place that is worth most for what it costs, where it costs least.
   * @param {number[]} path
   * @param {number} weight
   * @param {number} [barred]
   */
  stretched(path, weight, barred = -1) {
    const longer = [...path];
    let left = this.#asked.seconds - this.seconds(path);
    const free = new Set(this.#asked.worth.keys());
    for (const place of [...path, barred]) free.delete(place);
    for (;;) {
      let best = { place: -1, turn: 0, cost: 0, score: -1 };
      for (const place of free) {
        const { turn, cost } = this.#cheapest(longer, place);
        const score = this.#asked.worth[place] ** weight / Math.max(cost, 1);
        if (cost <= left && score > best.score) best = { place, turn, cost, score };
      }
      if (best.place < 0) return longer;
      longer.splice(best.turn, 0, best.place);
      left -= best.cost;
      free.delete(best.place);
    }
  }

  /** @param {number[]} path */
  mended(path) {
    for (let round = 0; round < ROUNDS; round++) {
      path = this.shortened(path);
      let longer = this.stretched(path, 1);
      if (same(longer, path)) longer = this.#exchanged(path);
      if (same(longer, path)) break;
      path = longer;
    }
    return path;
  }

  /** Stretches walked the other way round, and places moved to where they cost less, as long as it helps. @param {number[]} path */
  shortened(path) {
    for (let round = 0; round < ROUNDS; round++) {
      const turned = this.#moved(this.#turned(path));
      if (same(turned, path)) break;
      path = turned;
    }
    return path;
  }

  /** @param {number[]} path */
  #turned(path) {
    const turned = [...path];
    for (let first = 0; first < turned.length; first++) {
      for (let last = first + 1; last < turned.length; last++) {
        if (this.#gained(turned, first, last) > 0) {
          turned.splice(first, last - first + 1, ...turned.slice(first, last + 1).reverse());
        }
      }
    }
    return turned;
  }

  /** @param {number[]} path @param {number} first @param {number} last */
  #gained(path, first, last) {
    const gained = this.#way(path[first - 1], path[first]) - this.#way(path[first - 1], path[last]);
    if (last + 1 >= path.length) return gained;
    return gained + this.#way(path[last], path[last + 1]) - this.#way(path[first], path[last + 1]);
  }

  /** @param {number[]} path */
  #moved(path) {
    let moved = path;
    for (const place of path) {
      const rest = moved.filter((one) => one !== place);
      const { turn, cost } = this.#cheapest(rest, place);
      if (this.seconds(rest) + cost < this.seconds(moved)) moved = [...rest.slice(0, turn), place, ...rest.slice(turn)];
    }
    return moved;
  }

  /** One place for another that is worth more: the greatest gain, of equals the shorter walk, then the first. @param {number[]} path */
  #exchanged(path) {
    const { worth, seconds } = this.#asked;
    const outside = [...worth.keys()].filter((place) => !path.includes(place));
    let best = path;
    let found = { gain: 0, length: 0 };
    path.forEach((place, turn) => {
      const rest = [...path.slice(0, turn), ...path.slice(turn + 1)];
      const length = this.seconds(rest);
      for (const other of outside) {
        const gain = worth[other] - worth[place];
        if (gain <= 0 || gain < found.gain) continue;
        const { turn: at, cost } = this.#cheapest(rest, other);
        const better = gain > found.gain || length + cost < found.length;
        if (cost > seconds - length || !better) continue;
        found = { gain, length: length + cost };
        best = [...rest.slice(0, at), other, ...rest.slice(at)];
      }
    });
    return best;
  }

  /** Leaves out a few neighbours and fills the time without the first of them, as often as there is patience. @param {number[]} path */
  refilled(path) {
    const holes = [];
    for (let size = 1; size <= LARGEST_HOLE; size++) {
      for (let first = 0; first + size <= path.length; first++) holes.push([size, first]);
    }
    const patience = Math.floor(REFILLING / Math.max(1, (path.length + 1) * this.#asked.worth.length));
    for (const [size, first] of holes.slice(0, patience)) {
      const rest = [...path.slice(0, first), ...path.slice(first + size)];
      path = this.better(path, this.shortened(this.stretched(rest, 1, path[first] ?? -1)));
    }
    return path;
  }
}

/** @param {number[]} one @param {number[]} other */
function same(one, other) {
  return one.length === other.length && one.every((place, turn) => place === other[turn]);
}
