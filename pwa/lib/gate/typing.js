// A scanner that types is heard wherever the focus is: by its keys, so that neither Telex nor a layout garbles it.

const PAUSE = 150;
const FEWEST = 100;

/** Give it keydown events; it tells a scanned code whole, and what a hand types letter by letter. */
export class Typing {
  #signs = "";
  #pause = 0;

  /** @param {{scanned: (digits: string) => void, letter: (sign: string) => void}} hears */
  constructor(hears) {
    this.hears = hears;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const sign = signOf(event);
    if (!sign && !(event.key === "Enter" && this.#signs)) return;
    event.preventDefault();
    clearTimeout(this.#pause);
    if (!sign) return this.#end();
    this.#signs += sign;
    this.#pause = setTimeout(() => this.#end(), PAUSE);
  }

  #end() {
    const signs = this.#signs;
    const digits = signs.replace(/\D/g, "");
    this.#signs = "";
    if (digits.length >= FEWEST) return this.hears.scanned(digits);
    for (const sign of signs) this.hears.letter(sign);
  }
}

/** A digit by the key's place, whatever a Vietnamese layout makes of it; a letter by what it says. @param {KeyboardEvent} event */
function signOf({ code, key, shiftKey }) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit && (!shiftKey || !/^[A-Za-z]$/.test(key))) return digit[1];
  if (key === "Backspace") return "\b";
  if (/^[0-9]$/.test(key) || /^\p{L}$/u.test(key)) return key.normalize("NFC");
  return /^Key([A-Z])$/.exec(code)?.[1] ?? "";
}
