/** Checking entries: which count, who signed them, and whether their bodies are those that were committed to. */

import { type Bytes, toHex } from "../ledger/bytes.ts";
import { type Body, bodyPath, EnvelopeError, type Envelope, parseBody, parseEnvelope, verifyEnvelope } from "../ledger/envelope.ts";
import { leafHash } from "../ledger/merkle.ts";
import { parsePolicy, type Policy, type PolicyKey } from "../ledger/policy.ts";
import { type Leaf, LedgerRules, type Void } from "../ledger/rules.ts";
import { isKnownKind } from "../ledger/kinds.ts";
import { bundlePath, WIDTH } from "../ledger/tiles.ts";
import { findingFrom } from "./ledger.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Site } from "./site.ts";

/** Entries whose bodies and signatures are held at a time. */
const RUN = 2048;
/** The kinds that the rules cannot judge without their bodies. */
const GOVERNING: ReadonlySet<string> = new Set(["policy", "withdrawal", "opening"]);

export async function entryAt(index: number, leaf: Bytes): Promise<Leaf> {
  return { index, name: toHex(await leafHash(leaf)), envelope: envelopeOf(leaf) };
}

function envelopeOf(leaf: Bytes): Envelope | null {
  try {
    return parseEnvelope(leaf);
  } catch (error) {
    if (error instanceof EnvelopeError) return null;
    throw error;
  }
}

/** Where an entry lies, for a finding about its envelope. */
export const placeOf = (index: number, size: number): { file: string; entry: number } => ({
  file: `ledger/${bundlePath(Math.floor(index / WIDTH), size)}`,
  entry: index,
});

/** A body as it was found: null where the file is missing, a finding where it cannot be the body. */
type Found = Body | Finding | null;

/** What the rules say of every entry that was asked for. */
export class Judgement {
  readonly rules: LedgerRules;
  readonly voids = new Map<number, Void>();
  readonly #site: Site;
  readonly #sparse: boolean;
  readonly #listed: (path: string) => boolean;
  readonly #bodies = new Map<string, "fits" | Finding | null>();
  readonly #salts = new Map<string, Uint8Array>();

  /**
   * `sparse` when not every entry will be given: the rules then ask of an entry only what it and the policies say. `listed` tells whether the
   * manifest lists a file.
   */
  constructor(site: Site, sparse = false, listed: (path: string) => boolean = () => true) {
    this.#site = site;
    this.#sparse = sparse;
    this.#listed = listed;
    this.rules = new LedgerRules(sparse);
  }

  /**
   * Judge entries in the order of the ledger. `wanted` says whose bodies to read; those that govern are always read. What a withdrawal cites is
   * asked for only where the manifest lists it: a withdrawal that counts took it away, and one that does not must hide nothing.
   */
  async judge(entries: readonly Leaf[], wanted: (entry: Leaf) => boolean, progress: (done: number) => void): Promise<void> {
    const [gone, opened] = [citedBy("withdrawal", entries), citedBy("opening", entries)];
    const asks = (entry: Leaf): boolean =>
      entry.envelope !== null && (!gone.has(entry.name) || this.#listed(bodyPath(entry.envelope.body))) && (entry.envelope.visibility === "public" || opened.has(entry.name))
      && (wanted(entry) || GOVERNING.has(entry.envelope.kind) || opened.has(entry.name));
    for (const run of runsOf(entries)) await this.#judgeRun(run, asks, progress);
  }

  async #judgeRun(run: readonly Leaf[], asks: (entry: Leaf) => boolean, progress: (done: number) => void): Promise<void> {
    const bodies = await inParallel(run, (entry) => (asks(entry) ? this.#read(entry) : Promise.resolve(null)));
    const first = run[0].index === 0 ? await policyIn(bodies[0]) : null;
    const keyOf = (by: string): PolicyKey | undefined => (first ? first.keys.find(({ fingerprint }) => fingerprint === by) : this.rules.keyOf(by));
    const origin = (first ?? this.rules.policy)?.origin ?? "";
    const signed = await inParallel(run, async ({ envelope }) => {
      const key = envelope && keyOf(envelope.by);
      return envelope !== null && key !== undefined && key !== null && verifyEnvelope(origin, envelope, key.publicKey);
    });
    for (const [at, entry] of run.entries()) {
      const found = bodies[at];
      const verdict = await this.rules.judge(entry, found && "json" in found ? found.json : null, signed[at], (name) => Promise.resolve(this.#salts.get(name) ?? null));
      if (verdict.void) this.voids.set(entry.index, verdict.void);
      progress(entry.index + 1);
    }
  }

  /** Read a body and remember whether it fits. */
  async #read({ envelope, name }: Leaf): Promise<Found> {
    const { body: commitment, visibility } = envelope as Envelope;
    const found = await readBody(this.#site, commitment);
    this.#bodies.set(name, found && "json" in found ? "fits" : found);
    if (found && "json" in found && visibility === "withheld") this.#salts.set(name, found.salt);
    return found;
  }

  /** How many of these entries count, are of a kind that this check does not know, and have a body that it could not look into. */
  unknown(entries: readonly Leaf[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { envelope, index, name } of entries) {
      if (!envelope || isKnownKind(envelope.kind) || this.voids.has(index) || this.#bodies.get(name) !== "fits") continue;
      counts[envelope.kind] = (counts[envelope.kind] ?? 0) + 1;
    }
    return counts;
  }

  /** What the rules found, as findings about envelopes. */
  findings(entries: readonly Leaf[], size: number): Finding[] {
    const unruled = this.voids.get(0)?.rule === "first"; // then no entry counts, and to say so of each would hide why
    return entries.filter(({ index }) => index === 0 || !unruled).flatMap(({ index }) => {
      const broken = this.voids.get(index);
      return broken ? [{ kind: broken.kind, why: `rule-${broken.rule}` as const, ...placeOf(index, size) }] : [];
    });
  }

  /**
   * Whether each body that may be public is there and fits, and whether no other is. `listed` tells whether the manifest lists a file. An absent
   * body that `excused` excuses is no finding: a page of a large record cannot know which entries were withdrawn.
   */
  async bodies(entries: readonly Leaf[], listed: (path: string) => boolean, excused: (path: string) => boolean): Promise<Finding[]> {
    const fateOf = this.rules.policy ? (name: string) => this.rules.fateOf(name) : fatesSaid(entries);
    const found = await inParallel(entries, async (entry): Promise<Finding | null> => {
      const { envelope, index, name } = entry;
      const broken = this.voids.get(index);
      const unfit = index === 0 && this.#bodies.get(name) !== "fits"; // a first policy that is another's is void for that alone
      if (!envelope || (broken && !unfit && !["body", "fields", "status"].includes(broken.rule))) return null;
      const file = bodyPath(envelope.body);
      const fate = fateOf(name);
      const open = envelope.visibility === "public" || fate.opened || (this.#sparse && listed(file)); // an opening may stand anywhere
      if (fate.withdrawn || !open) return listed(file) ? { kind: "unexpected", file, entry: index } : null;
      if (excused(file)) return null;
      if (!this.#bodies.has(name)) await this.#read(entry);
      const body = this.#bodies.get(name);
      return body === "fits" ? null : { ...(body ?? { kind: "missing", file }), entry: index };
    });
    return found.filter((finding) => finding !== null);
  }
}

const citedBy = (kind: string, entries: readonly Leaf[]): Set<string> =>
  new Set(entries.flatMap(({ envelope }) => (envelope?.kind === kind ? envelope.cites : [])));

/** What the entries themselves say was withdrawn or opened, where nothing could be judged: without Ed25519, or without a policy. */
function fatesSaid(entries: readonly Leaf[]): (name: string) => { withdrawn: boolean; opened: boolean } {
  const [gone, opened] = [citedBy("withdrawal", entries), citedBy("opening", entries)];
  return (name) => ({ withdrawn: gone.has(name), opened: opened.has(name) });
}

/** Entries in runs that each end at a policy, since a policy brings keys. */
function* runsOf(entries: readonly Leaf[]): Generator<Leaf[]> {
  let run: Leaf[] = [];
  for (const entry of entries) {
    run.push(entry);
    if (entry.envelope?.kind !== "policy" && run.length < RUN) continue;
    yield run;
    run = [];
  }
  if (run.length) yield run;
}

async function readBody(site: Site, commitment: string): Promise<Found> {
  const file = bodyPath(commitment);
  try {
    const bytes = await site.read(file);
    if (!bytes) return null;
    const body = await parseBody(bytes);
    return body?.commitment === commitment ? body : { kind: "modified", file };
  } catch (error) {
    return findingFrom(error);
  }
}

async function policyIn(found: Found): Promise<Policy | null> {
  try {
    return found && "json" in found ? await parsePolicy(found.json) : null;
  } catch {
    return null;
  }
}
