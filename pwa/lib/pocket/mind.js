// What is in mind of a museum: its passages in one language, and how to find what in them.

import { folded } from "./folding.js";
import { Retrieval } from "./retrieval.js";

/** @typedef {import("./rows.js").Passage} Passage */

export class Mind {
  /** @type {Retrieval | null} */
  #retrieval = null;

  /**
   * @param {any} told
   * @param {ConstructorParameters<typeof Retrieval>[1]} known
   */
  constructor(told, known) {
    this.language = told.language;
    this.tellsAll = told.tells_all;
    /** @type {Passage[]} */
    this.passages = told.passages.map((/** @type {Passage} */ passage) => ({ ...passage, language: told.language }));
    this.toRetrieve = () => new Retrieval({ ...told, passages: this.passages }, known);
    /** What is said of the museum itself, and of no stop. */
    this.beside = this.passages.filter((passage) => !passage.stop);
    this.told = new Set(this.passages.filter((passage) => passage.kind === "stop").map((passage) => passage.stop));
  }

  /** Made when it is first asked: another language seldom is. */
  get retrieval() {
    return (this.#retrieval ??= this.toRetrieve());
  }

  /** @param {Set<string | undefined>} stops All that is told of these stops. */
  around(stops) {
    return this.passages.filter((passage) => passage.stop && stops.has(passage.stop));
  }

  /** @param {string} stop Has it a text of its own in this language? */
  tells(stop) {
    return this.told.has(stop);
  }

  /** @param {string} name */
  knows(name) {
    return folded(name).split(" ").every((word) => this.retrieval.vocabulary.has(word));
  }
}
