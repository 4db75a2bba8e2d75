/**
 * Builds the islands, their styles and the base map into one folder.
 *
 *     node build.mjs [OUT]
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("./", import.meta.url));
const out = process.argv[2] ?? fileURLToPath(new URL("../src/vestige/publishing/assets/built", import.meta.url));
const options = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  ...options,
  entryPoints: { islands: "src/islands.ts", sites: "src/sites/island.ts", map: "src/map/island.ts", check: "src/check/island.ts" },
  format: "iife", // classic scripts run from file:// too
  outdir: out,
});
await build({ ...options, entryPoints: { "map-view": "src/map/view.ts" }, format: "esm", outdir: out, legalComments: "linked" });
await build({ ...options, entryPoints: { "map-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs" }, format: "esm", outdir: out });
await build({
  ...options,
  entryPoints: { islands: "styles/islands.css", "map-view": "styles/map-view.css" },
  outdir: out,
  loader: { ".svg": "dataurl" },
});
for (const file of readdirSync(`${here}src/words`).filter((name) => name !== "en.json")) { // English is built in
  const messages = JSON.stringify(JSON.parse(readFileSync(`${here}src/words/${file}`, "utf8")));
  writeFileSync(`${out}/words-${file.replace(".json", ".js")}`, `globalThis.vestigeWords=${messages};\n`);
}
cpSync(`${here}node_modules/maplibre-gl/LICENSE.txt`, `${out}/maplibre-gl.LICENSE.txt`);
execFileSync(process.execPath, [`${here}basemap/build.ts`, `${out}/basemap.pmtiles`], { stdio: "inherit" });
