/**
 * Builds the islands, their styles and the base map into one folder.
 *
 *     node build.mjs [OUT]
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { deflateSync } from "fflate"; // not Node's own: its bytes depend on the processor

const here = fileURLToPath(new URL("./", import.meta.url));
const out = process.argv[2] ?? fileURLToPath(new URL("../src/vestige/publishing/assets/built", import.meta.url));
const read = (file) => readFileSync(`${here}${file}`, "utf8");

/** Names a build of the check: a digest of every source that can change it. The same sources give the same bytes wherever they are built. */
function buildName() {
  const digest = createHash("sha256");
  const sources = globSync(["build.mjs", "package-lock.json", "src/{check,checker,ledger,words}/**/*", "src/*.ts", "styles/check.css"], { cwd: here, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"));
  for (const path of sources.map((source) => source.slice(here.replaceAll("\\", "/").length)).sort()) digest.update(`${path}\0`).update(readFileSync(here + path));
  return digest.digest("hex").slice(0, 16);
}

const options = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here,
  define: { VESTIGE_BUILD: JSON.stringify(buildName()), VESTIGE_VERSION: JSON.stringify(JSON.parse(read("package.json")).version) } };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const wordFiles = readdirSync(`${here}src/words`);
const wordsOf = (file, wanted) => Object.fromEntries(Object.entries(JSON.parse(read(`src/words/${file}`))).filter(([key]) => wanted.test(key)));

/** English is built in, of which each script needs its own part. */
const english = (wanted) => ({
  name: "english",
  setup: (made) => made.onLoad({ filter: /words[\\/]en\.json$/ }, () => ({ contents: JSON.stringify(wordsOf("en.json", wanted)), loader: "json" })),
});
const SCRIPTS = { islands: ["src/islands.ts", /^swipe\./], sites: ["src/sites/island.ts", /^sites\./], map: ["src/map/island.ts", /^(map|sites)\./], check: ["src/check/island.ts", /^check\./],
  count: ["src/calling/island.ts", /^(count\.|check\.(insecure|slow|unreachable|failed)$)/] };
for (const [name, [entry, wanted]] of Object.entries(SCRIPTS)) {
  await build({ ...options, entryPoints: { [name]: entry }, format: "iife", outdir: out, plugins: [english(wanted)] }); // classic scripts run from file:// too
}
await build({ ...options, entryPoints: { "map-view": "src/map/view.ts" }, format: "esm", outdir: out, legalComments: "linked" });
await build({ ...options, entryPoints: { "map-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs" }, format: "esm", outdir: out });
await build({
  ...options,
  entryPoints: { islands: "styles/islands.css", "map-view": "styles/map-view.css" },
  outdir: out,
  loader: { ".svg": "dataurl" },
});
for (const file of wordFiles.filter((name) => name !== "en.json")) { // English is built in
  const language = file.replace(".json", ".js");
  for (const [name, wanted] of [[`words-${language}`, /^(?!(checker|count)\.)/], [`count-words-${language}`, /^count\./]]) {
    writeFileSync(`${out}/${name}`, `Object.assign(globalThis.vestigeWords??={},${JSON.stringify(wordsOf(file, wanted))});\n`);
  }
}
writeFileSync(`${out}/vestige-check.html`, await checker());
cpSync(`${here}node_modules/maplibre-gl/LICENSE.txt`, `${out}/maplibre-gl.LICENSE.txt`);
execFileSync(process.execPath, [`${here}basemap/build.ts`, `${out}/basemap.pmtiles`], { stdio: "inherit" });

/** The checker in one file: its page with style, script and all words within, and a policy that lets nothing else run. */
async function checker() {
  const words = Object.fromEntries(wordFiles.map((file) => [file.replace(".json", ""), wordsOf(file, /^check/)]));
  const packed = Buffer.from(deflateSync(Buffer.from(JSON.stringify(words)), { level: 9 })).toString("base64");
  const virtual = {
    name: "words",
    setup: (made) => {
      made.onResolve({ filter: /^vestige:words$/ }, () => ({ path: "words", namespace: "words" }));
      made.onLoad({ filter: /.*/, namespace: "words" }, () => ({ contents: JSON.stringify(packed), loader: "json" }));
    },
  };
  const define = { ...options.define, CHECKER_PAGE: JSON.stringify(read("src/checker/checker.html")) }; // to know its own copy in a bundle
  const made = async (entry, plugins) =>
    (await build({ ...options, define, entryPoints: [entry], format: "iife", write: false, plugins })).outputFiles[0].text.trim();
  const style = `${await made("src/checker/checker.css", [])}${await made("styles/check.css", [])}`;
  const script = (await made("src/checker/page.ts", [virtual, english(/^$/)])).replaceAll("</script", "<\\/script");
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; connect-src http: https:; base-uri 'none'; form-action 'none'`;
  const parts = { policy, style, script };
  return read("src/checker/checker.html").replace(/\/\*(policy|style|script)\*\//g, (_, name) => parts[name]);
}
