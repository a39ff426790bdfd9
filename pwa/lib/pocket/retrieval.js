// Finding what answers: first the passages, then the sentences, and how sure that is. Scores are shares of what is asked for.

import { LONGEST } from "./asking.js";
import { confidence } from "./confidence.js";
import { words as wordsOf } from "./folding.js";
import { borrowed, worthOfHere } from "./following.js";
import { held } from "./holding.js";
import { Lexical } from "./lexical.js";
import { Neighbours } from "./neighbours.js";
import { looks, ranked } from "./ranking.js";
import { Restorer } from "./restoring.js";
import { Rows } from "./rows.js";
import { sought } from "./seeking.js";
import { asTyped, shown } from "./showing.js";
import { signs } from "./signs.js";
import { Speller } from "./spelling.js";
import { joined, wanted } from "./wanting.js";

const MOST_PASSAGES_OF_STOPS = 60;

/**
 * @typedef {import("./seeking.js").Sought} Sought
 * @typedef {{stops: string[], sentences: {passage: number, number: number, score: number}[], confidence: number,
 *   threshold: number, understood: string | null}} Found
 */

/** One museum's passages in one language. */
export class Retrieval {
  /** @type {Map<import("./rows.js").Row, import("./signs.js").Signs>} */
  #signs = new Map();
  /** @type {Restorer | null} */
  #restorer = null;
  /** @type {Speller | null} */
  #speller = null;

  /**
   * @param {any} told A mind of the file.
   * @param {{asking: import("./asking.js").Asking, signs: Record<string, Record<string, string[]>>}} known
   */
  constructor(told, known) {
    this.language = told.language;
    this.tongue = told.language.split("-")[0];
    this.rules = told.rules;
    this.known = known;
    this.rows = new Rows(told.passages);
    this.lexical = new Lexical(this.rows, told.rules);
    this.vocabulary = new Set(this.rows.all.flatMap((row) => row.words.map((word) => word.folded)));
    this.#learn(told);
  }

  /**
   * @param {string} question
   * @param {string} language
   * @param {string | null} here
   * @param {string[]} previous
   * @returns {Found}
   */
  find(question, language, here, previous) {
    if (!this.rows.passages.length) return { stops: [], sentences: [], confidence: 0, threshold: 1, understood: null };
    const weighed = this.#weigh(question, language, here, previous);
    const near = weighed.best.slice(0, this.rules.quoted_from);
    const close = weighed.held.filter((one) => near.includes(one.row.passage));
    const asked = signs(weighed.text, this.language, this.known.signs);
    const seen = looks(close, weighed, close.map((one) => this.#sign(one.row)), asked, this.rows.meanLength, this.rules.carried);
    return {
      stops: this.#stopsOf(weighed),
      sentences: ranked(seen, this.rules.sentences).slice(0, 10),
      confidence: confidence(weighed, seen, this.rules.sure),
      threshold: this.rules.sure.threshold,
      understood: weighed.understood,
    };
  }

  /**
   * @param {string} question
   * @param {string} language
   * @param {string | null} here
   * @param {string[]} previous
   * @returns {import("./seeking.js").Weighed}
   */
  #weigh(question, language, here, previous) {
    const { asked, text: own, understood } = this.#understood(question, language);
    let [seek, text] = [this.#sought(asked, language), own];
    const before = borrowed(asked.pointing, seek.said, previous, this.rules);
    if (before) {
      const earlier = this.#understood(before, language);
      seek = this.#joined(seek, this.#sought(earlier.asked, language));
      text = `${earlier.text} ${own}`;
    }
    const lexical = this.lexical.scores(seek.gains).map((score) => score / seek.mass);
    const worth = here ? worthOfHere(seek, asked.pointing, this.rules) : 0;
    const scores = lexical.map((score, place) => score + (here && this.rows.passages[place].stop === here ? worth : 0));
    const near = highest(scores, MOST_PASSAGES_OF_STOPS);
    const looked = near.slice(0, this.rules.looked_at).sort((one, other) => one - other);
    const rows = held(this.rows, looked, seek, this.lexical);
    for (const place of looked) {
      const mine = rows.filter(({ row }) => row.passage === place && row.number > 0).map((one) => one.weighed);
      scores[place] += this.rules.best_sentence * Math.max(0, ...mine);
    }
    const best = looked.sort((one, other) => scores[other] - scores[one]);
    near.sort((one, other) => one - other);
    return { question: asked, text, understood, sought: seek, lexical, scores, best, near, held: rows };
  }

  /**
   * @param {string} question
   * @param {string} language
   */
  #understood(question, language) {
    const words = wordsOf(question).slice(0, LONGEST);
    const meant = words.length ? this.#meant(question, words, language.split("-")[0]) : null;
    if (!meant) return { asked: this.known.asking.ofWords(words, language), text: question, understood: null };
    const understood = shown(question, words, meant);
    return { asked: this.known.asking.ofWords(meant.map((one) => wordsOf(one)[0]), language), text: understood ?? question, understood };
  }

  /**
   * The words as they would be written; nothing where that cannot be told.
   * @param {string} question
   * @param {import("./folding.js").Word[]} words
   * @param {string} tongue
   */
  #meant(question, words, tongue) {
    if (tongue !== this.tongue) return null;
    return this.#restorer?.restored(words) ?? this.#speller?.mended(words, asTyped(question, words)) ?? null;
  }

  /**
   * Of a question in another language, names and numbers: no table of translations comes along.
   * @param {import("./asking.js").Question} question
   * @param {string} language
   */
  #sought(question, language) {
    return sought(wanted(question, this.rules), this.lexical, language.split("-")[0] !== this.tongue);
  }

  /**
   * With the words of the question before, at a part of their weight.
   * @param {Sought} own
   * @param {Sought} earlier
   */
  #joined(own, earlier) {
    return { ...sought(joined(own.wanted, earlier.wanted, this.rules.borrowed), this.lexical), said: own.said + earlier.said };
  }

  /** @param {import("./seeking.js").Weighed} weighed */
  #stopsOf({ near, scores }) {
    const ordered = [...near].sort((one, other) => scores[other] - scores[one]);
    return [...new Set(ordered.map((place) => this.rows.passages[place].stop))].filter((stop) => stop !== undefined);
  }

  /** @param {import("./rows.js").Row} row */
  #sign(row) {
    const known = this.#signs.get(row) ?? signs(row.text, this.language, this.known.signs);
    this.#signs.set(row, known);
    return known;
  }

  /** @param {any} told */
  #learn({ syllables, spelling }) {
    if (!syllables && !spelling) return;
    const worth = (syllables?.rules ?? spelling).of_the_museum;
    const museum = Neighbours.ofTexts(this.rows.all.map((row) => row.words.map((word) => word.written)), worth);
    if (syllables) this.#restorer = new Restorer([Neighbours.atLarge(syllables), museum], syllables.rules);
    else this.#speller = new Speller(museum, this.known.asking.phrases(this.tongue), spelling);
  }
}

/**
 * The places of the highest, of equal ones the first.
 * @param {Float64Array} scores
 * @param {number} count
 */
function highest(scores, count) {
  const places = Array.from(scores.keys());
  return places.sort((one, other) => scores[other] - scores[one] || one - other).slice(0, count);
}
