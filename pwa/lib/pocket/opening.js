// Opens the pocket of a museum that was taken along: in a worker of its own, so that the page goes on meanwhile; else on the page.

/** The museum is not in this phone. */
export class NotTaken extends Error {}

/**
 * @typedef {{stop?: string | null, previous?: string[], now?: number}} Around
 * @typedef {{ask(question: string, around?: Around): Promise<any>, find(query: string): Promise<any>}} Opened
 */

/**
 * @param {string} museum
 * @param {string} language
 * @param {string} reader The address of worker.js, which reads the file.
 * @returns {Promise<Opened>}
 */
export async function open(museum, language, reader) {
  const file = await kept(`/api/v1/museums/${museum}/pocket?lang=${encodeURIComponent(language)}`);
  return aside(reader, file).catch(() => here(reader, file));
}

/** @param {string} url Only what was kept: asking must not begin to load a museum over a poor network. */
async function kept(url) {
  const found = "caches" in globalThis ? await caches.match(url) : undefined;
  if (!found) throw new NotTaken();
  return found.text();
}

/**
 * @param {string} reader
 * @param {string} file
 * @returns {Promise<Opened>}
 */
function aside(reader, file) {
  const worker = new Worker(reader, { type: "module" });
  /** @type {Map<number, {resolve: (told: any) => void, reject: (problem: Error) => void}>} */
  const waiting = new Map();
  let asked = 0;
  const ask = (/** @type {string} */ task, /** @type {any[]} */ ...told) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ number: asked, task, told });
    });
  worker.addEventListener("message", ({ data: { number, answer, problem } }) => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (problem) one?.reject(new Error(problem));
    else one?.resolve(answer);
  });
  worker.addEventListener("error", () => waiting.forEach(({ reject }) => reject(new Error("The reader did not open."))));
  return ask("open", file).then(() => ({ ask: (question, around) => ask("ask", question, around), find: (query) => ask("find", query) }));
}

/**
 * @param {string} reader
 * @param {string} file
 * @returns {Promise<Opened>}
 */
async function here(reader, file) {
  const { Pocket } = await import(reader);
  const pocket = new Pocket(JSON.parse(file));
  return { ask: async (question, around) => pocket.ask(question, around), find: async (query) => pocket.find(query) };
}
