// Checks signatures, where the browser cannot: before its own Ed25519, or on a page without HTTPS.

import { hashes, verify as check } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

hashes.sha512 = sha512;

/** Strictly by RFC 8032, as browsers do. @param {Uint8Array} signature @param {Uint8Array} said @param {Uint8Array} key */
export function verify(signature, said, key) {
  try {
    return check(signature, said, key, { zip215: false });
  } catch {
    return false;
  }
}
