/** Whether a single file (a picture, a PDF) is one of the record that was checked: by its hash. */

import { readManifest } from "../check/files.ts";
import type { Site } from "../check/site.ts";
import { headline, isolate } from "../check/view.ts";
import { element } from "../dom.ts";
import { sha256, toHex } from "../ledger/bytes.ts";
import type { Words } from "../words.ts";

export async function fileView(name: string, bytes: Uint8Array, site: Site | null, words: Words): Promise<HTMLElement[]> {
  const hash = toHex(await sha256(bytes));
  const shown = element("p", {}, element("bdi", {}, name), " · SHA-256 ", element("code", { dir: "ltr" }, hash));
  const carried = site && (await carriedBy(site, hash));
  if (carried) {
    const { title, index, made } = carried;
    return [headline("unchanged", words.say("checker.file.carried", { title: isolate(title), index, made: isolate(made) })), shown];
  }
  if (!site) return [headline("partly", words.say("checker.file.which")), shown];
  const manifest = await readManifest(site);
  if ("kind" in manifest) return [headline("partly", words.say("check.obstacle.no-manifest")), shown];
  const path = [...manifest.files].find(([, listed]) => listed === hash)?.[0];
  const said = path ? words.say("checker.file.listed", { file: isolate(path) }) : words.say("checker.file.unlisted");
  return [headline(path ? "unchanged" : "changed", said), shown];
}

interface Carried {
  readonly title: string;
  readonly index: number;
  readonly made: string;
}

/** The appeal whose entry carries the hash of a document, as the record's list of appeals has it. */
async function carriedBy(site: Site, hash: string): Promise<Carried | null> {
  const list = await site.read("data/appeals.json");
  if (!list) return null;
  const appeals = JSON.parse(new TextDecoder().decode(list)) as { index: number; made: string; body: { title: string; documents?: { file: string }[] } }[];
  const found = appeals.find(({ body }) => body.documents?.some(({ file }) => file === hash));
  return found ? { title: found.body.title, index: found.index, made: found.made } : null;
}
