/** Whether the record still has the history that somebody saw: an older checkpoint against today's. */

import { equal } from "../ledger/bytes.ts";
import { consistencyProof, verifyConsistency } from "../ledger/merkle.ts";
import { type Checkpoint, parseCheckpoint, signerOf } from "../ledger/checkpoint.ts";
import { NoteError } from "../ledger/note.ts";
import { entryAt, Judgement } from "./entries.ts";
import { bundlesOf, type Ground, listedIn, notWorthWalking, readGround } from "./ground.ts";
import { findingFrom, readEntries, tilesOf } from "./ledger.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Site } from "./site.ts";

export type History =
  /** Every entry that the older checkpoint covers is still there, in its place. */
  | { readonly answer: "kept"; readonly older: number; readonly size: number }
  /** Entries before the older checkpoint were changed or left out. */
  | { readonly answer: "rewritten"; readonly older: number; readonly size: number }
  /** The record is shorter now than it was. */
  | { readonly answer: "shorter"; readonly older: number; readonly size: number }
  /** Another record, no checkpoint, not signed by the log of this one, no Ed25519 here, or the ledger cannot be read. */
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
  const ground = await readGround(site, {});
  const now = ground.checkpoint ?? (ground.steps[0].findings[0]);
  if ("kind" in now) return { answer: "unreadable", finding: now };
  if (older.origin !== now.origin) return { answer: "other-record", origin: older.origin };
  if (!ground.able) return { answer: "no-ed25519" };
  const stop = await notWorthWalking(ground, now);
  if (stop) return { answer: "unreadable", finding: stop[0] };
  try {
    if (!(await signedByTheLog(ground, older, now.size))) return { answer: "not-signed" };
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

/** The policy of any time will do: the older checkpoint may be from before a log key was retired. */
async function signedByTheLog(ground: Ground, older: Checkpoint, size: number): Promise<boolean> {
  const { site } = ground;
  const leaves = (await inParallel(bundlesOf(size), (n) => readEntries(site, n, size))).flat();
  const entries = await Promise.all(leaves.map((leaf, index) => entryAt(index, leaf)));
  const judgement = new Judgement(site, false, listedIn(ground));
  await judgement.judge(entries, () => false, () => undefined);
  for (const policy of judgement.rules.policies) if (await signerOf(older, policy)) return true;
  return false;
}
