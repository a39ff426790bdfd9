// A ticket's ten letters: without look-alikes, the last one a check, so that a mistyped code is found out at once.

export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export const LENGTH = 10;
const PRIME = 31;
const REST = 9;

/** @param {string} code */
export function isCode(code) {
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) && weighed(code) === REST;
}

/** The code of these nine letters; none where no letter checks them. @param {string} stem */
export function checked(stem) {
  const check = (((REST - weighed(stem)) % PRIME) + PRIME) % PRIME;
  return check < ALPHABET.length ? stem + ALPHABET[check] : null;
}

/** @param {string} text */
function weighed(text) {
  return [...text].reduce((sum, letter, place) => sum + (LENGTH - place) * ALPHABET.indexOf(letter), 0) % PRIME;
}

/** Telex's own letters, as the keys that were pressed for them. */
const PRESSED = {
  "\u0302": (/** @type {string} */ letter) => letter + letter,
  "\u0306": (/** @type {string} */ letter) => `${letter}W`,
  "\u031b": () => "W",
  "\u0301": (/** @type {string} */ letter) => `${letter}S`,
  "\u0300": (/** @type {string} */ letter) => `${letter}F`,
  "\u0309": (/** @type {string} */ letter) => `${letter}R`,
  "\u0303": (/** @type {string} */ letter) => `${letter}X`,
  "\u0323": (/** @type {string} */ letter) => `${letter}J`,
};

/**
 * The letters of the alphabet in what was typed, also where a Vietnamese keyboard made Â of AA and Đ of DD.
 * @param {string} typed
 */
export function lettersOf(typed) {
  const plain = typed.normalize("NFKC").toUpperCase().replaceAll("Đ", "DD").normalize("NFD");
  let letters = "";
  for (const sign of plain) {
    const pressed = PRESSED[/** @type {keyof PRESSED} */ (sign)];
    if (pressed) letters = letters.slice(0, -1) + pressed(letters.slice(-1));
    else letters += sign;
  }
  return [...letters].filter((letter) => ALPHABET.includes(letter)).join("");
}
