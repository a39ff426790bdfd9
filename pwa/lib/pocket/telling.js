// An answer as the server would give it: one text, and a citation for everything quoted.

import { isQuoted, quotesIn } from "./answer.js";

/**
 * @typedef {import("./answer.js").Part} Part
 * @typedef {import("./answer.js").Said} Said
 */

/** Something was about to be said that is none of our sentences. */
export class NotOurWords extends Error {}

export class Teller {
  /** @param {Record<string, string>} says Our own sentences, by key. */
  constructor(says) {
    this.says = says;
  }

  /**
   * @param {string} question
   * @param {import("./answer.js").Answer & {suggestions: (string | Said)[]}} answer
   */
  told(question, answer) {
    const cited = quotesIn(answer.parts).sort((one, other) => other.score - one.score);
    return {
      question,
      answer: answer.parts.map((part) => this.#text(part)).join(" "),
      parts: titledOnce(answer.parts.map((part) => this.#part(part))),
      refused: answer.refused,
      citations: cited.map((quote) => this.#citation(quote)),
      near: answer.near,
      suggestions: answer.suggestions.map((one) => (typeof one === "string" ? one : this.say(one))),
      understood: answer.understood,
      audio: null,
    };
  }

  /** @param {Said} said */
  say({ said, facts = {} }) {
    const sentence = this.says[said];
    if (sentence === undefined) throw new NotOurWords(said);
    return sentence.replace(/\{(\w+)\}/g, (_, name) => this.#fact(facts[name]));
  }

  /** @param {string} fact One that begins with @ is itself one of our words. */
  #fact(fact) {
    if (!fact.startsWith("@")) return fact;
    return this.says[fact.slice(1)] ?? fact.slice(1);
  }

  /** @param {Part} part */
  #text(part) {
    return isQuoted(part) ? part.text : this.say(part);
  }

  /** @param {Part} part */
  #part(part) {
    if (!isQuoted(part)) return { text: this.say(part), url: null, title: "", language: null };
    return { text: part.text, url: addressOf(part), title: part.passage.title ?? "", language: part.passage.language };
  }

  /** @param {import("./answer.js").Quoted} quote */
  #citation(quote) {
    const { kind, stop = null, language } = quote.passage;
    return { kind, stop, language, sentence: quote.text, url: addressOf(quote), start_seconds: null, score: Math.round(quote.score * 1e4) / 1e4 };
  }
}

/**
 * Sentences in a row that stand under one title show it below the last of them.
 * @template {{title: string}} T
 * @param {T[]} parts
 */
function titledOnce(parts) {
  return parts.map((part, place) => (part.title === parts[place + 1]?.title ? { ...part, title: "" } : part));
}

/** @param {import("./answer.js").Quoted} quote */
function addressOf({ passage, number }) {
  return passage.kind === "stop" ? `${passage.url}#s${number}` : passage.url;
}
