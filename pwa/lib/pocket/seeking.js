// What is known of a question once it is held against the museum's passages.

const LEAST = 1e-6;

/**
 * `gains`: what each wanted term is worth in this museum; `mass`: all of them together; `said`: how much the telling words
 * say; `unknown`: which part of what is asked for stands nowhere here.
 * @typedef {{wanted: import("./wanting.js").Wanted, gains: Map<number, number>, mass: number, said: number, unknown: number}} Sought
 * @typedef {{question: import("./asking.js").Question, text: string, understood: string | null, sought: Sought, lexical: Float64Array,
 *   scores: Float64Array, best: number[], near: number[], held: import("./holding.js").Held[]}} Weighed
 */

/**
 * @param {import("./wanting.js").Wanted} wanted
 * @param {import("./lexical.js").Lexical} lexical
 * @param {boolean} across In another language a word that is not there is no word of the question.
 * @returns {Sought}
 */
export function sought(wanted, lexical, across = false) {
  const gains = new Map();
  let [mass, said, unknown] = [0, 0, 0];
  for (const [term, want] of wanted) {
    const rarity = lexical.rarity(term);
    const held = lexical.held(term);
    const gain = across && !held ? 0 : want.weight * rarity;
    gains.set(term, gain);
    mass += gain;
    if (want.telling) said += rarity / 2;
    if (!held) unknown += gain;
  }
  return { wanted, gains, mass: Math.max(mass, LEAST), said, unknown: unknown / Math.max(mass, LEAST) };
}

/**
 * Which part of all whole words each word of the question is, by its rarity.
 * @param {Sought} sought
 */
export function worthOfWords({ wanted, gains }) {
  /** @type {Map<number, number>} */
  const worth = new Map();
  for (const [term, { whole, place }] of wanted) {
    if (whole) worth.set(place, (worth.get(place) ?? 0) + /** @type {number} */ (gains.get(term)));
  }
  const total = Math.max([...worth.values()].reduce((sum, one) => sum + one, 0), LEAST);
  return new Map([...worth].map(([place, one]) => [place, one / total]));
}
