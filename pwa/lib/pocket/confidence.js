// Knowing when not to answer: how sure it is that the museum has written of what was asked.

/**
 * @param {import("./seeking.js").Weighed} weighed
 * @param {import("./ranking.js").Look[]} looks
 * @param {{of: Record<string, number>, from: number}} rule
 */
export function confidence(weighed, looks, rule) {
  const best = weighed.best[0];
  const seen = looks.filter((look) => look.passage === best).map((look) => look.features);
  const [first, second = 0] = weighed.best.map((place) => weighed.scores[place]);
  const share = weighed.lexical[best];
  const others = weighed.lexical.reduce((most, score, place) => (place === best ? most : Math.max(most, score)), 0);
  /** @type {Record<string, number>} */
  const evidence = {
    share,
    share_margin: share - others,
    sentence: Math.max(0, ...seen.map((one) => one.weighed)),
    words: Math.max(0, ...seen.map((one) => one.words)),
    margin: first - second,
  };
  const told = Object.entries(rule.of).reduce((sum, [name, weight]) => sum + weight * (evidence[name] ?? 0), rule.from);
  return 1 / (1 + Math.exp(-told));
}
