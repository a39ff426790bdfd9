// Reads codes in the camera's pictures, where the browser has no eye of its own for them.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/**
 * @param {string} wasm Its address here.
 * @returns {Promise<(picture: ImageData) => Promise<string>>}
 */
export async function openReader(wasm) {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const options = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryInvert: true, tryDownscale: true };
  return async (picture) => (await readBarcodes(picture, options))[0]?.text ?? "";
}
