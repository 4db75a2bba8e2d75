/** Reading a ledger as a whole, and saying which of its files does not fit the others. */

import { type Bytes, equal, toHex } from "../ledger/bytes.ts";
import { NoteError, parseNote } from "../ledger/note.ts";
import { leafHash, rangeHash, type Subtrees, subtreesOf } from "../ledger/merkle.ts";
import { type Checkpoint, parseCheckpoint } from "../ledger/checkpoint.ts";
import {
  bundleCount, bundlePath, readBundle, subtreesOfTiles, TileError, tilePlaces, WIDTH,
} from "../ledger/tiles.ts";
import type { Finding, Why } from "./report.ts";
import { inParallel, type Site, TooLargeError } from "./site.ts";

export const CHECKPOINT = "ledger/checkpoint";
const HASH = 32;

/** Thrown when a file that the ledger needs is not there. */
export class MissingError extends Error {
  override name = "MissingError";
  readonly path: string;
  constructor(path: string) {
    super(`${path} is missing`);
    this.path = path;
  }
}

export async function required(site: Site, path: string): Promise<Bytes> {
  const bytes = await site.read(path);
  if (bytes === null) throw new MissingError(path);
  return bytes;
}

/** A finding from an error that names a file; other errors go on. */
export function findingFrom(error: unknown): Finding {
  if (error instanceof MissingError) return { kind: "missing", file: error.path };
  if (error instanceof TileError) return { kind: "modified", file: error.path };
  if (error instanceof TooLargeError) return { kind: "modified", file: error.path, why: "too-large" };
  throw error;
}

/** The checkpoint, or the finding that there is none to read. */
export async function readCheckpoint(site: Site): Promise<Checkpoint | Finding> {
  try {
    return parseCheckpoint(await required(site, CHECKPOINT));
  } catch (error) {
    return error instanceof NoteError ? { kind: "modified", file: CHECKPOINT, why: await whyNoNote(site, CHECKPOINT) } : findingFrom(error);
  }
}

/** Why a file cannot be read as a signed note: nothing stands in the way but its line ends, or it is none. */
export async function whyNoNote(site: Site, path: string): Promise<Why> {
  const bytes = await site.read(path);
  try {
    if (!bytes?.includes(0x0d)) return "no-note";
    parseNote(bytes.filter((byte, at) => !(byte === 0x0d && bytes[at + 1] === 0x0a)));
    return "line-ends";
  } catch {
    return "no-note";
  }
}

/** The entries of one bundle; throws MissingError or TileError with the file's path from the top of the site. */
export async function readEntries(site: Site, n: number, size: number): Promise<Bytes[]> {
  const path = `ledger/${bundlePath(n, size)}`;
  return readBundle(await required(site, path), Math.min(WIDTH, size - n * WIDTH), path);
}

/** The hash tiles of a published ledger, as subtrees; throws as `readEntries` does. */
export const tilesOf = (site: Site, size: number): Subtrees =>
  subtreesOfTiles(async (path) => {
    const where = `ledger/${path}`;
    return required(site, where);
  }, size);

export interface WholeLedger {
  /** Every leaf, or null when one could not be read. */
  readonly leaves: readonly Bytes[] | null;
  readonly findings: readonly Finding[];
}

/** Whether the hash tiles lead to the checkpoint's root: a few files of the right edge, however large the ledger says it is. */
export async function tilesLeadTo(site: Site, { root, size }: Checkpoint): Promise<boolean> {
  try {
    return equal(await rangeHash(tilesOf(site, size), 0, size), root);
  } catch (error) {
    findingFrom(error);
    return false;
  }
}

/** Read every entry, build the tree again and compare it with tiles and checkpoint. Stops at the first bundle that cannot be read. */
export async function readLedger(site: Site, checkpoint: Checkpoint, progress: (done: number) => void): Promise<WholeLedger> {
  const { size } = checkpoint;
  const findings: Finding[] = [];
  const bundles: Bytes[][] = [];
  let done = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (!findings.length && next < bundleCount(size)) {
      const n = next++;
      try {
        bundles[n] = await readEntries(site, n, size);
      } catch (error) {
        findings.push(findingFrom(error));
      }
      progress((done += Math.min(WIDTH, size - n * WIDTH)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  if (findings.length) return { leaves: null, findings };
  const leaves = bundles.flat();
  return { leaves, findings: await compare(site, checkpoint, leaves) };
}

async function compare(site: Site, checkpoint: Checkpoint, leaves: readonly Bytes[]): Promise<Finding[]> {
  const { size, root } = checkpoint;
  const subtrees = subtreesOf(await Promise.all(leaves.map(leafHash)));
  const sound = equal(await rangeHash(subtrees, 0, size), root);
  const tiles = await unequalTiles(site, subtrees, size);
  const modified = tiles.filter((finding) => finding.kind === "modified");
  if (sound) return tiles;
  if (!modified.length) return [...tiles, { kind: "modified", file: CHECKPOINT, why: "other-root" }];
  // Entries do not lead to the root. Where the tiles do, the entries beside the unequal tiles were changed; else anything may be.
  if (await tilesLeadTo(site, checkpoint)) return [...tiles.filter((f) => f.kind !== "modified"), ...(await changedEntries(site, subtrees, size))];
  return [...tiles, { kind: "modified", file: CHECKPOINT, why: "other-root" }];
}

/** The tiles whose bytes are not what the entries give. */
async function unequalTiles(site: Site, subtrees: Subtrees, size: number): Promise<Finding[]> {
  const found = await inParallel([...tilePlaces(size)], async ({ path, level, n }): Promise<Finding | null> => {
    const file = `ledger/${path}`;
    const bytes = await site.read(file);
    if (bytes === null) return { kind: "missing", file };
    const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - n * WIDTH);
    if (bytes.length !== width * HASH) return { kind: "modified", file };
    for (let i = 0; i < width; i++) {
      const hash = await subtrees(8 * level, n * WIDTH + i);
      if (!equal(hash, bytes.subarray(i * HASH, (i + 1) * HASH))) return { kind: "modified", file };
    }
    return null;
  });
  return found.filter((finding) => finding !== null);
}

/** The entries whose hash is not the one in the lowest tiles, which are known to lead to the root. */
async function changedEntries(site: Site, subtrees: Subtrees, size: number): Promise<Finding[]> {
  const trusted = tilesOf(site, size);
  const findings: Finding[] = [];
  for (let index = 0; index < size; index++) {
    const [ours, theirs] = await Promise.all([subtrees(0, index), trusted(0, index)]);
    if (toHex(ours) === toHex(theirs)) continue;
    findings.push({ kind: "modified", file: `ledger/${bundlePath(Math.floor(index / WIDTH), size)}`, entry: index });
  }
  return findings;
}
