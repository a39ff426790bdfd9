// Telex slips: a visitor whose keyboard was not set to Vietnamese still finds "đảo" with "ddaor" or "d9ao3".

/**
 * @typedef {{tones: Record<string, string>, circumflex: Record<string, string>, horn_or_breve: Record<string, Record<string, string>>,
 *   vowels: string, quality: string, front: string, onsets: string[], rimes: string[], before_front_only: string[],
 *   never_before_front: Record<string, string>}} Told
 */

export class Telex {
  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.rimes = new Set(told.rimes);
  }

  /**
   * The Vietnamese syllable that these keystrokes were meant to write.
   * @param {string} typed
   * @returns {string | null}
   */
  untangled(typed) {
    const { letters, tone } = this.#pressed(typed.toLowerCase());
    if (letters === typed.toLowerCase()) return null;
    for (const spelling of [letters, letters.replaceAll("ươ", "uơ")]) {
      const parts = this.#syllable(spelling);
      if (parts) return this.#toneFits(parts.rime, tone) ? this.#toned(parts.onset, parts.rime, tone) : null;
    }
    return null;
  }

  /** @param {string} letters */
  #syllable(letters) {
    for (const onset of ["", ...this.told.onsets]) {
      const rime = letters.slice(onset.length);
      if (letters.startsWith(onset) && this.rimes.has(rime) && this.#goTogether(onset, rime)) return { onset, rime };
    }
    return null;
  }

  /** @param {string} keys */
  #pressed(keys) {
    let [letters, tone] = ["", ""];
    for (const key of keys) {
      if (this.told.tones[key] && !tone && this.#hasVowel(letters)) tone = this.told.tones[key];
      else letters = this.#withKey(letters, key);
    }
    return { letters, tone };
  }

  /** @param {string} letters */
  #hasVowel(letters) {
    return [...letters].some((letter) => this.told.vowels.includes(letter));
  }

  /**
   * @param {string} letters
   * @param {string} key
   */
  #withKey(letters, key) {
    const { circumflex, horn_or_breve: horn } = this.told;
    if ((key === "d" || key === "9") && letters.startsWith("d")) return `đ${letters.slice(1)}`;
    if (circumflex[key] && letters.includes(key)) return lastReplaced(letters, key, circumflex[key]);
    if (key === "6") return this.#modified(letters, key, circumflex);
    if (horn[key]) return this.#modified(key === "8" ? letters : letters.replaceAll("uo", "ươ"), key, horn[key]);
    return letters + key;
  }

  /**
   * @param {string} letters
   * @param {string} key
   * @param {Record<string, string>} marks
   */
  #modified(letters, key, marks) {
    if (letters.includes("ươ")) return letters;
    const plain = [...letters].reverse().find((letter) => marks[letter]);
    if (plain) return lastReplaced(letters, plain, marks[plain]);
    return letters + (key === "w" && !this.#hasVowel(letters) ? "ư" : key);
  }

  /**
   * @param {string} onset
   * @param {string} rime
   */
  #goTogether(onset, rime) {
    if (onset === "qu") return "aăâeêiyơ".includes(rime[0]) || rime === "ôc";
    if (this.told.before_front_only.includes(onset)) return this.told.front.includes(rime[0]);
    return !(this.told.never_before_front[onset] ?? "").includes(rime[0]);
  }

  /**
   * @param {string} rime
   * @param {string} tone
   */
  #toneFits(rime, tone) {
    return !/(c|ch|p|t)$/.test(rime) || tone === this.told.tones.s || tone === this.told.tones.j;
  }

  /**
   * @param {string} onset
   * @param {string} rime
   * @param {string} tone
   */
  #toned(onset, rime, tone) {
    const at = this.#seat(rime) + 1;
    return (onset + rime.slice(0, at) + tone + rime.slice(at)).normalize("NFC");
  }

  /** @param {string} rime Which letter of it carries the tone: thuở, nước, toán, hòa, khoái. */
  #seat(rime) {
    const marked = [...rime].map((letter, place) => (this.told.quality.includes(letter) ? place : -1)).filter((place) => place >= 0);
    if (marked.length) return marked[marked.length - 1];
    const vowels = [...rime].filter((letter) => this.told.vowels.includes(letter)).length;
    if (vowels < rime.length) return vowels - 1;
    return vowels === 3 ? 1 : 0;
  }
}

/**
 * @param {string} letters
 * @param {string} plain
 * @param {string} marked
 */
function lastReplaced(letters, plain, marked) {
  const at = letters.lastIndexOf(plain);
  return letters.slice(0, at) + marked + letters.slice(at + plain.length);
}
