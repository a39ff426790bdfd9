// Whether a museum really signed this: by the browser's own Ed25519, else by a bundled library, else nobody can say.

/**
 * @typedef {(signature: Uint8Array<ArrayBuffer>, said: Uint8Array<ArrayBuffer>) => Promise<boolean>} Check
 * @typedef {{number: number, public: string}} PublicKey
 * @typedef {(key: PublicKey) => Promise<Check>} Way
 */

/** The way that works here; none where signatures cannot be checked. @param {string} bundle Where the library lies, if it does. */
export async function wayOfVerifying(bundle) {
  if (await speaksEd25519()) return ownWay;
  return bundle ? import(bundle).then(({ verify }) => bundledWay(verify), () => null) : null;
}

/**
 * @param {Way} way
 * @param {PublicKey[]} keys
 * @returns {Promise<Map<number, Check>>}
 */
export async function checksOf(way, keys) {
  return new Map(await Promise.all(keys.map(async (key) => /** @type {[number, Check]} */ ([key.number, await way(key)]))));
}

/** @type {Way} */
async function ownWay(key) {
  const imported = await crypto.subtle.importKey("raw", bytes(key.public), "Ed25519", false, ["verify"]);
  return (signature, said) => crypto.subtle.verify("Ed25519", imported, signature, said);
}

/** @param {(signature: Uint8Array, said: Uint8Array, key: Uint8Array) => boolean} verify @returns {Way} */
function bundledWay(verify) {
  return async (key) => {
    const known = bytes(key.public);
    return async (signature, said) => verify(signature, said, known);
  };
}

async function speaksEd25519() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} base64 */
function bytes(base64) {
  const plain = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
