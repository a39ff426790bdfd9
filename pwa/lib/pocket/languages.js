// Languages by their tags, as guide/language.py matches them.

/** @param {string} tag */
export function base(tag) {
  return tag.split("-")[0].toLowerCase();
}

/**
 * `zh-CN` finds `zh`, and `zh` finds `zh-Hant` where there is nothing nearer.
 * @param {string} asked
 * @param {string[]} offered
 * @returns {string | null}
 */
export function match(asked, offered) {
  const wanted = asked.toLowerCase().split("-");
  const near = offered.filter((tag) => base(tag) === wanted[0]);
  const alike = (/** @type {string} */ tag) => {
    const parts = tag.toLowerCase().split("-");
    const differs = parts.findIndex((part, place) => part !== wanted[place]);
    return Math.min(differs < 0 ? parts.length : differs, wanted.length);
  };
  return [...near].sort((one, other) => alike(other) - alike(one) || one.length - other.length)[0] ?? null;
}
