// The camera looks for a code: with the browser's own eye where it has one, else with one that we serve.

const EVERY = 110;
const STILL_HELD = 3000;
const LARGEST = 800;

/** Why there is no camera; the name of a sentence on the page. */
export class NoCamera extends Error {}

export class Camera {
  #looking = 0;
  /** @type {Map<string, number>} When each code was last before the camera. */
  #seen = new Map();

  /**
   * @param {HTMLVideoElement} video
   * @param {{scanner: string, wasm: string}} bundle
   * @param {(text: string) => boolean} found Answers whether it took the code up, or was busy with another.
   */
  constructor(video, bundle, found) {
    this.video = video;
    this.bundle = bundle;
    this.found = found;
  }

  get on() {
    return Boolean(this.video.srcObject);
  }

  async open() {
    if (this.on) return;
    if (!navigator.mediaDevices) throw new NoCamera("insecure");
    const read = await readerOf(this.bundle);
    this.video.srcObject = await navigator.mediaDevices
      .getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } } })
      .catch(({ name }) => {
        throw new NoCamera(name === "NotAllowedError" ? "denied" : "none");
      });
    await this.video.play();
    this.#look(read, ++this.#looking);
  }

  close() {
    this.#looking++;
    for (const track of this.#tracks) track.stop();
    this.video.srcObject = null;
  }

  /** Whether it has a lamp. */
  get lamp() {
    return this.#tracks.some((track) => "torch" in (track.getCapabilities?.() ?? {}));
  }

  /** @param {boolean} on */
  async light(on) {
    const wanted = /** @type {MediaTrackConstraints} */ ({ advanced: [/** @type {MediaTrackConstraintSet} */ ({ torch: on })] });
    await Promise.all(this.#tracks.map((track) => track.applyConstraints(wanted)));
  }

  get #tracks() {
    return /** @type {MediaStream | null} */ (this.video.srcObject)?.getVideoTracks() ?? [];
  }

  /** @param {(video: HTMLVideoElement) => Promise<string>} read @param {number} turn */
  async #look(read, turn) {
    while (turn === this.#looking) {
      const began = performance.now();
      const text = this.video.readyState > 1 && !document.hidden ? await read(this.video).catch(() => "") : "";
      if (text && turn === this.#looking) this.#saw(text);
      await new Promise((done) => setTimeout(done, Math.max(20, EVERY - (performance.now() - began))));
    }
  }

  /** A code that stays before the camera is one scan, also among others that stay beside it. @param {string} text */
  #saw(text) {
    const now = performance.now();
    for (const [earlier, at] of this.#seen) if (now - at > STILL_HELD) this.#seen.delete(earlier);
    if (this.#seen.has(text) || this.found(text)) this.#seen.set(text, now);
  }
}

/** @param {{scanner: string, wasm: string}} bundle @returns {Promise<(video: HTMLVideoElement) => Promise<string>>} */
async function readerOf({ scanner, wasm }) {
  const own = await ownReader();
  if (own) return own;
  if (!scanner) throw new NoCamera("reader");
  const { openReader } = await import(scanner).catch(() => {
    throw new NoCamera("reader");
  });
  const read = await openReader(wasm).catch(() => {
    throw new NoCamera("reader");
  });
  const canvas = document.createElement("canvas");
  return async (video) => read(pictureOf(video, canvas));
}

async function ownReader() {
  const { BarcodeDetector } = /** @type {any} */ (globalThis);
  const formats = await BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (!formats?.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (/** @type {HTMLVideoElement} */ video) => (await detector.detect(video))[0]?.rawValue ?? "";
}

/** No larger than reading needs. @param {HTMLVideoElement} video @param {HTMLCanvasElement} canvas */
function pictureOf(video, canvas) {
  const scale = Math.min(1, LARGEST / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  brush.drawImage(video, 0, 0, canvas.width, canvas.height);
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}
