// A question may be spoken: held, heard on the museum's own machine or on this device, and put into the box to be corrected.

const LONGEST = 20_000;
const A_TAP = 400;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/**
 * Attributes: `for`, the box that is filled; `museum`, `language`; `ear`: whether the museum's machine hears the language
 * ("well", "poorly", or nothing where it has no ear). Hidden where neither it nor the device can. Never a third party's.
 */
export default class GuideSpeak extends HTMLElement {
  static tag = "guide-speak";

  /** @type {Way | null} */
  #way = null;
  /** @type {Taking | null} */
  #taking = null;
  #pressed = 0;
  #left = 0;

  async connectedCallback() {
    if (this.#way) return; // moved, not new
    const language = String(this.getAttribute("language"));
    const ear = this.getAttribute("ear");
    const records = globalThis.isSecureContext && "mediaDevices" in navigator && "MediaRecorder" in globalThis;
    if (ear === "well" && records) this.#way = recorded;
    else if (await heardHere(language)) this.#way = recognised;
    this.hidden = !this.#way && !ear;
    this.#find(".speak").hidden = !this.#way;
    this.#find(".privately").textContent = this.#told(ear) ?? "";
    if (this.#way) this.#wake();
  }

  /** Where the voice goes, or why there is nothing to speak into. @param {string | null} ear */
  #told(ear) {
    if (this.#way) return this.#way === recorded ? this.dataset.private : this.dataset.onDevice;
    if (ear === "poorly") return this.dataset.poorly;
    return globalThis.isSecureContext ? this.dataset.noMicrophone : this.dataset.insecure;
  }

  disconnectedCallback() {
    this.#taking?.drop();
  }

  #wake() {
    const hold = this.#find(".hold");
    hold.addEventListener("pointerdown", (event) => event.button === 0 && this.#press(event));
    hold.addEventListener("pointerup", () => this.#letGo());
    hold.addEventListener("pointercancel", () => this.#drop());
    hold.addEventListener("click", (event) => event.detail === 0 && (this.#taking ? this.#done() : this.#begin()));
    hold.addEventListener("contextmenu", (event) => event.preventDefault());
    this.#find(".discard").addEventListener("click", () => this.#drop());
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#taking && this.#drop());
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (this.#taking) return void (this.#pressed = 0);
    /** @type {Element} */ (event.target).closest("button")?.setPointerCapture(event.pointerId);
    this.#pressed = Date.now();
    this.#begin();
  }

  /** Held and let go, or tapped once to begin and once more to end. */
  #letGo() {
    if (!this.#taking) return;
    if (this.#pressed && Date.now() - this.#pressed < A_TAP) this.#label(this.dataset.tapped);
    else this.#done();
  }

  async #begin() {
    if (!this.#way || this.hasAttribute("state")) return;
    this.#state("listening");
    this.#label(this.dataset.stop);
    this.#say("");
    this.#find(".gauge i").style.setProperty("--level", "0");
    try {
      const taking = (this.#taking = this.#way(this));
      await taking.ready;
      if (this.#taking === taking) this.#countDown();
    } catch (problem) {
      this.#rest();
      this.#say(refused(problem) ? this.dataset.denied : this.dataset.noMicrophone);
    }
  }

  #countDown() {
    const until = Date.now() + LONGEST;
    const show = () => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      this.#find(".seconds").textContent = (this.dataset.left ?? "").replace("[seconds]", String(left));
      if (!left) this.#done();
    };
    this.#left = setInterval(show, 250);
    show();
  }

  async #done() {
    const taking = this.#taking;
    this.#taking = null;
    if (!taking) return;
    this.#rest();
    this.#state("waiting");
    this.#say(this.dataset.waiting);
    try {
      this.#fill(await taking.text());
    } catch (problem) {
      this.#say(problem instanceof Told ? problem.message : refused(problem) ? this.dataset.denied : this.dataset.failed);
    } finally {
      this.removeAttribute("state");
    }
  }

  #drop() {
    if (!this.#taking) return;
    this.#taking.drop();
    this.#taking = null;
    this.#rest();
    this.#say(this.dataset.cancelled);
  }

  /** What was heard waits in the box, to be corrected; nothing is asked by itself. @param {string} heard */
  #fill(heard) {
    if (!heard) return this.#say(this.dataset.silent);
    const box = /** @type {HTMLInputElement} */ (document.getElementById(String(this.getAttribute("for"))));
    box.value = heard;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(heard.length, heard.length);
    this.#say(this.dataset.heard);
  }

  /** How loud it is, from 0 to 1, so that one sees that the microphone works. @param {number} level */
  loud(level) {
    this.#find(".gauge i").style.setProperty("--level", level.toFixed(2));
  }

  #rest() {
    clearInterval(this.#left);
    this.#find(".seconds").textContent = "";
    this.#label(this.dataset.hold);
    this.removeAttribute("state");
    for (const part of [".gauge", ".discard"]) this.#find(part).hidden = true;
  }

  /** @param {string} name */
  #state(name) {
    this.setAttribute("state", name);
    for (const part of [".gauge", ".discard"]) this.#find(part).hidden = name !== "listening";
  }

  /** @param {string | undefined} words */
  #label(words) {
    this.#find(".hold span").textContent = words ?? "";
  }

  /** @param {string | undefined} words */
  #say(words) {
    this.#find(".said").textContent = words ?? "";
  }

  /** @param {string} part */
  #find(part) {
    return /** @type {HTMLElement} */ (this.querySelector(part));
  }
}

/**
 * @typedef {{ready: Promise<unknown>, text: () => Promise<string>, drop: () => void}} Taking
 * @typedef {(element: GuideSpeak) => Taking} Way
 */

/** The museum's own words on why not. */
class Told extends Error {}

/** @param {unknown} problem */
function refused(problem) {
  return problem instanceof DOMException && ["NotAllowedError", "SecurityError"].includes(problem.name);
}

/** By the museum's machine, which gets ready meanwhile: recorded here, sent once, and kept by nobody. @type {Way} */
function recorded(element) {
  fetch(door(element)).catch(() => {});
  const leaving = new AbortController();
  /** @type {Blob[]} */
  const pieces = [];
  const opened = navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 } });
  const running = opened.then((stream) => {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.start();
    measure(stream, element, leaving.signal);
    return { stream, recorder };
  });
  const stop = async () => {
    leaving.abort();
    const { stream, recorder } = await running;
    const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
    if (recorder.state !== "inactive") {
      recorder.stop();
      await ended;
    }
    for (const track of stream.getTracks()) track.stop();
    return new Blob(pieces, { type: recorder.mimeType });
  };
  return { ready: running, text: async () => written(element, await stop()), drop: () => void stop().catch(() => {}) };
}

/** @param {GuideSpeak} element */
function door(element) {
  return `/api/v1/museums/${element.getAttribute("museum")}/spoken-questions?lang=${element.getAttribute("language")}`;
}

/** @param {GuideSpeak} element @param {Blob} sound */
async function written(element, sound) {
  const answer = await fetch(door(element), {
    method: "POST",
    headers: { "content-type": sound.type },
    body: sound,
  });
  const told = await answer.json();
  if (!answer.ok) throw new Told(told.message);
  return String(told.heard);
}

/** @param {MediaStream} stream @param {GuideSpeak} element @param {AbortSignal} leaving */
function measure(stream, element, leaving) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const look = () => {
    if (leaving.aborted) return void context.close();
    analyser.getFloatTimeDomainData(wave);
    const loud = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
    element.loud(Math.min(1, Math.max(0, (20 * Math.log10(loud + 1e-6) + 55) / 45)));
    requestAnimationFrame(look);
  };
  look();
}

/** Whether this device itself understands the language, now, with nothing to fetch. @param {string} language */
async function heardHere(language) {
  const here = /** @type {any} */ (globalThis).SpeechRecognition;
  if (!here?.available || !("processLocally" in here.prototype)) return false;
  return here.available({ langs: [spokenTag(language)], processLocally: true }).then(
    (/** @type {string} */ answer) => answer === "available",
    () => false,
  );
}

/** Browsers name a language with its country. @param {string} language */
function spokenTag(language) {
  const own = navigator.languages.find((tag) => tag.includes("-") && tag.startsWith(`${language}-`));
  const told = new Intl.Locale(language).maximize();
  return own ?? `${told.language}-${told.region}`;
}

/** By the device itself, and by nothing else: it is asked to fail sooner than to send the voice away. @type {Way} */
function recognised(element) {
  const recognition = new /** @type {any} */ (globalThis).SpeechRecognition();
  Object.assign(recognition, { lang: spokenTag(String(element.getAttribute("language"))), processLocally: true, continuous: true, interimResults: false });
  let heard = "";
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    recognition.onend = () => resolve();
    recognition.onerror = (/** @type {any} */ { error }) => {
      if (error === "not-allowed") reject(new DOMException(error, "NotAllowedError"));
      else if (error !== "no-speech" && error !== "aborted") reject(new Error(error));
    };
  });
  ended.catch(() => {});
  recognition.onresult = (/** @type {any} */ { results }) => {
    heard = [...results].map(([best]) => best.transcript).join(" ").trim();
  };
  recognition.start();
  const text = async () => {
    recognition.stop();
    await ended;
    return heard;
  };
  return { ready: Promise.resolve(), text, drop: () => recognition.abort() };
}
