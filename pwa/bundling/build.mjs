// Bundles what comes from npm into OUT, whole and pointing nowhere: `node build.mjs SOURCES OUT`, beside node_modules.

import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build } from "esbuild";

const [sources, out] = process.argv.slice(2);
const modules = new URL("./node_modules/", import.meta.url).pathname;

/** Vocabularies: names that look like addresses, and that no browser asks for. */
const NAMES = /^https?:\/\/www\.w3\.org\//;

/** Hosts that packages name in documents, formats and defaults we have no use for: taken out. Any other host is refused. */
const TAKEN_OUT = [
  "arvr.google.com", "cdn.jsdelivr.net", "github.com", "graphics.pixar.com", "iiif.io", "jcgt.org", "library.stanford.edu",
  "localhost:3000", "maplibre.invalid", "maplibre.org", "openseadragon.github.io", "pannellum.org", "schema.org",
  "schemas.microsoft.com", "tile.openstreetmap.org", "wiki.openstreetmap.org", "www.apache.org", "www.gstatic.com",
];
const STRANGER = new RegExp(`https?://(?:${TAKEN_OUT.join("|").replaceAll(".", "\\.")})[^\\s"'\`<>)]*`, "g");

/** What is otherwise in ours: the build fails where a new version of a package has it no more. */
const CHANGED = [
  // The scanner would look for its other half on somebody else's server, were it not told where that lies here.
  { file: /zxing-wasm.*share\.js$/, from: /`https:[^`]*`/g, to: '""' },
  // Our pages let no style in that they did not bring: the one is not needed, the other is adopted by model.js.
  { file: /openseadragon\.js$/, from: /document\.head\.appendChild\(style\);/g, to: "" },
  { file: /model-viewer\/lib\/template\.js$/, from: /<style>[^]*?<\/style>/g, to: "" },
];

const noStrangers = {
  name: "no-strangers",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /node_modules\/.*\.m?js$/ }, async ({ path }) => {
      const changes = CHANGED.filter(({ file }) => file.test(path));
      const found = await readFile(path, "utf8");
      if (changes.some(({ from }) => found.search(from) < 0)) throw new Error(`${path} is not as it was`);
      const changed = changes.reduce((text, { from, to }) => text.replace(from, to), found);
      return { contents: changed.replace(STRANGER, "") };
    });
    onResolve({ filter: /^model-viewer-style$/ }, () => ({ path: "model-viewer-style", namespace: "taken" }));
    onLoad({ filter: /.*/, namespace: "taken" }, async () => {
      const template = await readFile(`${modules}@google/model-viewer/lib/template.js`, "utf8");
      return { contents: /<style>([^]*?)<\/style>/.exec(template)[1].replace(/\/\*[^]*?\*\//g, ""), loader: "text" };
    });
  },
};

const ours = (await readdir(sources)).filter((name) => name.endsWith(".js"));
const { outputFiles, metafile } = await build({
  entryPoints: [
    ...ours.map((name) => ({ in: `${sources}/${name}`, out: name.slice(0, -3) })),
    { in: `${modules}maplibre-gl/dist/maplibre-gl.css`, out: "map" },
    { in: `${modules}pannellum/build/pannellum.css`, out: "panorama" },
  ],
  outdir: out,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2020",
  legalComments: "none",
  nodePaths: [modules],
  plugins: [noStrangers],
  metafile: true,
  write: false,
});

/** Other halves, served as they are. */
const COPIED = {
  "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
  "decoders/draco_wasm_wrapper.js": "three/examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js",
  "decoders/draco_decoder.wasm": "three/examples/jsm/libs/draco/gltf/draco_decoder.wasm",
  "decoders/basis_transcoder.js": "three/examples/jsm/libs/basis/basis_transcoder.js",
  "decoders/basis_transcoder.wasm": "three/examples/jsm/libs/basis/basis_transcoder.wasm",
};

const scripts = Object.entries(COPIED).filter(([name]) => name.endsWith(".js"));
const copied = scripts.map(async ([name, from]) => ({ path: name, text: await readFile(`${modules}${from}`, "utf8") }));
for (const { path, text } of [...outputFiles, ...(await Promise.all(copied))]) {
  const stranger = (text.match(/https?:\/\/[^\s"'`]+/g) ?? []).find((address) => !NAMES.test(address));
  if (stranger) throw new Error(`${path} names ${stranger}`);
}
await mkdir(`${out}/decoders`, { recursive: true });
for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
for (const [name, from] of Object.entries(COPIED)) await copyFile(`${modules}${from}`, `${out}/${name}`);

/** Whose work is in it, and under which terms. */
const named = [...Object.keys(metafile.inputs), ...Object.values(COPIED).map((path) => `node_modules/${path}`)]
  .map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
  .filter((name) => name !== undefined);
const terms = [...new Set(named)].sort().map(async (name) => {
  const file = (await readdir(`${modules}${name}`)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const told = file ? await readFile(`${modules}${name}/${file}`, "utf8") : JSON.parse(await readFile(`${modules}${name}/package.json`)).license;
  return `${name}\n\n${told}`;
});
const within = "zxing-wasm contains zxing-cpp; three brings the decoders of Draco and Basis Universal: Apache License 2.0.";
await writeFile(`${out}/LICENCES.txt`, [within, ...(await Promise.all(terms))].join("\n\n").replace(/https?:\/\//g, ""));
