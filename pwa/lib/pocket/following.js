// Where a visitor stands and what was asked before: a question that says little of itself borrows from both.

/**
 * @typedef {{says_little: number, here: number, strange: number, borrowed: number}} Rules
 */

/**
 * What standing at a stop adds to its passages.
 * @param {{said: number, unknown: number}} sought
 * @param {boolean} pointing
 * @param {Rules} rules
 */
export function worthOfHere({ said, unknown }, pointing, rules) {
  if (unknown > rules.strange && !pointing) return 0;
  const enough = pointing ? 2 * rules.says_little : rules.says_little;
  return rules.here * (pointing ? 1.5 : 1) * Math.max(0, 1 - said / enough);
}

/**
 * The question before, where this one goes on from it.
 * @param {boolean} pointing
 * @param {number} said
 * @param {string[]} previous
 * @param {Rules} rules
 */
export function borrowed(pointing, said, previous, rules) {
  return previous.length && (pointing || said < rules.says_little / 2) ? previous[previous.length - 1] : null;
}
