// Small talk and practical matters: a greeting, a toilet, the hours; known before anything is looked for.

import { folded } from "./folding.js";
import { base } from "./languages.js";
import { pattern } from "./patterns.js";
import { Tongue, company, cut } from "./tongues.js";

/**
 * `rest`: words that belong to something else; `told`: how many words tell of it.
 * @typedef {{topic: string, rest: string[], told: number, language: string}} Matter
 * @typedef {import("./tongues.js").Company} Company
 * @typedef {{words: import("./folding.js").Word[], asks: boolean, marked: boolean}} Typed
 */

export class Matters {
  /** @type {Map<string, Tongue>} */
  #tongues = new Map();
  #told;
  #own;

  /**
   * @param {any} told
   * @param {string[]} names The museum's own: "Is Bạch Dinh open today?" is about nothing but the hours.
   */
  constructor(told, names) {
    this.#told = told;
    this.#own = company(names.join(" "));
    this.onward = pattern(`^(?:${told.onward})`);
    this.smallTalk = new Set(told.small_talk);
    this.onSite = new Set(told.on_site);
  }

  /**
   * In the first language in which the question is about nothing else; else as the first of all understands it.
   * @param {string} question
   * @param {string[]} languages
   * @returns {Matter | null}
   */
  in(question, languages) {
    const found = languages.flatMap((language) => this.#of(question, language) ?? []);
    return found.find((matter) => !matter.rest.length) ?? found[0] ?? null;
  }

  /**
   * "And how much did it cost?" is about what was asked before, not about tickets.
   * @param {string} question
   * @param {string[]} previous
   */
  goesOn(question, previous) {
    return previous.length > 0 && this.onward.test(folded(question));
  }

  /** @param {Matter} matter Is it about this on site, but for one word? The price of anything else is not the museum's to tell. */
  nearly(matter) {
    return this.onSite.has(matter.topic) && matter.rest.length === 1 && matter.told > 1;
  }

  /**
   * Is this an answer of the museum's own, to a question about the same matter? A child's ticket is one with any ticket.
   * @param {Matter} matter
   * @param {import("./rows.js").Passage} passage
   */
  answeredBy(matter, { kind, names = [], language }) {
    const others = kind === "faq" ? names.flatMap((ask) => this.#of(ask, language) ?? []) : [];
    const same = others.filter((other) => other.topic.split(".")[0] === matter.topic.split(".")[0]);
    return same.some((other) => !other.rest.length || this.nearly(other));
  }

  /** @param {string} language Read once, when it is first asked in. */
  tongue(language) {
    const tongue = base(language);
    const known = this.#tongues.get(tongue) ?? new Tongue(this.#told.tongues[tongue] ?? { around: "", topics: [] }, this.#told);
    this.#tongues.set(tongue, known);
    return known;
  }

  /**
   * @param {string} question
   * @param {string} language
   */
  #of(question, language) {
    const tongue = this.tongue(language);
    const asked = typed(question);
    const covered = coveredBy(tongue, asked);
    const found = tongue.topics.filter((topic) => covered.get(topic.name)?.size).map((topic) => {
      const there = /** @type {Set<number>} */ (covered.get(topic.name));
      return { topic: topic.name, rest: this.#rest(topic, tongue, asked, there), told: there.size, language };
    });
    return found.sort((one, other) => one.rest.length - other.rest.length || other.told - one.told)[0] ?? null;
  }

  /**
   * @param {import("./tongues.js").Topic} topic
   * @param {Tongue} tongue
   * @param {Typed} asked
   * @param {Set<number>} covered
   */
  #rest(topic, tongue, asked, covered) {
    const known = [topic.company, ...(topic.strict ? [] : [tongue.around]), ...(this.smallTalk.has(topic.name) ? [] : [this.#own])];
    const rest = [...asked.words.keys()].filter((place) => !covered.has(place) && !isKnown(asked.words[place], asked, known, topic.numbers));
    const named = topic.names && !asked.asks && isName(rest, covered, this.#told.longest_name);
    return named || topic.anything ? [] : rest.map((place) => asked.words[place].written);
  }
}

/**
 * @param {string} question
 * @returns {Typed}
 */
function typed(question) {
  const words = cut(question);
  const marked = words.filter((word) => word.hasMarks).length;
  return { words, asks: question.includes("?"), marked: marked * 2 >= words.length && marked > 1 };
}

/**
 * Where each topic's phrases stand in the question; nowhere, where something else is shown to be meant.
 * @param {Tongue} tongue
 * @param {Typed} asked
 */
function coveredBy(tongue, asked) {
  /** @type {Map<string, Set<number>>} */
  const covered = new Map();
  const found = tongue.found(asked.words);
  const against = new Set(found.filter(({ phrase }) => phrase.against).map(({ phrase }) => phrase.topic));
  for (const { phrase, start } of found) {
    if (against.has(phrase.topic)) continue;
    const there = covered.get(phrase.topic) ?? new Set();
    phrase.words.forEach((_, place) => there.add(start + place));
    covered.set(phrase.topic, there);
  }
  return covered;
}

/**
 * A few words in a row, right before or behind what announces a name.
 * @param {number[]} places
 * @param {Set<number>} covered
 * @param {number} longest
 */
function isName(places, covered, longest) {
  const [first, last] = [places[0], places[places.length - 1]];
  if (!places.length || places.length > longest || last - first >= places.length) return false;
  return covered.has(first - 1) || covered.has(last + 1);
}

/**
 * @param {import("./folding.js").Word} word
 * @param {Typed} asked
 * @param {Company[]} known
 * @param {boolean} numbers
 */
function isKnown(word, asked, known, numbers) {
  if (known.some((one) => one.written.has(word.written)) || (numbers && /^\p{Nd}+$/u.test(word.folded))) return true;
  return !word.hasMarks && !asked.marked && known.some((one) => one.folded.has(word.folded));
}
