/**
 * The two checks: of one page, and of a whole record.
 *
 * Both answer "unchanged since it was entered, by somebody who held the key"; neither says that what was entered is so. Both read
 * only published files, so that they ask no more trust of the host than the bytes themselves earn.
 */

import { toHex } from "../ledger/bytes.ts";
import { bodyPath, type Policy } from "../ledger/envelope.ts";
import { inclusionProof, leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { type Checkpoint, hasEd25519, type Manifest, signedBy } from "../ledger/note.ts";
import { bundleCount, WIDTH } from "../ledger/tiles.ts";
import { checkBodies, checkSignatures, type Entry, entryAt, keepersOf, placeOf, Policies, withdrawn } from "./entries.ts";
import { checkFiles, checkManifest, checkUnexpected, readManifest } from "./files.ts";
import { CHECKPOINT, findingFrom, readCheckpoint, readEntries, readLedger, tilesOf } from "./ledger.ts";
import type { Finding, Obstacle, Report, Step, StepName } from "./report.ts";
import { inParallel, type Reader, readerOf, type Site } from "./site.ts";

/** Told as the work goes on: which step, how many of how many. */
export type Progress = (step: StepName, done: number, total: number) => void;

/** Below this size a check of a page reads every bundle, so that it misses no policy. */
const SMALL = 16 * WIDTH;

interface Ground {
  readonly checkpoint: Checkpoint | null;
  readonly manifest: Manifest | null;
  readonly steps: Step[];
}

const isFinding = (value: Checkpoint | Manifest | Finding): value is Finding => "kind" in value;
const step = (name: StepName, checked: number, findings: readonly Finding[], obstacle?: Obstacle): Step =>
  obstacle ? { name, checked, findings, obstacle } : { name, checked, findings };

async function readGround(site: Site): Promise<Ground> {
  const [checkpoint, manifest] = await Promise.all([readCheckpoint(site), readManifest(site)]);
  const steps: Step[] = [];
  if (isFinding(checkpoint)) steps.push(step("checkpoint", 1, [checkpoint]));
  if (isFinding(manifest)) steps.push(step("files", 1, [manifest]));
  return { checkpoint: isFinding(checkpoint) ? null : checkpoint, manifest: isFinding(manifest) ? null : manifest, steps };
}

async function checkCheckpoint(checkpoint: Checkpoint, policy: Policy | null, able: boolean): Promise<Step> {
  if (!able) return step("checkpoint", 0, [], "no-ed25519");
  if (!policy) return step("checkpoint", 0, [], "no-policy");
  const signer = checkpoint.origin === policy.origin && (await signedBy(checkpoint.note, keepersOf(policy)));
  return step("checkpoint", 1, signer ? [] : [{ kind: "unsigned", file: CHECKPOINT }]);
}

/** The files of the manifest; also when the ledger cannot be read, since each file stands by its own hash. */
async function filesStep(
  site: Reader, ground: Ground, policy: Policy | null, paths: readonly string[], able: boolean, progress: Progress,
  more: readonly Finding[] = [],
): Promise<Step[]> {
  const { manifest } = ground;
  if (!manifest) return [];
  const files = await checkFiles(site, manifest, paths, (done) => progress("files", done, paths.length));
  const signed = able && policy ? await checkManifest(manifest, policy) : [];
  const obstacle: Obstacle | undefined = able ? (policy ? undefined : "no-policy") : "no-ed25519";
  return [step("files", paths.length, [...signed, ...files, ...more], obstacle)];
}

const summary = (checkpoint: Checkpoint | null, policies: Policies | null): Pick<Report, "ledger" | "keys"> => ({
  ...(checkpoint && { ledger: { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) } }),
  keys: (policies?.keys ?? []).map(({ fingerprint, owner, keeper }) => ({ fingerprint, owner, keeper })),
});

/** Without Ed25519 no policy can be trusted; its keys are left aside rather than believed. */
const policiesFrom = (site: Site, entries: readonly Entry[], size: number, able: boolean): Promise<Policies> =>
  able ? Policies.read(site, entries, size) : Promise.resolve(new Policies());

async function signatures(
  entries: readonly Entry[], policies: Policies, size: number, able: boolean, progress: Progress,
): Promise<Step> {
  if (!able) return step("signatures", 0, [], "no-ed25519");
  if (!policies.newest) return step("signatures", 0, policies.findings, "no-policy");
  const found = await checkSignatures(entries, policies, size, (done) => progress("signatures", done, entries.length));
  return step("signatures", entries.length, [...policies.findings, ...found]);
}

/** Check everything that is published. */
export async function checkRecord(from: Site, progress: Progress = () => undefined): Promise<Report> {
  const site = readerOf(from);
  const able = await hasEd25519();
  const ground = await readGround(site);
  const { checkpoint, manifest, steps } = ground;
  const everyFile = manifest ? [...manifest.files.keys()] : [];
  if (!checkpoint) {
    steps.push(...(await filesStep(site, ground, null, everyFile, able, progress)));
    return { steps, ...summary(null, null) };
  }
  const { size } = checkpoint;
  const ledger = await readLedger(site, checkpoint, (done) => progress("tree", done, size));
  steps.push(step("tree", size, ledger.findings));
  if (!ledger.leaves) {
    steps.push(...(await filesStep(site, ground, null, everyFile, able, progress)));
    return { steps, ...summary(checkpoint, null) };
  }
  const entries = ledger.leaves.map((leaf, index) => entryAt(index, leaf));
  const policies = await policiesFrom(site, entries, size, able);
  steps.unshift(await checkCheckpoint(checkpoint, policies.newest, able));
  steps.push(await signatures(entries, policies, size, able, progress));
  const gone = withdrawn(entries);
  const listed = (path: string): boolean => manifest?.files.has(path) ?? false;
  const bodies = await checkBodies(site, entries, gone, listed, (done) => progress("bodies", done, size));
  steps.push(step("bodies", size, bodies));
  const known = new Set(entries.flatMap(({ envelope }) => (envelope ? [bodyPath(envelope.body)] : [])));
  const strangers = manifest ? checkUnexpected(manifest, known) : [];
  steps.push(...(await filesStep(site, ground, policies.newest, everyFile, able, progress, strangers)));
  return { steps, ...summary(checkpoint, policies) };
}

/** What a page rests on: the entries that it shows, by their place in the ledger, and the files that it is made of. */
export interface Page {
  readonly entries: readonly number[];
  /** The policy entries, where the record is too large to look for them. */
  readonly policies: readonly number[];
  /** The page, its styles, scripts and pictures. */
  readonly files: readonly string[];
}

/** Check one page: its files, its entries, the proof of each, and who signed. */
export async function checkPage(from: Site, page: Page, progress: Progress = () => undefined): Promise<Report> {
  const site = readerOf(from);
  const able = await hasEd25519();
  const ground = await readGround(site);
  const { checkpoint, steps } = ground;
  if (!checkpoint) {
    steps.push(...(await filesStep(site, ground, null, page.files, able, progress)));
    return { steps, ...summary(null, null) };
  }
  const { size } = checkpoint;
  const wanted = page.entries.filter((index) => index < size);
  const reader = new EntryReader(site, size);
  const proofs = await proveAll(site, checkpoint, page, reader, progress);
  steps.push(step("proofs", page.entries.length, proofs));
  const entries = (await inParallel(wanted, (index) => reader.find(index))).filter((entry) => entry !== null);
  const policies = await policiesFrom(site, await reader.policies(page.policies), size, able);
  steps.unshift(await checkCheckpoint(checkpoint, policies.newest, able));
  steps.push(await signatures(entries, policies, size, able, progress));
  const listed = (path: string): boolean => ground.manifest?.files.has(path) ?? false;
  // Which entries were withdrawn stands elsewhere in the ledger: an absent body that the manifest does not list is no finding here.
  const standing = entries.filter(({ envelope }) => envelope && (envelope.visibility === "withheld" || listed(bodyPath(envelope.body))));
  const bodies = await checkBodies(site, standing, new Set(), listed, (done) => progress("bodies", done, standing.length));
  steps.push(step("bodies", standing.length, bodies));
  steps.push(...(await filesStep(site, ground, policies.newest, page.files, able, progress)));
  return { steps, ...summary(checkpoint, policies) };
}

/** Reads single entries by way of their bundles, each once. */
class EntryReader {
  readonly #site: Site;
  readonly #size: number;
  readonly #bundles = new Map<number, Promise<Entry[]>>();

  constructor(site: Site, size: number) {
    this.#site = site;
    this.#size = size;
  }

  #bundle(n: number): Promise<Entry[]> {
    let bundle = this.#bundles.get(n);
    if (!bundle) {
      bundle = readEntries(this.#site, n, this.#size).then((leaves) => leaves.map((leaf, i) => entryAt(n * WIDTH + i, leaf)));
      this.#bundles.set(n, bundle);
    }
    return bundle;
  }

  /** The entry at an index; throws as `readEntries` does. */
  async get(index: number): Promise<Entry> {
    return (await this.#bundle(Math.floor(index / WIDTH)))[index % WIDTH];
  }

  /** The entry at an index, or null where its bundle cannot be read (which the proofs have said). */
  async find(index: number): Promise<Entry | null> {
    try {
      return await this.get(index);
    } catch (error) {
      findingFrom(error);
      return null;
    }
  }

  /** The policy entries: all of a small record, else the first and those that the page names. */
  async policies(named: readonly number[]): Promise<Entry[]> {
    const all = Array.from({ length: bundleCount(this.#size) }, (_, n) => n * WIDTH);
    const wanted = this.#size <= SMALL ? all.flatMap((first) => Array.from({ length: Math.min(WIDTH, this.#size - first) }, (_, i) => first + i)) : [0, ...named];
    const entries = await inParallel([...new Set(wanted)].sort((a, b) => a - b), (index) => this.find(index));
    return entries.filter((entry) => entry !== null);
  }
}

/** For each entry of a page: does its proof lead to the checkpoint's root? */
async function proveAll(site: Site, checkpoint: Checkpoint, page: Page, reader: EntryReader, progress: Progress): Promise<Finding[]> {
  const subtrees = tilesOf(site, checkpoint.size);
  let done = 0;
  const found = await inParallel(page.entries, async (index): Promise<Finding | null> => {
    if (index >= checkpoint.size) return { kind: "missing", ...placeOf(index, index + 1) };
    try {
      const { leaf } = await reader.get(index);
      const hash = await leafHash(leaf);
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

