// <guide-ask>: a question to the museum from any website, answered with the museum's own sentences.

import { GuideWidget, Refused, made } from "./guide-widget.js";

const MOST_LEANED_ON = 5;

/** Attributes: `museum`, `stop`, `language`, `server`. Events: `guide-ready`, `guide-asked`, `guide-chosen`, `guide-failed`. */
export class GuideAsk extends GuideWidget {
  static tag = "guide-ask";
  static dress = `
label { display: block; font-weight: 600; margin-block-end: .35em; }
.row { display: flex; flex-wrap: wrap; gap: .5em; }
.row input { flex: 1 1 10em; padding-inline: .9em; background: transparent; border: 1px solid var(--guide-edge, var(--rim)); border-radius: var(--guide-radius, .875em); appearance: none; }
.row input::placeholder { color: var(--guide-quiet, var(--faint)); opacity: 1; }
.thread > * + * { margin-block-start: 1em; }
.thread:empty, [role=status]:empty { display: none; }
.question { font-weight: 600; }
blockquote { margin: .4em 0 0; padding-inline-start: .9em; border-inline-start: 3px solid var(--guide-accent, var(--fill)); }
blockquote a { display: block; padding-block: .4em; text-decoration: none; }
blockquote a:hover { text-decoration: underline; }
cite { display: block; font-size: .875em; color: var(--guide-quiet, var(--faint)); }
audio { inline-size: 100%; margin-block-start: .5em; }
`;

  /** This page's questions, on which the next may lean; they are kept nowhere. @type {string[]} */
  #before = [];

  get door() {
    const stop = this.getAttribute("stop");
    return stop ? `widgets/questions?stop=${encodeURIComponent(stop)}` : "widgets/questions";
  }

  /** @param {any} card */
  shown(card) {
    const { words } = card;
    this.#before = [];
    const typed = made("input", { id: "question", part: "question", autocomplete: "off", enterkeyhint: "send", maxlength: 1000, required: true, placeholder: words.example });
    const form = made("form", { part: "form" }, made("label", { for: "question" }, words.label), made("div", { class: "row" }, typed, made("button", { class: "main", part: "send" }, words.go)));
    const thread = made("div", { class: "thread", part: "thread", role: "log", "aria-label": words.thread });
    const said = made("p", { role: "status", class: "faint", part: "status" });
    const next = made("div", { class: "chips", role: "group", "aria-label": words.next });
    const ask = (/** @type {string} */ question) => this.#ask(question, card, { typed, thread, said, next, form });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(typed.value.trim());
    });
    next.addEventListener("click", (event) => {
      const chip = /** @type {HTMLElement} */ (event.target).closest("button");
      if (chip) ask(chip.textContent ?? "");
    });
    this.#offer(next, card.suggestions);
    return [
      made("small", { part: "museum" }, card.name),
      made("h3", { part: "title" }, card.about || words.title),
      thread,
      form,
      said,
      next,
      this.link(card.url, { class: "plain", part: "link" }, words.whole),
    ];
  }

  /** @param {string} question @param {any} card @param {Record<string, any>} parts */
  async #ask(question, card, { typed, thread, said, next, form }) {
    const { words, language, stop } = card;
    if (!question || form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    typed.value = question;
    said.textContent = words.waiting;
    try {
      const told = await this.tell("questions", { question, language, stop, previous: this.#before.slice(-MOST_LEANED_ON) });
      this.#before.push(question);
      thread.append(this.#turn(question, told, words));
      this.#offer(next, told.suggestions);
      typed.value = said.textContent = "";
      this.happened("guide-asked", { language, refused: told.refused, urls: told.citations.map((/** @type {any} */ { url }) => this.there(url)) });
    } catch (problem) {
      said.textContent = problem instanceof Refused ? problem.message : words.failed;
    } finally {
      form.removeAttribute("aria-busy");
    }
  }

  /** @param {string} question @param {any} told @param {any} words */
  #turn(question, told, words) {
    const answer = made("div", { part: "answer" }, ...told.parts.map((/** @type {any} */ part) => (part.url ? this.#quote(part) : made("p", {}, part.text))));
    if (told.audio) {
      answer.append(made("audio", { crossorigin: "anonymous", controls: true, preload: "none", src: this.there(told.audio), "aria-label": words.listen }));
    }
    return made("div", { part: "turn" }, made("p", { class: "question" }, made("span", { class: "aside" }, `${words.you}: `), question), answer);
  }

  /** @param {{text: string, url: string, title: string, language: string}} part */
  #quote({ text, url, title, language }) {
    return made("blockquote", { part: "quote", lang: language }, this.link(url, {}, text, ...(title ? [made("cite", {}, title)] : [])));
  }

  /** @param {HTMLElement} next @param {string[]} questions */
  #offer(next, questions) {
    next.hidden = !questions.length;
    next.replaceChildren(...questions.map((question) => made("button", { type: "button", class: "chip", part: "suggestion" }, question)));
  }
}

export default GuideAsk;
