// Answering: verbatim or silent. Small talk, then practical matters, then the museum's texts, then a kind refusal.

import { answer, isQuoted, quotesIn } from "./answer.js";
import { compose } from "./composing.js";
import { folded } from "./folding.js";
import { languageGuessed } from "./guessing.js";
import { base, match } from "./languages.js";
import { practical } from "./practical.js";
import { trusted } from "./trusting.js";

/**
 * @typedef {import("./answer.js").Answer} Answer
 * @typedef {import("./answer.js").Asked} Asked
 * @typedef {import("./answer.js").Part} Part
 * @typedef {import("./matters.js").Matter} Matter
 * @typedef {import("./mind.js").Mind} Mind
 * @typedef {{mind: Mind, found: import("./retrieval.js").Found, trusted: import("./answer.js").Quoted[]}} Search
 */

/** A sentence was about to be said that the file does not have. */
export class NotVerbatim extends Error {}

export class Assistant {
  /**
   * @param {any} told The file.
   * @param {Mind[]} minds The first is that of the pocket.
   * @param {import("./trusting.js").Known & {matters: import("./matters.js").Matters, askedBefore: import("./asked-before.js").AskedBefore}} known
   */
  constructor(told, minds, known) {
    this.told = told;
    this.minds = new Map(minds.map((mind) => [mind.language, mind]));
    this.known = known;
  }

  /**
   * @param {Asked} typed
   * @returns {Answer & {suggestions: (string | import("./answer.js").Said)[]}}
   */
  answer(typed) {
    const asked = { ...typed, question: tidy(typed.question) };
    const found = this.#unanswerable(asked) ?? this.#answered(asked);
    this.#check(found);
    return { ...found, suggestions: this.#suggestions(asked, found) };
  }

  /** @param {Asked} asked */
  #unanswerable({ question }) {
    if ([...question].length > this.told.answering.longest) return answer([{ said: "assistant.too-long" }], { refused: true });
    return /[\p{L}\p{N}]/u.test(question) ? null : answer([{ said: "assistant.empty" }], { refused: true });
  }

  /**
   * @param {Asked} asked
   * @returns {Answer}
   */
  #answered(asked) {
    const matter = this.#matter(asked);
    if (!matter || matter.rest.length) return this.#fromTexts(asked, matter);
    if (this.known.matters.smallTalk.has(matter.topic)) return answer([{ said: `assistant.${matter.topic}` }]);
    const told = this.known.matters.goesOn(asked.question, asked.previous) ? this.#fromTexts(asked, null) : null;
    if (told && !told.refused) return told;
    return this.#practical(asked, matter) ?? this.#fromTexts(asked, matter);
  }

  /**
   * One word that stands nowhere in the museum's texts does not make it another question.
   * @param {Asked} asked
   */
  #matter(asked) {
    const tongues = [...new Set([this.#spoken(asked), asked.language, ...this.told.fallback, "en"])];
    const matter = this.known.matters.in(asked.question, tongues);
    if (!matter?.rest.length || !this.known.matters.nearly(matter)) return matter;
    const first = this.#first(asked);
    return matter.rest.some((word) => first.knows(word)) ? matter : { ...matter, rest: [] };
  }

  /**
   * @param {Asked} asked
   * @param {Matter} matter
   */
  #practical(asked, matter) {
    const known = { calendar: this.told.calendar, days: this.told.days, facilities: this.told.matters.facilities };
    for (const mind of this.#minds(asked)) {
      const parts = practical(matter, known, mind.beside, asked);
      if (parts.length) return answer([...this.#introduced(parts, asked), ...parts]);
    }
    return null;
  }

  /**
   * @param {Asked} asked
   * @param {Matter | null} matter
   */
  #fromTexts(asked, matter) {
    const quotes = this.known.askedBefore.quotes(asked.question, this.#spoken(asked), this.#first(asked).beside);
    if (quotes.length) return answer([...this.#introduced(quotes, asked), ...quotes]);
    const searches = this.#searches(asked, matter);
    const best = searches.find((search) => search.trusted.length);
    if (!best) return this.#refusal(searches[0], matter);
    const around = best.mind.around(new Set(best.trusted.map((one) => one.passage.stop)));
    const parts = compose(meant(asked, best.found).question, this.#spoken(asked), best.trusted, around, this.told);
    return answer([...this.#introduced(parts, asked), ...parts], { near: this.#near(best), understood: best.found.understood });
  }

  /**
   * In the language asked in; and where it is not sure, in the others for what is not told in this one.
   * @param {Asked} asked
   * @param {Matter | null} matter
   * @returns {Search[]}
   */
  #searches(asked, matter) {
    const [first, ...others] = this.#minds(asked);
    const search = this.#search(asked, matter, first);
    const spoken = base(this.#spoken(asked)) === base(first.language);
    if (search.trusted.length || (spoken && first.tellsAll)) return [search];
    const found = others.slice(0, this.told.answering.elsewhere).map((mind) => this.#search(asked, matter, mind));
    const told = found.filter(({ found: { stops } }) => stops.length && !(spoken && first.tells(stops[0])));
    const doubt = (/** @type {Search} */ one) => one.found.threshold - one.found.confidence;
    return [search, ...told.sort((one, other) => doubt(one) - doubt(other))];
  }

  /**
   * @param {Asked} asked
   * @param {Matter | null} matter What the museum has not written of it no stop tells: only the museum's own answers may.
   * @param {Mind} mind
   * @returns {Search}
   */
  #search(asked, matter, mind) {
    const found = mind.retrieval.find(asked.question, this.#spoken(asked), asked.here, asked.previous);
    const candidates = found.sentences.flatMap(({ passage: place, number, score }) => {
      const passage = mind.passages[place];
      const sentence = passage.sentences.find(([nth]) => nth === number);
      return sentence ? [{ passage, number, text: sentence[1], score }] : [];
    });
    const told = trusted(meant(asked, found), this.#spoken(asked), this.#languages(asked)[0], found, candidates, this.known);
    if (!matter || matter.rest.length) return { mind, found, trusted: told };
    return { mind, found, trusted: told.filter((one) => this.known.matters.answeredBy(matter, one.passage)) };
  }

  /**
   * @param {Search} search
   * @param {Matter | null} matter
   */
  #refusal(search, matter) {
    const near = this.#near(search);
    const alone = matter && !matter.rest.length;
    const titles = near.slice(0, 2).flatMap((slug) => this.told.titles[slug] ?? []);
    const nearest = titles.length && !alone ? [{ said: "assistant.near", facts: { titles: titles.join("; ") } }] : [];
    const parts = [{ said: alone ? "assistant.practical-unknown" : "assistant.unknown" }, ...nearest, { said: "assistant.desk" }];
    return answer(parts, { refused: true, near });
  }

  /**
   * Questions that the museum itself answers, then the stops that are near.
   * @param {Asked} asked
   * @param {Answer} found
   */
  #suggestions(asked, found) {
    const quoted = new Set(quotesIn(found.parts).map((quote) => quote.passage.stop));
    const titles = found.near.filter((slug) => !quoted.has(slug)).flatMap((slug) => this.told.titles[slug] ?? []);
    const offered = titles.slice(0, 2).map((title) => ({ said: "assistant.tell-me", facts: { title } }));
    const faqs = this.#first(asked).beside.filter((passage) => passage.kind === "faq").flatMap((passage) => passage.names?.[0] ?? []);
    const common = faqs.filter((question) => folded(question) !== folded(asked.question));
    return [...offered, ...common].slice(0, this.told.answering.suggestions);
  }

  /** @param {Answer} found The rule that does not bend, asserted on every answer against the file itself. */
  #check(found) {
    for (const { passage, number, text } of quotesIn(found.parts)) {
      const there = this.minds.get(passage.language)?.passages.find((one) => one.key === passage.key);
      if (!there?.sentences.some(([nth, said]) => nth === number && said === text)) throw new NotVerbatim(text);
    }
  }

  /**
   * What is quoted in another language than the one asked for is said to be.
   * @param {Part[]} parts
   * @param {Asked} asked
   * @returns {Part[]}
   */
  #introduced(parts, asked) {
    const quoted = parts.find(isQuoted)?.passage.language;
    if (!quoted || base(quoted) === base(this.#spoken(asked))) return [];
    return [{ said: "assistant.elsewhere", facts: { language: this.told.endonyms[quoted] ?? quoted } }];
  }

  /** @param {Search} search */
  #near(search) {
    return search.found.stops.slice(0, this.told.answering.near);
  }

  /** @param {Asked} asked The language of the question, whatever the page's is. */
  #spoken(asked) {
    return languageGuessed(asked.question, this.told.guessing) ?? asked.language;
  }

  /** @param {Asked} asked The language of the question where there are texts in it, then the one asked for, then the others. */
  #languages(asked) {
    const wishes = [this.#spoken(asked), asked.language, ...this.told.fallback, ...this.told.languages];
    return [...new Set(wishes.flatMap((wish) => match(wish, this.told.languages) ?? []))];
  }

  /** @param {Asked} asked Those that came along. */
  #minds(asked) {
    return this.#languages(asked).flatMap((language) => this.minds.get(language) ?? []);
  }

  /** @param {Asked} asked */
  #first(asked) {
    return this.#minds(asked)[0];
  }
}

/** @param {string} question As it was meant: composed, without what cannot be seen. */
function tidy(question) {
  return question.normalize("NFC").replace(/[\p{C}\p{Z}]/gu, " ").split(" ").filter(Boolean).join(" ");
}

/**
 * As it was understood: typed "cuoi cung", it asks for what came last and not who was wed.
 * @param {Asked} asked
 * @param {import("./retrieval.js").Found} found
 * @returns {Asked}
 */
function meant(asked, found) {
  return { ...asked, question: found.understood ?? asked.question };
}
