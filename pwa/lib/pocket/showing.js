// The question as it was understood, shown to the visitor in the shape in which it was typed.

const TYPED = /[\p{L}\p{N}]+(?:[\u0300-\u036f]+[\p{L}\p{N}]*)*/gu;

/** @typedef {import("./folding.js").Word} Word */

/**
 * Nothing when that is how it was typed.
 * @param {string} question
 * @param {Word[]} words
 * @param {string[]} meant
 */
export function shown(question, words, meant) {
  if (words.every((word, place) => word.written === meant[place])) return null;
  const spans = [...question.matchAll(TYPED)];
  if (spans.length !== words.length) return meant.join(" ");
  let [text, at] = ["", 0];
  spans.forEach((span, place) => {
    text += question.slice(at, span.index) + cased(meant[place], span[0]);
    at = span.index + span[0].length;
  });
  return text + question.slice(at);
}

/**
 * The words with their capitals, where they can be told apart as they were typed.
 * @param {string} question
 * @param {Word[]} words
 */
export function asTyped(question, words) {
  const found = question.match(TYPED) ?? [];
  return found.length === words.length ? [...found] : words.map((word) => word.written);
}

/**
 * @param {string} word
 * @param {string} typed
 */
function cased(word, typed) {
  if (typed.length > 1 && typed === typed.toUpperCase() && typed !== typed.toLowerCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(typed) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}
