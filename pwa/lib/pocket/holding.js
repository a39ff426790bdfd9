// What the rows of a few passages hold of what is wanted, looked up in the rows themselves.

/**
 * `weighed` by BM25: in a short row a word counts for more. `terms`: which of the wanted ones are there; `words`: the places
 * of the question's words that are there as they stand.
 * @typedef {{row: import("./rows.js").Row, weighed: number, share: number, terms: number[], words: Set<number>}} Held
 * @typedef {import("./seeking.js").Sought} Sought
 */

/**
 * @param {import("./rows.js").Rows} rows
 * @param {number[]} passages
 * @param {Sought} sought
 * @param {import("./lexical.js").Lexical} lexical
 * @returns {Held[]}
 */
export function held(rows, passages, sought, lexical) {
  const full = lexical.rules.saturation + 1;
  const terms = Uint32Array.from(sought.wanted.keys()).sort();
  return passages.flatMap((passage) => rows.of(passage)).map((row) => {
    const burden = lexical.burden(row.length / rows.meanLength);
    /** @type {Held} */
    const found = { row, weighed: 0, share: 0, terms: [], words: new Set() };
    for (const [term, often] of common(row, terms)) {
      const gain = /** @type {number} */ (sought.gains.get(term));
      const want = /** @type {import("./wanting.js").Want} */ (sought.wanted.get(term));
      found.weighed += (gain * ((often * full) / (often + burden))) / sought.mass;
      found.share += gain / sought.mass;
      found.terms.push(term);
      if (want.whole) found.words.add(want.place);
    }
    return found;
  });
}

/**
 * Both ascend.
 * @param {import("./rows.js").Row} row
 * @param {Uint32Array} wanted
 * @returns {[number, number][]}
 */
function common({ terms, counts }, wanted) {
  /** @type {[number, number][]} */
  const found = [];
  for (let at = 0, of = 0; at < terms.length && of < wanted.length; ) {
    if (terms[at] === wanted[of]) found.push([terms[at], counts[at]]);
    if (terms[at] <= wanted[of]) at += 1;
    else of += 1;
  }
  return found;
}
