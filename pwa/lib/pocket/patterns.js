// The server's patterns, read here: what is a letter is told by Unicode, as there.

/** @type {Map<string, RegExp>} */
const read = new Map();
const LETTER = "[\\p{L}\\p{N}_]";

/**
 * For folded texts, whose words have spaces around them: `\b` and `\w` are those of plain letters.
 * @param {string} source
 * @param {string} [flags]
 */
export function pattern(source, flags = "") {
  const known = read.get(source + flags) ?? new RegExp(source, flags);
  read.set(source + flags, known);
  return known;
}

/**
 * A text that holds one of these as whole words; a star stands for endings.
 * @param {string[]} phrases
 */
export function anyOf(phrases) {
  const forms = phrases.map((phrase) => escaped(phrase.replace(/\*+$/, "")) + (phrase.endsWith("*") ? `${LETTER}*` : ""));
  return new RegExp(`(?:^|[^\\p{L}\\p{N}_])(?:${forms.join("|") || "(?!)"})(?!${LETTER})`, "u");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
