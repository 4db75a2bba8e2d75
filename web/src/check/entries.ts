/** Checking entries: who may sign them, whether they did, and whether the bodies are those that were committed to. */

import { type Bytes, toHex } from "../ledger/bytes.ts";
import {
  bodyPath, EnvelopeError, type Envelope, parseBody, parseEnvelope, parsePolicy, type Policy, type PolicyKey, verifyEnvelope,
} from "../ledger/envelope.ts";
import { leafHash } from "../ledger/merkle.ts";
import { bundlePath, WIDTH } from "../ledger/tiles.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Site } from "./site.ts";

/** An entry at its place in the ledger; `envelope` is null when the leaf is none. */
export interface Entry {
  readonly index: number;
  readonly leaf: Bytes;
  readonly envelope: Envelope | null;
}

export function entryAt(index: number, leaf: Bytes): Entry {
  try {
    return { index, leaf, envelope: parseEnvelope(leaf) };
  } catch (error) {
    if (error instanceof EnvelopeError) return { index, leaf, envelope: null };
    throw error;
  }
}

/** Where an entry lies, for a finding about its envelope. */
export const placeOf = (index: number, size: number): { file: string; entry: number } => ({
  file: `ledger/${bundlePath(Math.floor(index / WIDTH), size)}`,
  entry: index,
});

/** The policies of a record: from which entry on each is in force. */
export class Policies {
  readonly #inForce: { from: number; policy: Policy }[] = [];
  /** Policy entries that no keeper of the policy before has signed, or whose body cannot be read. */
  readonly findings: Finding[] = [];

  /** Take up the policy entries in ledger order; a policy counts only when a keeper under the one before has signed it. */
  static async read(site: Site, entries: readonly Entry[], size: number): Promise<Policies> {
    const policies = new Policies();
    for (const { index, envelope } of entries) {
      if (envelope?.kind !== "policy") continue;
      const file = bodyPath(envelope.body);
      const bytes = await site.read(file);
      const body = bytes && (await parseBody(bytes));
      if (!body || body.commitment !== envelope.body) {
        policies.findings.push({ kind: bytes ? "modified" : "missing", file, entry: index });
        continue;
      }
      const policy = await readPolicy(body.json);
      if (!policy) {
        policies.findings.push({ kind: "modified", file, entry: index });
        continue;
      }
      const keepers = (index === 0 ? policy : policies.at(index))?.keys ?? [];
      const signer = keepers.find((key) => key.keeper && !key.retired && key.fingerprint === envelope.by);
      if (signer && (await verifyEnvelope(envelope, signer.publicKey))) policies.#inForce.push({ from: index + 1, policy });
      else policies.findings.push({ kind: "unsigned", ...placeOf(index, size) });
    }
    return policies;
  }

  /** The policy in force for the entry at `index`. */
  at(index: number): Policy | null {
    return this.#inForce.findLast(({ from }) => from <= Math.max(index, 1))?.policy ?? null;
  }

  get newest(): Policy | null {
    return this.#inForce.at(-1)?.policy ?? null;
  }

  /** Every key that any policy lists, the newest word on it last. */
  get keys(): PolicyKey[] {
    const keys = new Map<string, PolicyKey>();
    for (const { policy } of this.#inForce) for (const key of policy.keys) keys.set(key.fingerprint, key);
    return [...keys.values()];
  }
}

async function readPolicy(json: Uint8Array): Promise<Policy | null> {
  try {
    return await parsePolicy(json);
  } catch {
    return null; // committed to, but no policy: nothing can rest on it
  }
}

/** The keys that may sign checkpoints and manifests now. */
export const keepersOf = (policy: Policy): PolicyKey[] => policy.keys.filter((key) => key.keeper && !key.retired);

/** Whether a key that the policy then in force lists has signed each envelope. */
export async function checkSignatures(
  entries: readonly Entry[], policies: Policies, size: number, progress: (done: number) => void,
): Promise<Finding[]> {
  let done = 0;
  const found = await inParallel(entries, async ({ index, envelope }): Promise<Finding | null> => {
    progress(++done);
    if (!envelope) return { kind: "modified", ...placeOf(index, size) };
    if (envelope.kind === "policy") return null; // Policies.read has looked
    const key = policies.at(index)?.keys.find((listed) => listed.fingerprint === envelope.by && !listed.retired);
    return key && (await verifyEnvelope(envelope, key.publicKey)) ? null : { kind: "unsigned", ...placeOf(index, size) };
  });
  return found.filter((finding) => finding !== null);
}

/** The hashes of entries that were withdrawn, of all that these entries say. */
export const withdrawn = (entries: readonly Entry[]): Set<string> =>
  new Set(entries.flatMap(({ envelope }) => (envelope?.kind === "withdrawal" ? envelope.cites : [])));

/**
 * Whether each public body is there and is the one that was committed to, and whether no other body is.
 * `listed` tells whether the manifest lists a file.
 */
export async function checkBodies(
  site: Site, entries: readonly Entry[], gone: ReadonlySet<string>, listed: (path: string) => boolean,
  progress: (done: number) => void,
): Promise<Finding[]> {
  let done = 0;
  const found = await inParallel(entries, async ({ index, leaf, envelope }): Promise<Finding | null> => {
    progress(++done);
    if (!envelope) return null; // said with the signatures
    const file = bodyPath(envelope.body);
    const ended = gone.has(toHex(await leafHash(leaf)));
    // What is withheld or withdrawn is not asked for: the manifest says whether it is published, and asking would fetch what must be gone.
    if (ended || envelope.visibility === "withheld") return listed(file) ? { kind: "unexpected", file, entry: index } : null;
    const bytes = await site.read(file);
    if (!bytes) return { kind: "missing", file, entry: index };
    return (await parseBody(bytes))?.commitment === envelope.body ? null : { kind: "modified", file, entry: index };
  });
  return found.filter((finding) => finding !== null);
}
