// The assistant without a server: the file of a museum, and everything that it takes to answer from it.

import { Assistant } from "./answering.js";
import { AskedBefore } from "./asked-before.js";
import { Asking } from "./asking.js";
import { Hinges } from "./hinges.js";
import { Matters } from "./matters.js";
import { Mind } from "./mind.js";
import { Teller } from "./telling.js";

/** What this reader understands: another file is for another version of it. */
const VERSION = 2;

/** The file was written for another version. */
export class UnknownVersion extends Error {}

export class Pocket {
  /** @param {any} told The file. */
  constructor(told) {
    if (told.version !== VERSION) throw new UnknownVersion(String(told.version));
    this.told = told;
    const asking = new Asking(told.asking);
    const minds = told.minds.map((/** @type {any} */ mind) => new Mind(mind, { asking, signs: told.signs }));
    const known = {
      asking,
      askedBefore: new AskedBefore(asking, told.answering.asked_before),
      hinges: new Hinges(told.hinges),
      matters: new Matters(told.matters, told.names),
      trusting: told.trusting,
      composing: told.composing,
    };
    this.assistant = new Assistant(told, minds, known);
    this.teller = new Teller(told.says);
    this.#warm(minds[0], known.matters);
  }

  /**
   * What the first question needs is ready before it comes.
   * @param {Mind} mind
   * @param {Matters} matters
   */
  #warm(mind, matters) {
    for (const tongue of new Set([mind.language, ...this.told.fallback])) matters.tongue(tongue);
    return mind.retrieval;
  }

  /**
   * As the API answers it.
   * @param {string} question
   * @param {{language?: string, stop?: string | null, previous?: string[], now?: number}} [around]
   */
  ask(question, { language = this.told.language, stop = null, previous = [], now = Date.now() } = {}) {
    const asked = { question, language, now: new Date(now), here: stop, previous };
    return this.teller.told(question, this.assistant.answer(asked));
  }
}
