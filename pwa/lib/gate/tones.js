// Each kind of verdict has its own sound and its own shake, so that nobody must look.

/** @typedef {"go" | "talk" | "stop" | "told"} Kind */

/** @type {Record<Kind, {shape: OscillatorType, notes: [hertz: number, seconds: number][], shake: number[]}>} */
const HEARD = {
  go: { shape: "sine", notes: [[880, 0.09], [1319, 0.2]], shake: [90] },
  talk: { shape: "triangle", notes: [[494, 0.14], [0, 0.06], [494, 0.14]], shake: [120, 80, 120] },
  stop: { shape: "sawtooth", notes: [[196, 0.22], [0, 0.05], [147, 0.4]], shake: [350, 120, 350] },
  told: { shape: "triangle", notes: [[659, 0.1], [523, 0.1], [659, 0.16]], shake: [60, 60, 60, 60, 60] },
};

/** @type {AudioContext | null} */
let sounding = null;

/** A browser lets a page sound after the first touch only. */
export function wake() {
  try {
    sounding ??= new AudioContext();
    if (sounding.state === "suspended") sounding.resume().catch(() => {});
  } catch {
    sounding = null; // a device without sound still shows and shakes
  }
}

/** @param {Kind} kind */
export function sound(kind) {
  const { shape, notes, shake } = HEARD[kind];
  navigator.vibrate?.(shake);
  if (sounding?.state !== "running") return;
  let at = sounding.currentTime;
  for (const [hertz, seconds] of notes) {
    if (hertz) note(sounding, shape, hertz, at, seconds);
    at += seconds;
  }
}

/** @param {AudioContext} context @param {OscillatorType} shape @param {number} hertz @param {number} at @param {number} seconds */
function note(context, shape, hertz, at, seconds) {
  const tone = new OscillatorNode(context, { type: shape, frequency: hertz });
  const loud = new GainNode(context, { gain: 0 });
  loud.gain.linearRampToValueAtTime(0.5, at + 0.01);
  loud.gain.setValueAtTime(0.5, at + seconds - 0.03);
  loud.gain.linearRampToValueAtTime(0, at + seconds);
  tone.connect(loud).connect(context.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
