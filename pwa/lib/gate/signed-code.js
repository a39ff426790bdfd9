// What a ticket's digits say: whose it is, for which day and time, how many it admits, and who signed that.

import { ALPHABET, checked, LENGTH } from "./ticket-code.js";

const VERSION = 1;
const SIGNATURE = 64;
const HEAD = 19;
const UNDIVIDED = 0xffff;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY = 86_400_000;
const MINUTES_A_DAY = 1440;
const DIGITS = /^[1-9][0-9]{150,400}$/;

/**
 * @typedef {object} SignedCode
 * @property {number} key The number of the key that signed it.
 * @property {string} museum The first four bytes of the museum's hash, as hex.
 * @property {string} ticket Ten letters.
 * @property {string} day
 * @property {number | null} slot Minutes from midnight; none where the day is not divided.
 * @property {number} admits
 * @property {string} category
 * @property {Uint8Array<ArrayBuffer>} said What was signed.
 * @property {Uint8Array<ArrayBuffer>} signature
 */

/** Whether this may be a signed code. @param {string} text */
export function looksSigned(text) {
  return DIGITS.test(text);
}

/**
 * @param {string} text
 * @returns {SignedCode | null}
 */
export function read(text) {
  const bytes = looksSigned(text) ? bytesOf(text) : null;
  if (!bytes || bytes.length < HEAD + SIGNATURE || bytes[0] !== VERSION) return null;
  const said = bytes.slice(0, -SIGNATURE);
  const head = new DataView(said.buffer, 0, HEAD);
  const ticket = ticketOf(said.subarray(6, 12));
  const category = new TextDecoder().decode(said.subarray(HEAD));
  const admits = head.getUint16(16);
  const slot = head.getUint16(14);
  if (slot !== UNDIVIDED && slot >= MINUTES_A_DAY) return null;
  if (!ticket || !admits || said.length !== HEAD + head.getUint8(18) || !/^[a-z0-9-]{1,60}$/.test(category)) return null;
  return {
    key: said[1],
    museum: hex(said.subarray(2, 6)),
    ticket,
    day: new Date(FIRST_DAY + head.getUint16(12) * DAY).toISOString().slice(0, 10),
    slot: slot === UNDIVIDED ? null : slot,
    admits,
    category,
    said,
    signature: bytes.slice(-SIGNATURE),
  };
}

/** The bytes behind the leading one, without which their first zeros would be lost. @param {string} digits */
function bytesOf(digits) {
  const written = BigInt(digits).toString(16);
  const pairs = (written.length % 2 ? `0${written}` : written).match(/../g) ?? [];
  return pairs[0] === "01" ? Uint8Array.from(pairs.slice(1), (pair) => parseInt(pair, 16)) : null;
}

/** @param {Uint8Array} six */
function ticketOf(six) {
  let number = six.reduce((sum, byte) => sum * 256 + byte, 0);
  let stem = "";
  for (let place = 1; place < LENGTH; place++) {
    stem = ALPHABET[number % ALPHABET.length] + stem;
    number = Math.floor(number / ALPHABET.length);
  }
  return number ? null : checked(stem);
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
