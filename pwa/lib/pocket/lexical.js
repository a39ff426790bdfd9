// Finding by words: which passages hold what a question asks for, and how much of it. BM25, as on the server.

const FULL = 255;

/**
 * @typedef {import("./rows.js").Rows} Rows
 * @typedef {import("./wanting.js").Wanted} Wanted
 * @typedef {{saturation: number, by_length: number, fewest: number, most_postings: number}} Rules
 */

export class Lexical {
  /** @type {Map<number, number[]>} Of each term the passages that hold it, each followed by how well it fits there. */
  #postings = new Map();

  /**
   * @param {Rows} rows
   * @param {Rules} rules
   */
  constructor(rows, rules) {
    this.rules = rules;
    this.count = rows.passages.length;
    const lengths = rows.passages.map((_, place) => rows.of(place).reduce((sum, row) => sum + row.length, 0));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1);
    lengths.forEach((length, place) => this.#add(place, rows.of(place), this.burden(length / mean)));
  }

  /** @param {number} length What a text's length, as a multiple of the mean, weighs against each occurrence. */
  burden(length) {
    return this.rules.saturation * (1 - this.rules.by_length + this.rules.by_length * length);
  }

  /**
   * How many passages hold a term.
   * @param {number} term
   */
  held(term) {
    return (this.#postings.get(term)?.length ?? 0) / 2;
  }

  /** @param {number} term */
  rarity(term) {
    const texts = Math.max(this.count, this.rules.fewest);
    const held = this.held(term);
    return Math.log1p((texts - held + 0.5) / (held + 0.5));
  }

  /**
   * What each passage holds of what is wanted.
   * @param {Map<number, number>} gains
   */
  scores(gains) {
    const scores = new Float64Array(this.count);
    const unit = (this.rules.saturation + 1) / FULL;
    for (const [term, gain] of gains) {
      const postings = this.#postings.get(term) ?? [];
      if (postings.length / 2 > this.rules.most_postings) continue;
      for (let at = 0; at < postings.length; at += 2) scores[postings[at]] += gain * unit * postings[at + 1];
    }
    return scores;
  }

  /**
   * @param {number} place
   * @param {import("./rows.js").Row[]} rows
   * @param {number} burden
   */
  #add(place, rows, burden) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const { terms, counts: often } of rows) terms.forEach((term, at) => counts.set(term, (counts.get(term) ?? 0) + often[at]));
    for (const [term, count] of counts) {
      const fit = Math.min(Math.max(halfToEven(FULL * (count / (count + burden))), 1), FULL);
      const there = this.#postings.get(term);
      if (there) there.push(place, fit);
      else this.#postings.set(term, [place, fit]);
    }
  }
}

/** @param {number} number */
function halfToEven(number) {
  const rounded = Math.round(number);
  return rounded - number === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}
