// Feedback in two taps stays on the page; without a network it waits on the phone, and is sent once when there is one.

const WAITING = "feedback";
const MOST = 30;

/** Wraps the form. Attributes: `museum`, `language`; sets `state`: sent, later or failed. */
export default class GuideFeedback extends HTMLElement {
  static tag = "guide-feedback";

  #form = /** @type {HTMLFormElement} */ (this.querySelector("form"));

  connectedCallback() {
    this.#form.addEventListener("submit", (event) => this.#give(event));
    addEventListener("online", sendWaiting);
    if (navigator.onLine) sendWaiting();
  }

  disconnectedCallback() {
    removeEventListener("online", sendWaiting);
  }

  /** @param {SubmitEvent} event */
  async #give(event) {
    event.preventDefault();
    const { about, face, reason, words } = Object.fromEntries(new FormData(this.#form, event.submitter));
    const given = { id: newId(), about, face, words, language: this.getAttribute("language") };
    const letter = { museum: this.getAttribute("museum"), given: reason ? { ...given, reason } : given };
    this.setAttribute("state", "sending");
    const state = await send(letter);
    if (state === "later") keep([...waiting(), letter]);
    this.#say(state);
  }

  /** @param {string} state */
  #say(state) {
    const word = /** @type {HTMLElement} */ (this.querySelector("#thanks"));
    this.setAttribute("state", state);
    word.textContent = word.dataset[state] ?? "";
    word.focus();
  }
}

/** @typedef {{museum: string | null, given: object}} Letter */

/** @param {Letter} letter @returns {Promise<"sent" | "later" | "failed">} */
async function send({ museum, given }) {
  const told = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(given), keepalive: true };
  const answer = await fetch(`/api/v1/museums/${museum}/feedback`, told).catch(() => null);
  if (answer?.ok) return "sent";
  return !answer || answer.status === 429 || answer.status >= 500 ? "later" : "failed";
}

/** One after the other; whatever cannot go yet stays. The id makes it harmless where two pages send the same. */
async function sendWaiting() {
  for (const letter of waiting()) {
    if ((await send(letter)) === "later") return;
    const sent = JSON.stringify(letter);
    keep(waiting().filter((one) => JSON.stringify(one) !== sent));
  }
}

/** @returns {Letter[]} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(WAITING) ?? "[]");
  } catch {
    return []; // a browser that keeps nothing has nothing waiting
  }
}

/** @param {Letter[]} letters */
function keep(letters) {
  try {
    if (letters.length) localStorage.setItem(WAITING, JSON.stringify(letters.slice(-MOST)));
    else localStorage.removeItem(WAITING);
  } catch {
    // as above
  }
}

/** Random, also where the page came over plain http and `randomUUID` is not there. */
function newId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
