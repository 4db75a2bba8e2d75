/** The check of one page: its files, its entries, the proof of each, who signed, and whether the window shows what was signed. */

import { fromHex, text } from "../ledger/bytes.ts";
import type { Checkpoint } from "../ledger/checkpoint.ts";
import { inclusionProof, verifyInclusion } from "../ledger/merkle.ts";
import { WIDTH } from "../ledger/tiles.ts";
import type { Leaf } from "../ledger/rules.ts";
import { entryAt, Judgement, placeOf } from "./entries.ts";
import { bundlesOf, checkpointStep, filesStep, type Ground, listedIn, notWorthWalking, type Options, readGround, summary } from "./ground.ts";
import { findingFrom, readEntries, tilesOf } from "./ledger.ts";
import { bodiesStep, signaturesStep } from "./record.ts";
import { type Finding, type Report, type Step, step } from "./report.ts";
import { inParallel, type Site } from "./site.ts";
import { type Difference, difference, type Seen, seenIn } from "./window.ts";

/** Below this size a check of a page reads every bundle, so that it misses no policy. */
const SMALL = 16 * WIDTH;

/** What a page rests on: the entries that it shows, by their place in the ledger, and the files that it is made of. */
export interface Page {
  readonly entries: readonly number[];
  /** The policy entries, where the record is too large to look for them. */
  readonly policies: readonly number[];
  /** The page, its styles, scripts and pictures. */
  readonly files: readonly string[];
  /** The page's own file, and its JSON. */
  readonly file?: string | null;
  readonly twin?: string | null;
  /** What stood in the window before any script changed it. */
  readonly seen?: Seen | null;
}

/** Check one page. */
export async function checkPage(from: Site, page: Page, options: Options = {}): Promise<Report> {
  const ground = await readGround(from, { ...options, policies: page.policies });
  const { checkpoint, steps } = ground;
  if (!checkpoint) return { steps: [...steps, ...(await filesStep(ground, null, page.files))], foreign: [], ...(await summary(null, [])) };
  const stop = await notWorthWalking(ground, checkpoint);
  if (stop) return { steps: [...steps, step("checkpoint", 1, stop)], foreign: [], ...(await summary(checkpoint, [])) };
  const { size } = checkpoint;
  const reader = new EntryReader(ground.site, size);
  const proofs = step("proofs", page.entries.length, await proveAll(ground, checkpoint, page, reader));
  const { judgement, entries } = await judgePage(ground, page, reader, size);
  const { policy, policies } = judgement.rules;
  // Which entries were withdrawn stands elsewhere in a large ledger: an absent body that the manifest does not list is no finding there.
  const excused = (path: string): boolean => size > SMALL && !ground.manifest?.files.has(path);
  return {
    steps: [
      await checkpointStep(ground, checkpoint, policy), ...steps, proofs,
      signaturesStep(ground, judgement, entries, size), await bodiesStep(ground, judgement, entries, excused),
      ...(await filesStep(ground, policy, page.files, await twinFindings(ground, page))), ...(await windowStep(ground, page)),
    ],
    foreign: [], unknown: judgement.unknown(entries), ...(await summary(checkpoint, policies)),
  };
}

/** Judge what a page shows: of a small record by all that stands before, of a large one by the policies and the entries themselves. */
async function judgePage(ground: Ground, page: Page, reader: EntryReader, size: number): Promise<{ judgement: Judgement; entries: Leaf[] }> {
  const own = new Set(page.entries);
  const judgement = new Judgement(ground.site, size > SMALL, listedIn(ground));
  const read = await reader.some(size <= SMALL ? null : [0, ...page.policies, ...page.entries]);
  if (ground.able) await judgement.judge(read, ({ index }) => own.has(index), (done) => ground.progress("signatures", done, size));
  return { judgement, entries: read.filter(({ index }) => own.has(index)) };
}

/** Whether the page's JSON tells of the entries that the page shows. That its bytes are those that were signed is said with the files. */
async function twinFindings({ site }: Ground, { twin, entries }: Page): Promise<Finding[]> {
  const bytes = twin ? await site.read(twin) : null;
  if (!twin || !bytes || !entries.length) return [];
  try {
    const named = JSON.parse(text(bytes)) as { entries?: { index?: number }[] };
    const told = new Set(named.entries?.map(({ index }) => index));
    return !named.entries || entries.some((index) => told.has(index)) ? [] : [{ kind: "modified", file: twin, why: "twin" }];
  } catch {
    return []; // no JSON: then the bytes are others, too
  }
}

/** Whether the window shows the page that was fetched and compared with the manifest: a host may give a visitor another one than a check. */
async function windowStep({ site, manifest }: Ground, { file, seen }: Page): Promise<Step[]> {
  if (!seen || !file || !manifest) return [];
  const bytes = await site.read(file);
  if (!bytes) return []; // said with the files
  const other: Difference | null = difference(seen, seenIn(new DOMParser().parseFromString(text(bytes), "text/html")));
  return [step("window", seen.length, other ? [{ kind: "modified", file, why: "window", ...other }] : [])];
}

/** Reads single entries by way of their bundles, each once. */
class EntryReader {
  readonly #site: Site;
  readonly #size: number;
  readonly #bundles = new Map<number, Promise<Leaf[]>>();

  constructor(site: Site, size: number) {
    this.#site = site;
    this.#size = size;
  }

  #bundle(n: number): Promise<Leaf[]> {
    let bundle = this.#bundles.get(n);
    if (!bundle) {
      bundle = readEntries(this.#site, n, this.#size).then((leaves) => Promise.all(leaves.map((leaf, i) => entryAt(n * WIDTH + i, leaf))));
      this.#bundles.set(n, bundle);
    }
    return bundle;
  }

  /** The entry at an index; throws as `readEntries` does. */
  async get(index: number): Promise<Leaf> {
    return (await this.#bundle(Math.floor(index / WIDTH)))[index % WIDTH];
  }

  /** The entry at an index, or null where its bundle cannot be read (which the proofs have said). */
  async find(index: number): Promise<Leaf | null> {
    try {
      return await this.get(index);
    } catch (error) {
      findingFrom(error);
      return null;
    }
  }

  /** The entries at these places, or all, as far as they can be read. */
  async some(places: readonly number[] | null): Promise<Leaf[]> {
    const all = () => bundlesOf(this.#size).flatMap((n) => Array.from({ length: Math.min(WIDTH, this.#size - n * WIDTH) }, (_, i) => n * WIDTH + i));
    const wanted = places ? [...new Set(places)].filter((index) => index < this.#size).sort((a, b) => a - b) : all();
    return (await inParallel(wanted, (index) => this.find(index))).filter((entry) => entry !== null);
  }
}

/** For each entry of a page: does its proof lead to the checkpoint's root? */
async function proveAll({ site, progress }: Ground, checkpoint: Checkpoint, page: Page, reader: EntryReader): Promise<Finding[]> {
  const subtrees = tilesOf(site, checkpoint.size);
  let done = 0;
  const found = await inParallel(page.entries, async (index): Promise<Finding | null> => {
    if (index >= checkpoint.size) return { kind: "missing", ...placeOf(index, index + 1) };
    try {
      const hash = fromHex((await reader.get(index)).name);
      const proof = await inclusionProof(subtrees, index, checkpoint.size);
      const proved = await verifyInclusion(hash, index, checkpoint.size, proof, checkpoint.root);
      return proved ? null : { kind: "modified", ...placeOf(index, checkpoint.size) };
    } catch (error) {
      return { ...findingFrom(error), entry: index };
    } finally {
      progress("proofs", ++done, page.entries.length);
    }
  });
  return found.filter((finding) => finding !== null);
}
