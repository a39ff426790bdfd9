// SHA-256, here and now: the roster is asked on pages without HTTPS too, where a browser's own is not given.

const ROUND = Uint32Array.from(fractions(64, 1 / 3));
const START = Uint32Array.from(fractions(8, 1 / 2));

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function sha256(text) {
  const words = padded(new TextEncoder().encode(text));
  const state = Uint32Array.from(START);
  for (let at = 0; at < words.length; at += 16) stir(state, words.subarray(at, at + 16));
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => hash.setUint32(4 * place, word));
  return new Uint8Array(hash.buffer);
}

/** The first bits behind the point of the first primes' roots. @param {number} many @param {number} power */
function fractions(many, power) {
  const found = [];
  for (let number = 2; found.length < many; number++) {
    let prime = true;
    for (let by = 2; by * by <= number; by++) if (number % by === 0) prime = false;
    if (prime) found.push(Math.floor((number ** power % 1) * 2 ** 32));
  }
  return found;
}

/** @param {Uint8Array} bytes */
function padded(bytes) {
  const size = ((bytes.length + 8) >> 6) + 1;
  const whole = new DataView(new ArrayBuffer(size * 64));
  bytes.forEach((byte, place) => whole.setUint8(place, byte));
  whole.setUint8(bytes.length, 0x80);
  whole.setUint32(size * 64 - 4, bytes.length * 8);
  return Uint32Array.from({ length: size * 16 }, (_, place) => whole.getUint32(place * 4));
}

/** @param {number} word @param {number} by */
const turned = (word, by) => (word >>> by) | (word << (32 - by));

/** @param {Uint32Array} state @param {Uint32Array} block */
function stir(state, block) {
  const w = new Uint32Array(64);
  w.set(block);
  for (let t = 16; t < 64; t++) {
    const one = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const two = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = w[t - 16] + one + w[t - 7] + two;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[t] + w[t];
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] += word));
}
