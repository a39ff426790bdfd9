// The reader of the pocket in a thread of its own: it is told to open a file, then asked. Imported, it is the reader alone.

import { Pocket } from "./pocket.js";

export { Pocket };

/** @type {Pocket | undefined} */
let pocket;

const tasks = {
  open: (/** @type {string} */ file) => void (pocket = new Pocket(JSON.parse(file))),
  ask: (/** @type {string} */ question, /** @type {any} */ around) => pocket?.ask(question, around),
  find: (/** @type {string} */ query) => pocket?.find(query),
};

if ("WorkerGlobalScope" in globalThis) {
  globalThis.addEventListener("message", ({ data: { number, task, told } }) => {
    try {
      const answer = tasks[/** @type {keyof typeof tasks} */ (task)](...told);
      globalThis.postMessage({ number, answer });
    } catch (problem) {
      globalThis.postMessage({ number, problem: String(problem) });
    }
  });
}
