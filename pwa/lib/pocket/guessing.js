// The language that a question shows by its letters alone, whatever the page's language is.

/** @typedef {{scripts: [string, string][], marks: string}} Told */

/**
 * Nothing where the letters are those of many languages.
 * @param {string} question
 * @param {Told} told
 */
export function languageGuessed(question, { scripts, marks }) {
  const letters = count(question, "\\p{L}");
  const script = scripts.find(([, pattern]) => count(question, pattern) >= Math.max(2, Math.floor(letters / 3)));
  if (script) return script[0];
  const shown = count(question.normalize("NFD"), marks);
  return shown >= 2 || (shown && question.split(/\s+/).filter(Boolean).length <= 4) ? "vi" : null;
}

/** @type {Map<string, RegExp>} */
const read = new Map();

/**
 * @param {string} text
 * @param {string} pattern
 */
function count(text, pattern) {
  const known = read.get(pattern) ?? new RegExp(pattern, "gu");
  read.set(pattern, known);
  return text.match(known)?.length ?? 0;
}
