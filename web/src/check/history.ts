/** Whether the record still has the history that somebody saw: an older checkpoint against today's. */

import { equal } from "../ledger/bytes.ts";
import { consistencyProof, verifyConsistency } from "../ledger/merkle.ts";
import { type Checkpoint, hasEd25519, NoteError, parseCheckpoint, signedBy } from "../ledger/note.ts";
import { bundleCount } from "../ledger/tiles.ts";
import { entryAt, Policies } from "./entries.ts";
import { findingFrom, readCheckpoint, readEntries, tilesOf } from "./ledger.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Site } from "./site.ts";

export type History =
  /** Every entry that the older checkpoint covers is still there, in its place. */
  | { readonly answer: "kept"; readonly older: number; readonly size: number }
  /** Entries before the older checkpoint were changed or left out. */
  | { readonly answer: "rewritten"; readonly older: number; readonly size: number }
  /** The record is shorter now than it was. */
  | { readonly answer: "shorter"; readonly older: number; readonly size: number }
  /** Another record, no checkpoint, not signed by a keeper of this one, no Ed25519 here, or the ledger cannot be read. */
  | { readonly answer: "other-record"; readonly origin: string }
  | { readonly answer: "no-checkpoint" | "not-signed" | "no-ed25519" }
  | { readonly answer: "unreadable"; readonly finding: Finding };

/** Compare an older checkpoint, as a reader kept it, with the record as it is published now. */
export async function checkHistory(site: Site, kept: Uint8Array): Promise<History> {
  let older: Checkpoint;
  try {
    older = parseCheckpoint(kept);
  } catch (error) {
    if (error instanceof NoteError) return { answer: "no-checkpoint" };
    throw error;
  }
  const now = await readCheckpoint(site);
  if ("kind" in now) return { answer: "unreadable", finding: now };
  if (older.origin !== now.origin) return { answer: "other-record", origin: older.origin };
  if (!(await hasEd25519())) return { answer: "no-ed25519" };
  try {
    if (!(await signedByAKeeper(site, older, now.size))) return { answer: "not-signed" };
    return await compare(site, older, now);
  } catch (error) {
    return { answer: "unreadable", finding: findingFrom(error) };
  }
}

async function compare(site: Site, older: Checkpoint, now: Checkpoint): Promise<History> {
  const sizes = { older: older.size, size: now.size };
  if (older.size > now.size) return { answer: "shorter", ...sizes };
  if (older.size === now.size) return { answer: equal(older.root, now.root) ? "kept" : "rewritten", ...sizes };
  if (older.size === 0) return { answer: "kept", ...sizes }; // it promised nothing yet
  const proof = await consistencyProof(tilesOf(site, now.size), older.size, now.size);
  const kept = await verifyConsistency(older.size, now.size, proof, older.root, now.root);
  return { answer: kept ? "kept" : "rewritten", ...sizes };
}

/** Any key that was ever a keeper's will do: the older checkpoint may be from before it was retired. */
async function signedByAKeeper(site: Site, older: Checkpoint, size: number): Promise<boolean> {
  const bundles = Array.from({ length: bundleCount(size) }, (_, n) => n);
  const leaves = (await inParallel(bundles, (n) => readEntries(site, n, size))).flat();
  const policies = await Policies.read(site, leaves.map((leaf, index) => entryAt(index, leaf)), size);
  return (await signedBy(older.note, policies.keys.filter((key) => key.keeper))) !== null;
}
