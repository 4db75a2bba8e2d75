/** What every check stands on: checkpoint, manifest, policies; and the first question, whether it is worth walking any further. */

import { type Checkpoint, type Manifest, signerOf } from "../ledger/checkpoint.ts";
import { toHex } from "../ledger/bytes.ts";
import { hasEd25519 } from "../ledger/ed25519.ts";
import { type Cosignature, cosignatures, type Verifier, vkeyOf } from "../ledger/note.ts";
import { logKeysOf, type Policy } from "../ledger/policy.ts";
import { bundleCount, WIDTH } from "../ledger/tiles.ts";
import { entryAt, Judgement } from "./entries.ts";
import { checkManifest, checkFiles, readManifest } from "./files.ts";
import { CHECKPOINT, findingFrom, readCheckpoint, readEntries, tilesLeadTo } from "./ledger.ts";
import { type Finding, type Report, type Step, step, type StepName, type WitnessSeen } from "./report.ts";
import { inParallel, type Reader, readerOf, type Site } from "./site.ts";

/** Told as the work goes on: which step, how many of how many. */
export type Progress = (step: StepName, done: number, total: number) => void;

export interface Options {
  readonly progress?: Progress;
  /** The log key that the reader expects, from elsewhere. */
  readonly expected?: Verifier;
  /** Places of policy entries, as a page names them: a hint that needs no trust, since each is checked. */
  readonly policies?: readonly number[];
}

/** A ledger of more entries is not walked before a key has signed its checkpoint. */
const UNSIGNED_WALK = 100_000;

/** A check as it goes on. */
export interface Ground {
  readonly site: Reader;
  readonly able: boolean;
  readonly checkpoint: Checkpoint | null;
  readonly manifest: Manifest | null;
  /** What reading the two found. */
  readonly steps: readonly Step[];
  readonly options: Options;
  readonly progress: Progress;
}

const isFinding = (value: Checkpoint | Manifest | Finding): value is Finding => "kind" in value;

export async function readGround(from: Site, options: Options): Promise<Ground> {
  const site = readerOf(from);
  const [checkpoint, manifest, able] = await Promise.all([readCheckpoint(site), readManifest(site), hasEd25519()]);
  const steps: Step[] = [];
  if (isFinding(checkpoint)) steps.push(step("checkpoint", 1, [checkpoint]));
  if (isFinding(manifest)) steps.push(step("files", 1, [manifest]));
  return {
    site, able, steps, options, progress: options.progress ?? (() => undefined),
    checkpoint: isFinding(checkpoint) ? null : checkpoint, manifest: isFinding(manifest) ? null : manifest,
  };
}

/**
 * Why a ledger is not to be walked, or null.
 *
 * One altered line of a checkpoint can claim any number of entries. So before all of them are asked for, a key has signed the checkpoint
 * or, where no such key is known yet, its tiles lead to its root and it is of a size that can be looked through.
 */
export async function notWorthWalking({ site, able, options }: Ground, checkpoint: Checkpoint): Promise<Finding[] | null> {
  if (able && (await signedSoFar(site, checkpoint, options))) return null;
  if (!(await tilesLeadTo(site, checkpoint))) return [{ kind: "modified", file: CHECKPOINT, why: "other-root" }];
  return checkpoint.size > UNSIGNED_WALK ? [{ kind: "unsigned", file: CHECKPOINT }] : null;
}

/** Whether the expected key, or one of the policies that can be found without a walk, has signed the checkpoint. */
async function signedSoFar(site: Site, checkpoint: Checkpoint, { expected, policies = [] }: Options): Promise<boolean> {
  if (expected && (await signerOf(checkpoint, policyOfOne(expected)))) return true;
  for (const policy of await policiesAt(site, checkpoint, policies)) if (await signerOf(checkpoint, policy)) return true;
  return false;
}

/** The policies at these places and at the first, each as far as a keeper of the one before has signed it. */
async function policiesAt(site: Site, { size }: Checkpoint, places: readonly number[]): Promise<readonly Policy[]> {
  const hinted = [...new Set([0, ...places])].filter((index) => index < size).sort((a, b) => a - b);
  const judgement = new Judgement(site, true);
  try {
    const entries = await inParallel(hinted, async (index) =>
      entryAt(index, (await readEntries(site, Math.floor(index / WIDTH), size))[index % WIDTH]));
    await judgement.judge(entries, () => false, () => undefined);
  } catch (error) {
    findingFrom(error); // what cannot be read is found by the walk
  }
  return judgement.rules.policies;
}

/** A policy that lists one log key, that of a reader who knows it from elsewhere. */
export const policyOfOne = (key: Verifier): Policy => ({
  name: key.name, origin: key.name, witnesses: [], quorum: 0,
  keys: [{ ...key, fingerprint: "", owner: key.name, person: key.name, role: "log", retired: false }],
});

/** Who signed the checkpoint, who cosigned it, and whether that is whom the reader expects. */
export async function checkpointStep({ able, options }: Ground, checkpoint: Checkpoint, policy: Policy | null): Promise<Step> {
  if (!able) return step("checkpoint", 0, [], "no-ed25519");
  if (!policy) return step("checkpoint", 0, [], "no-policy");
  const signer = await signerOf(checkpoint, policy);
  const findings: Finding[] = signer ? [] : [{ kind: "unsigned", file: CHECKPOINT }];
  if (options.expected && !(await signerOf(checkpoint, policyOfOne(options.expected)))) {
    findings.push({ kind: "unsigned", file: CHECKPOINT, why: "other-key" });
  }
  const lines = await cosignatures(checkpoint.note, policy.witnesses);
  const wrong = lines.filter(({ fits }) => !fits);
  findings.push(...wrong.map((): Finding => ({ kind: "unsigned", file: CHECKPOINT, why: "cosignature" })));
  const agreeing = new Set(lines.filter(({ fits }) => fits).map(({ witness }) => witness.name));
  return step("checkpoint", 1 + lines.length, findings, agreeing.size < policy.quorum ? "quorum" : undefined);
}

/** The files of the manifest; also when the ledger cannot be read, since each file stands by its own hash. */
export async function filesStep(ground: Ground, policy: Policy | null, paths: readonly string[], more: readonly Finding[] = []): Promise<Step[]> {
  const { manifest, site, able, progress } = ground;
  if (!manifest) return [];
  const files = await checkFiles(site, manifest, paths, (done) => progress("files", done, paths.length));
  const signed = able && policy ? await checkManifest(manifest, policy) : [];
  return [step("files", paths.length, [...signed, ...files, ...more], able ? (policy ? undefined : "no-policy") : "no-ed25519")];
}

/** What a reader should be told whatever was found: which ledger, whose keys, which witnesses. */
export async function summary(checkpoint: Checkpoint | null, policies: readonly Policy[]): Promise<Omit<Report, "steps" | "foreign">> {
  const newest = policies.at(-1);
  const latest = new Map(policies.flatMap((policy) => policy.keys.map((key) => [key.fingerprint, key])));
  const log = new Set(newest ? logKeysOf(newest).map(({ fingerprint }) => fingerprint) : []);
  const keys = [...latest.values()].map(async (key) => ({
    fingerprint: key.fingerprint, owner: key.owner, role: key.role, retired: key.retired,
    ...(log.has(key.fingerprint) && { vkey: await vkeyOf({ name: key.name, publicKey: key.publicKey }) }),
  }));
  const lines = checkpoint && newest ? await cosignatures(checkpoint.note, newest.witnesses) : [];
  return {
    ...(checkpoint && { ledger: { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) } }),
    keys: await Promise.all(keys),
    witnesses: lines.filter(({ fits }) => fits).map(seenBy),
  };
}

/** Whether the manifest lists a file; true of every file where there is none to ask. */
export const listedIn = ({ manifest }: Ground) => (path: string): boolean => manifest?.files.has(path) ?? true;

/** The last moment that a date can name: a witness may have signed any number. */
const LATEST = 8_640_000_000_000;

/** A witness as a report names it. */
export const seenBy = ({ witness, time }: Cosignature): WitnessSeen => ({ name: witness.name, time: new Date(Math.min(time, LATEST) * 1000) });

/** The places of every bundle. */
export const bundlesOf = (size: number): number[] => Array.from({ length: bundleCount(size) }, (_, n) => n);
