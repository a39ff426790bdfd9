// <guide-stop>: one stop of a museum, to hear and to read along, on any website.

import { GuideWidget, made } from "./guide-widget.js";

/** One is heard at a time. @type {HTMLAudioElement | null} */
let sounding = null;

/** Attributes: `museum`, `stop`, `language`, `server`. Events: `guide-ready`, `guide-played`, `guide-finished`, `guide-chosen`, `guide-failed`. */
export class GuideStop extends GuideWidget {
  static tag = "guide-stop";
  static dress = `
figure { margin: 0; }
img { display: block; inline-size: 100%; max-block-size: 20em; object-fit: cover; border-radius: calc(var(--guide-radius, .875em) - .3em); background: var(--line); }
figcaption { margin-block-start: .25em; }
.shut { padding: .6em .9em; border-inline-start: 4px solid var(--guide-accent, var(--fill)); background: color-mix(in srgb, currentColor 6%, transparent); }
.deck { display: flex; align-items: center; flex-wrap: wrap; gap: .75em; }
.play { display: inline-flex; align-items: center; gap: .75em; padding-inline: .9em 1.25em; min-block-size: 3.25em; }
.play::before { content: ""; inline-size: 1.1em; block-size: 1.2em; background: currentColor; clip-path: polygon(0 0, 100% 50%, 0 100%); }
.play.on::before { clip-path: polygon(0 0, 35% 0, 35% 100%, 0 100%, 0 0, 65% 0, 100% 0, 100% 100%, 65% 100%, 65% 0); }
.line { flex: 1 1 10em; display: flex; align-items: center; gap: .5em; font-variant-numeric: tabular-nums; }
.line input { flex: 1; min-inline-size: 4em; accent-color: var(--guide-accent, var(--fill)); }
.text { max-block-size: var(--guide-text-height, 15em); overflow: auto; padding-inline-end: .5em; border-block: 1px solid var(--guide-edge, var(--line)); padding-block: .6em; }
.text p + p { margin-block-start: .75em; }
[data-start] { cursor: pointer; border-radius: .25em; }
.spoken { background: var(--guide-glow, var(--lit)); box-shadow: 0 0 0 .15em var(--guide-glow, var(--lit)); }
`;

  /** @type {HTMLAudioElement | null} */
  #audio = null;

  get door() {
    const stop = this.getAttribute("stop");
    return stop ? `widgets/stops/${encodeURIComponent(stop)}` : "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    setTimeout(() => this.isConnected || this.#audio?.pause());
  }

  /** @param {any} card */
  shown(card) {
    const { title, note, audio, paragraphs, words } = card;
    this.#audio?.pause();
    this.#audio = null;
    const text = made("div", { class: "text", part: "text", role: "region", tabindex: 0, "aria-label": words.text, lang: card.text_language, dir: card.text_direction }, ...paragraphs.map(paragraph));
    const heading = made("h3", { part: "title", lang: card.text_language, dir: card.text_direction }, title.text);
    const parts = [
      made("small", { part: "museum" }, card.name),
      heading,
      note && made("p", { class: "shut", part: "notice" }, note),
      card.picture && this.#picture(card.picture),
      audio && this.#deck(card, text),
      !audio && paragraphs.length && made("small", {}, words.silent),
      paragraphs.length && text,
      this.link(card.url, { class: "plain", part: "link" }, words.whole),
    ];
    return parts.filter(Boolean);
  }

  /** @param {{url: string, alt: string, credit: string}} picture */
  #picture({ url, alt, credit }) {
    const image = made("img", { part: "picture", crossorigin: "anonymous", referrerpolicy: "no-referrer", loading: "lazy", alt, src: this.there(url) });
    image.addEventListener("error", () => image.remove());
    return made("figure", {}, image, ...(credit ? [made("figcaption", { class: "faint" }, credit)] : []));
  }

  /** @param {any} card @param {HTMLElement} text */
  #deck({ stop, audio: { url, seconds, voice }, words, language }, text) {
    const audio = (this.#audio = made("audio", { crossorigin: "anonymous", preload: "none", src: this.there(url) }));
    const play = made("button", { type: "button", class: "main play", part: "play" }, words.play);
    const bar = made("input", { type: "range", part: "seek", min: 0, max: seconds ?? 100, step: 0.1, value: 0, "aria-label": words.seek });
    const clock = made("span", {}, seconds ? time(seconds) : "");
    const said = made("p", { role: "status", class: "faint", part: "status" });
    let counted = false;

    const show = () => {
      const length = Number.isFinite(audio.duration) ? audio.duration : seconds;
      bar.max = String(length ?? 100);
      bar.value = String(audio.currentTime);
      bar.setAttribute("aria-valuetext", words.position.replace("[past]", time(audio.currentTime)).replace("[length]", time(length ?? 0)));
      clock.textContent = length ? time(length - audio.currentTime) : "";
      follow(text, audio);
    };
    const state = () => {
      play.classList.toggle("on", !audio.paused);
      play.textContent = audio.paused ? words.play : words.pause;
    };
    const start = () => {
      if (audio.error) audio.load();
      audio.play().catch(() => {});
    };
    play.addEventListener("click", () => (audio.paused ? start() : audio.pause()));
    bar.addEventListener("input", () => (audio.currentTime = Number(bar.value)));
    text.addEventListener("click", (event) => {
      const from = /** @type {HTMLElement} */ (event.target).dataset?.start;
      if (from === undefined || !getSelection()?.isCollapsed) return;
      audio.currentTime = Number(from);
      start();
    });
    for (const type of ["timeupdate", "durationchange", "seeked"]) audio.addEventListener(type, show);
    for (const type of ["play", "pause", "ended", "error"]) audio.addEventListener(type, state);
    audio.addEventListener("waiting", () => (said.textContent = words.preparing));
    audio.addEventListener("error", () => (said.textContent = words.failed));
    audio.addEventListener("playing", () => {
      said.textContent = "";
      this.#learn(text, audio, url);
    });
    audio.addEventListener("play", () => {
      if (sounding !== audio) sounding?.pause();
      sounding = audio;
      if (counted) return;
      counted = true;
      this.#count("play", stop, language);
      this.happened("guide-played", { stop, language });
    });
    audio.addEventListener("ended", () => {
      this.#count("finished", stop, language);
      this.happened("guide-finished", { stop, language });
    });
    return made("div", {}, made("div", { class: "deck" }, play, made("span", { class: "line" }, bar, clock)), made("small", {}, voice), said, audio);
  }

  /** Of a recording that was made for this very tap, the sentences' seconds are known a moment later. @param {HTMLElement} text @param {HTMLAudioElement} audio @param {string} url */
  async #learn(text, audio, url, tries = 5) {
    if (!tries || text.querySelector("[data-start]") || audio.paused) return;
    const card = await this.tell(this.door).catch(() => null);
    const same = card?.audio?.url.split("?")[0] === url.split("?")[0];
    for (const { n, start, end } of same ? card.paragraphs.flat() : []) {
      const span = /** @type {HTMLElement | null} */ (text.querySelector(`[data-sentence="${n}"]`));
      if (span && start !== null) Object.assign(span.dataset, { start, end });
    }
    setTimeout(() => this.#learn(text, audio, url, tries - 1), 2000);
  }

  /** How often it was heard, and never by whom. @param {"play" | "finished"} what @param {string} key @param {string} language */
  #count(what, key, language) {
    this.tell("counts", { what, key, language }).catch(() => {});
  }
}

/** @param {{n: number, text: string, start: number | null, end: number | null}[]} sentences */
function paragraph(sentences) {
  const spans = sentences.map(({ n, text, start, end }) =>
    made("span", { part: "sentence", "data-sentence": n, "data-start": start, "data-end": end }, text),
  );
  return made("p", {}, ...spans.flatMap((span, at) => (at ? [" ", span] : [span])));
}

/** The sentence that is heard is lit, and kept in sight within its own box. @param {HTMLElement} text @param {HTMLAudioElement} audio */
function follow(text, audio) {
  for (const span of /** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-start]"))) {
    const heard = audio.currentTime >= Number(span.dataset.start) && audio.currentTime < Number(span.dataset.end);
    const lit = heard && (audio.currentTime > 0 || !audio.paused);
    if (lit && !span.classList.contains("spoken")) {
      const box = text.getBoundingClientRect();
      const here = span.getBoundingClientRect();
      if (here.top < box.top || here.bottom > box.bottom) text.scrollTop += here.top - box.top - box.height / 3;
    }
    span.classList.toggle("spoken", lit);
    span.setAttribute("part", lit ? "sentence spoken" : "sentence");
  }
}

/** @param {number} seconds */
function time(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

export default GuideStop;
