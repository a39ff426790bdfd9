// A question is answered without leaving the page; the thread of the visit stays on this phone, and nowhere else.
// Where the server does not answer soon, the museum that was taken along does.

const MOST_KEPT = 20;
const MOST_LEANED_ON = 5;
const PATIENCE = 3000;

/** Attributes: `museum`, `language`, `stop`; `data-opening` and `data-reader` are the addresses of what opens a pocket. Inside: the form, a `.thread`, a `.next`; without this the form is sent as it is. */
export default class GuideAsk extends HTMLElement {
  static tag = "guide-ask";

  /** @type {Turn[]} */
  #turns = [];
  /** @type {Promise<import("../lib/pocket/opening.js").Opened> | null} */
  #pocket = null;

  connectedCallback() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask(this.#typed.value.trim());
    });
    this.addEventListener("click", (event) => {
      const chip = /** @type {Element} */ (event.target).closest(".next a");
      if (!chip) return;
      event.preventDefault();
      this.#ask(chip.textContent?.trim() ?? "");
    });
    this.#turns = this.#remembered();
    const shown = this.#thread.childElementCount;
    for (const turn of this.#turns) this.#thread.insertBefore(this.#article(turn), shown ? this.#thread.lastElementChild : null);
    if (this.#turns.length && !shown) this.#suggest(this.#turns[this.#turns.length - 1].told.suggestions);
    const unanswered = shown ? "" : (this.#address.get("q") ?? "").trim();
    if (unanswered && !this.#turns.some((turn) => turn.question === unanswered)) this.#ask(unanswered);
  }

  /** @param {string} question */
  async #ask(question) {
    if (!question || this.hasAttribute("busy")) return;
    this.toggleAttribute("busy", true);
    this.#typed.value = question;
    this.#say(this.dataset.waiting ?? "");
    try {
      const told = await this.#told(question);
      const turn = { question, told };
      const article = this.#thread.appendChild(this.#article(turn));
      this.#keep(turn);
      this.#suggest(told.suggestions);
      this.#typed.value = "";
      this.#say("");
      article.scrollIntoView({ block: "nearest" });
    } catch (problem) {
      this.#say(problem instanceof Refused ? problem.message : this.dataset.untaken ?? "");
      this.#typed.focus();
    } finally {
      this.toggleAttribute("busy", false);
    }
  }

  /**
   * The server has some seconds; a pocket that is there answers then, and where there is none the server may take its time.
   * @param {string} question
   */
  async #told(question) {
    const previous = this.#turns.slice(-MOST_LEANED_ON).map((turn) => turn.question);
    const around = { stop: this.getAttribute("stop") || this.#address.get("stop") || null, previous };
    const server = this.#fromServer({ question, language: this.getAttribute("language"), ...around });
    const refused = (/** @type {unknown} */ problem) => (problem instanceof Refused ? Promise.reject(problem) : null);
    const soon = await Promise.race([server.catch(refused), new Promise((done) => setTimeout(done, PATIENCE, null))]);
    return /** @type {Told} */ (soon ?? (await this.#fromPocket(question, around).catch(() => server)));
  }

  /**
   * @param {string} question
   * @param {import("../lib/pocket/opening.js").Around} around
   * @returns {Promise<Told>}
   */
  async #fromPocket(question, around) {
    this.#pocket ??= import(this.dataset.opening ?? "").then(({ open }) => open(this.getAttribute("museum"), this.getAttribute("language"), this.dataset.reader));
    try {
      return { ...(await (await this.#pocket).ask(question, around)), kept: true };
    } catch (problem) {
      this.#pocket = null;
      throw problem;
    }
  }

  /** @param {object} asked */
  async #fromServer(asked) {
    const answer = await fetch(`/api/v1/museums/${this.getAttribute("museum")}/questions`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": String(this.getAttribute("language")) },
      body: JSON.stringify(asked),
    });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.message);
    return /** @type {Told} */ (told);
  }

  /** @param {Turn} turn */
  #article({ question, told }) {
    const article = element("article", "asked");
    const asked = element("p", "question", question);
    asked.prepend(element("span", "aside", `${this.dataset.you}: `));
    const answer = element("div", told.refused ? "answer is-silent" : "answer");
    if (told.understood) answer.append(element("p", "understood", (this.dataset.understood ?? "").replace("[question]", told.understood)));
    for (const part of told.parts) answer.append(part.url ? quote(part, this.getAttribute("language")) : element("p", "", part.text));
    if (told.audio) answer.append(player(told.audio, this.dataset.listen ?? ""));
    if (told.kept) answer.append(element("p", "understood", this.dataset.kept));
    article.append(asked, answer);
    return article;
  }

  /** @param {string[]} questions */
  #suggest(questions) {
    const list = this.querySelector(".next ul");
    if (!list) return;
    list.replaceChildren(...questions.map((question) => {
      const item = element("li");
      const chip = item.appendChild(element("a", "chip", question));
      const asked = new URLSearchParams({ q: question, lang: String(this.getAttribute("language")) });
      chip.setAttribute("href", `/${this.getAttribute("museum")}/ask?${asked}`);
      return item;
    }));
    list.closest(".next")?.toggleAttribute("hidden", !questions.length);
  }

  /** @param {string} words */
  #say(words) {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words;
  }

  /** @param {Turn} turn */
  #keep(turn) {
    this.#turns = [...this.#turns, turn].slice(-MOST_KEPT);
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#turns));
    } catch {
      // A phone without room for it still has its answer.
    }
  }

  /** @returns {Turn[]} */
  #remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? "[]");
    } catch {
      return [];
    }
  }

  /** A kept page was made for no question: the one that was sent stands in its address. */
  get #address() {
    return new URLSearchParams(location.search);
  }

  get #name() {
    return `asked ${this.getAttribute("museum")} ${this.getAttribute("language")}`;
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #typed() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[name=q]"));
  }

  get #thread() {
    return /** @type {HTMLElement} */ (this.querySelector(".thread"));
  }
}

/**
 * @typedef {{text: string, url: string | null, title: string, language: string | null}} Part
 * @typedef {{parts: Part[], refused: boolean, understood: string | null, audio: string | null, suggestions: string[], kept?: boolean}} Told
 * @typedef {{question: string, told: Told}} Turn
 */

class Refused extends Error {}

/**
 * @param {Part} part
 * @param {string | null} language
 */
function quote({ text, url, title, language: written }, language) {
  const block = element("blockquote");
  const link = block.appendChild(element("a", "", text));
  link.setAttribute("href", String(url));
  if (written && written !== language) block.lang = written;
  if (title) link.append(element("cite", "", title));
  return block;
}

/**
 * @param {string} url
 * @param {string} label
 */
function player(url, label) {
  const audio = document.createElement("audio");
  Object.assign(audio, { controls: true, preload: "none", src: url });
  audio.setAttribute("aria-label", label);
  return audio;
}

/**
 * @param {string} name
 * @param {string} [kind]
 * @param {string} [text]
 */
function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text) made.textContent = text;
  return made;
}
