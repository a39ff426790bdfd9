// Ten letters by thumb: keys of our own, so that no keyboard hides the page and none rewrites what is typed.

import { isCode, LENGTH, lettersOf } from "./ticket-code.js";

export class Keypad {
  #code = "";

  /**
   * @param {HTMLElement} element
   * @param {{typed: string, mistyped: string}} words
   * @param {(code: string) => void} whole
   */
  constructor(element, words, whole) {
    this.element = element;
    this.words = words;
    this.whole = whole;
    element.addEventListener("click", (event) => {
      const key = /** @type {Element} */ (event.target).closest("button");
      if (key?.value) this.press(key.value);
      if (key?.classList.contains("erase")) this.press("\b");
    });
    this.clear();
  }

  clear() {
    this.#code = "";
    this.#show();
  }

  /** @param {string} sign */
  press(sign) {
    if (sign === "\b") this.#code = this.#code.slice(0, -1);
    else if (this.#code.length < LENGTH) this.#code = (this.#code + lettersOf(sign)).slice(0, LENGTH);
    this.#show();
    if (isCode(this.#code)) this.whole(this.#code);
  }

  #show() {
    const wrong = this.#code.length === LENGTH && !isCode(this.#code);
    const slots = this.#code.padEnd(LENGTH, "·");
    this.#say(".slots", `${slots.slice(0, 5)} ${slots.slice(5)}`);
    this.#say(".typed", this.#code && this.words.typed.replace("[code]", [...this.#code].join(" ")));
    this.#say(".problem", wrong ? this.words.mistyped : "");
  }

  /** @param {string} where @param {string} words */
  #say(where, words) {
    const place = this.element.querySelector(where);
    if (place) place.textContent = words;
  }
}
