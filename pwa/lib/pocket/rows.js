// The texts of a museum in one language as rows of terms: each sentence, each title, each passage's other names.

import { cut } from "./terms.js";

const NAMES = -1;

/**
 * @typedef {{key: string, kind: string, stop?: string, url: string, title?: string, names?: string[], about?: string,
 *   sources?: string[], sentences: [number, string][], language: string}} Passage
 * @typedef {import("./terms.js").Cut & {passage: number, number: number, text: string}} Row
 */

export class Rows {
  /** @param {Passage[]} passages */
  constructor(passages) {
    this.passages = passages;
    /** @type {Row[]} */
    this.all = [];
    /** Where each passage's rows begin, and one more. */
    this.firsts = [0];
    passages.forEach((passage, place) => {
      for (const [number, text] of textsOf(passage)) this.all.push({ ...cut(text), passage: place, number, text });
      this.firsts.push(this.all.length);
    });
    this.meanLength = this.all.reduce((sum, row) => sum + row.length, 0) / Math.max(this.all.length, 1);
  }

  /** @param {number} passage */
  of(passage) {
    return this.all.slice(this.firsts[passage], this.firsts[passage + 1]);
  }
}

/**
 * @param {Passage} passage
 * @returns {[number, string][]}
 */
function textsOf({ sentences, title = "", names = [] }) {
  const titled = sentences.some(([number]) => number === 0) ? [] : [[0, title]];
  const named = names.length ? [[NAMES, names.join(" · ")]] : [];
  return /** @type {[number, string][]} */ ([...named, ...titled, ...sentences]).filter(([, text]) => text);
}
