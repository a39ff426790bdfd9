// What a visitor is told: the museum's sentences word for word, and between them only our own few words.

/**
 * @typedef {import("./rows.js").Passage} Passage
 * @typedef {{question: string, language: string, now: Date, here: string | null, previous: string[]}} Asked
 * @typedef {{said: string, facts?: Record<string, string>}} Said A sentence of our own, filled with facts of the museum's.
 * @typedef {{passage: Passage, number: number, text: string, score: number}} Quoted
 * @typedef {Said | Quoted} Part
 * @typedef {{parts: Part[], refused: boolean, near: string[], understood: string | null}} Answer
 */

/**
 * @param {Part[]} parts
 * @param {Partial<Answer>} [more]
 * @returns {Answer}
 */
export function answer(parts, more = {}) {
  return { parts, refused: false, near: [], understood: null, ...more };
}

/**
 * @param {Part} part
 * @returns {part is Quoted}
 */
export function isQuoted(part) {
  return "passage" in part;
}

/** @param {Part[]} parts */
export function quotesIn(parts) {
  return parts.filter(isQuoted);
}
