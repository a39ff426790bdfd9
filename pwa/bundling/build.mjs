// Bundles what comes from npm into OUT, whole and pointing nowhere: `node build.mjs SOURCES OUT`, beside node_modules.

import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const [sources, out] = process.argv.slice(2);
const modules = new URL("./node_modules/", import.meta.url).pathname;

/** The scanner would look for its other half on somebody else's server, were it not told where that lies here. */
const noStrangers = {
  name: "no-strangers",
  setup({ onLoad }) {
    onLoad({ filter: /zxing-wasm.*share\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/`https:[^`]*`/g, '""'),
    }));
  },
};

const { outputFiles } = await build({
  entryPoints: (await readdir(sources)).filter((name) => name.endsWith(".js")).map((name) => `${sources}/${name}`),
  outdir: out,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2020",
  legalComments: "none",
  nodePaths: [modules],
  plugins: [noStrangers],
  write: false,
});
for (const { path, text } of outputFiles) {
  const stranger = /https?:\/\/[^\s"'`]+/.exec(text);
  if (stranger) throw new Error(`${path} names ${stranger[0]}`);
}
await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
await copyFile(`${modules}zxing-wasm/dist/reader/zxing_reader.wasm`, `${out}/zxing_reader.wasm`);

const packages = ["zxing-wasm", "@noble/ed25519", "@noble/hashes"];
const licences = packages.map(async (name) => `${name}\n\n${await readFile(`${modules}${name}/LICENSE`, "utf8")}`);
const told = ["zxing-wasm contains zxing-cpp, Apache License 2.0.", ...(await Promise.all(licences))].join("\n\n");
await writeFile(`${out}/LICENCES.txt`, told.replace(/https?:\/\//g, ""));
