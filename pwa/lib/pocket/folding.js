// Folding: a visitor finds "Côn Đảo" by typing "con dao". The rules are told in guide/tours/folding.py.

const LONGEST = 64;
const IDEOGRAPHS =
  "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf" +
  "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}";
const UNSPACED_LETTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff";
const LETTERS = { đ: "d", ø: "o", ł: "l", ß: "ss", æ: "ae", œ: "oe", ı: "i", ð: "d", þ: "th" };

const LEFT_OUT = /[^\p{L}\p{N}\p{Mn}\p{Mc}]|[\ufe00-\ufe0f]/gu;
const IDEOGRAPHIC = new RegExp(`[${IDEOGRAPHS}]+`, "gu");
const IDEOGRAPH = new RegExp(`[${IDEOGRAPHS}]`, "u");
const UNSPACED = new RegExp(`[${IDEOGRAPHS}${UNSPACED_LETTERS}]`, "u");
const MARKS = /[\u0300-\u036f]+/g;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const REPLACED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** @typedef {{written: string, marked: string, folded: string, hasMarks: boolean}} Word */

/** @type {Map<string, Word>} */
const met = new Map();
const MOST_MET = 20_000;

/**
 * @param {string} text
 * @returns {Word[]}
 */
export function words(text) {
  return pieces(text).map(word);
}

/** @param {string} text */
export function folded(text) {
  return words(text).map((one) => one.folded).join(" ");
}

/**
 * The words of a text as they stand, decomposed.
 * @param {string} text
 */
export function pieces(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(LEFT_OUT, " ");
  return plain.replace(IDEOGRAPHIC, " $& ").split(" ").filter(Boolean);
}

/** @param {string} text */
export function bare(text) {
  return word(pieces(text)[0]).folded;
}

/** @param {string} foldedWord Is it of a script without spaces, so that its pieces stand for its words? */
export function unspaced(foldedWord) {
  return UNSPACED.test(foldedWord);
}

/** @param {string} letter */
export function isIdeograph(letter) {
  return IDEOGRAPH.test(letter);
}

/** @param {string} piece */
function word(piece) {
  const known = met.get(piece);
  if (known) return known;
  const tones = (piece.match(TONES) ?? []).join("");
  const plain = composed(piece.replace(MARKS, "").replace(REPLACED, (letter) => LETTERS[/** @type {keyof LETTERS} */ (letter)]));
  const written = composed(piece);
  const foldedWord = plain.slice(0, LONGEST) || piece.slice(0, LONGEST);
  const made = { written, marked: (piece.replace(TONES, "") + tones).slice(0, LONGEST), folded: foldedWord, hasMarks: written !== foldedWord };
  if (met.size > MOST_MET) met.clear();
  met.set(piece, made);
  return made;
}

/** @param {string} text Thai and Lao "am" are left in two by NFC. */
function composed(text) {
  return text.normalize("NFC").replaceAll("\u0e4d\u0e32", "\u0e33").replaceAll("\u0ecd\u0eb2", "\u0eb3");
}
