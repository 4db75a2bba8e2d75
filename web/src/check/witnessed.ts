/** The last checkpoint that witnesses cosigned, where entries were added since: whether it is the beginning of this ledger, and who saw it when. */

import { type Checkpoint, parseCheckpoint, signerOf } from "../ledger/checkpoint.ts";
import { consistencyProof, verifyConsistency } from "../ledger/merkle.ts";
import { cosignatures, NoteError } from "../ledger/note.ts";
import type { Policy } from "../ledger/policy.ts";
import { type Ground, seenBy } from "./ground.ts";
import { findingFrom, tilesOf } from "./ledger.ts";
import { type Finding, type Step, step, type WitnessSeen } from "./report.ts";
import type { Site } from "./site.ts";

export const COSIGNED = "ledger/cosigned";

export interface Witnessed {
  readonly seen: readonly WitnessSeen[];
  readonly findings: readonly Finding[];
}

const NOTHING: Witnessed = { seen: [], findings: [] };
const wrong = (finding: Omit<Finding, "file">): Witnessed => ({ seen: [], findings: [{ file: COSIGNED, ...finding }] });

/** Read it where the manifest lists it, whoever witnesses: the log key has signed it, and must not have signed another history. */
export async function earlierWitnesses({ site, manifest }: Ground, now: Checkpoint, policies: readonly Policy[]): Promise<Witnessed> {
  const witnesses = policies.at(-1)?.witnesses ?? [];
  if (!manifest?.files.has(COSIGNED)) return NOTHING;
  try {
    const bytes = await site.read(COSIGNED);
    if (!bytes) return NOTHING; // said with the files
    const then = parseCheckpoint(bytes);
    if (!(await signedByAny(then, policies))) return wrong({ kind: "modified", why: "other-key" });
    if (!(await continues(site, then, now))) return wrong({ kind: "modified", why: "other-history" });
    const lines = await cosignatures(then.note, witnesses);
    if (lines.some(({ fits }) => !fits)) return wrong({ kind: "unsigned", why: "cosignature" });
    return { seen: lines.map((line) => ({ ...seenBy(line), size: then.size })), findings: [] };
  } catch (error) {
    return error instanceof NoteError ? wrong({ kind: "modified", why: "no-note" }) : { seen: [], findings: [findingFrom(error)] };
  }
}

async function signedByAny(then: Checkpoint, policies: readonly Policy[]): Promise<boolean> {
  for (const policy of policies) if (await signerOf(then, policy)) return true;
  return false;
}

async function continues(site: Site, then: Checkpoint, now: Checkpoint): Promise<boolean> {
  if (then.size > now.size) return false;
  if (then.size === 0) return true;
  return verifyConsistency(then.size, now.size, await consistencyProof(tilesOf(site, now.size), then.size, now.size), then.root, now.root);
}

/** The step about the checkpoint with what was found of the earlier one. */
export const withEarlier = (about: Step, { findings }: Witnessed): Step =>
  findings.length ? step(about.name, about.checked + 1, [...about.findings, ...findings], about.obstacle) : about;
