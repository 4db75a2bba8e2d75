/** What a published record holds of one call: its entries, judged by the record's rules, read by their commitments, trusting no page. */

import { entryAt, Judgement } from "../check/entries.ts";
import { readCheckpoint, readEntries } from "../check/ledger.ts";
import { inParallel, type Site } from "../check/site.ts";
import { readCanonical } from "../ledger/canonical.ts";
import { hasEd25519 } from "../ledger/ed25519.ts";
import { bodyPath, parseBody } from "../ledger/envelope.ts";
import { innerFits } from "../ledger/inner.ts";
import { isOfKind } from "../ledger/kinds.ts";
import type { Leaf } from "../ledger/rules.ts";
import { bundleCount, WIDTH } from "../ledger/tiles.ts";
import type { Audited, Finding, Rule, Step } from "./findings.ts";
import { auditOf, type Call, callOf, type Draw, drawOf, type Json, tallyOf } from "./shapes.ts";

const GOVERNING = ["policy", "withdrawal", "opening"];
const KINDS = ["call", "endorsement", "tally", "draw", "audit"];

interface Entry { readonly leaf: Leaf; readonly kind: string; readonly about: string; readonly body: Json }

/** A call as it stands: its own body, what was counted for it, who joined it, and what could not be read. */
export interface HeldCall {
  readonly call: Call;
  readonly steps: readonly Step[];
  readonly audits: readonly Audited[];
  readonly endorsements: readonly { readonly entry: string; readonly body: Json }[];
  /** How many draws of the call no audit tells of. */
  readonly unaudited: number;
  /** Whether this browser could check signatures. */
  readonly able: boolean;
  readonly findings: readonly Finding[];
}

/** Read a call; null where the record holds none of this id. Throws where checkpoint or ledger cannot be read. */
export async function heldCall(site: Site, id: string): Promise<HeldCall | null> {
  const found: Finding[] = [];
  const find = ({ name, index }: Leaf, rule: Rule): void => void found.push({ file: name, number: index, rule });
  const able = await hasEd25519();
  const leaves = await leavesOf(site);
  const judgement = new Judgement(site, true);
  if (able) await judgement.judge(leaves, () => false, () => undefined);
  const counting = leaves.filter(({ index }) => !judgement.voids.has(index));
  const gone = new Set(counting.flatMap(({ envelope }) => (envelope?.kind === "withdrawal" ? envelope.cites : [])));
  for (const leaf of leaves) if (judgement.voids.has(leaf.index) && KINDS.includes(leaf.envelope?.kind ?? "")) find(leaf, "void");
  const opened = new Set(counting.flatMap(({ envelope }) => (envelope?.kind === "opening" ? envelope.cites : [])));
  const wanted = counting.filter(({ name, envelope }) => envelope && KINDS.includes(envelope.kind) && !gone.has(name));
  const open = wanted.filter(({ name, envelope }) => envelope?.visibility === "public" || opened.has(name));
  const read = await inParallel(open, (leaf) => entryOf(site, leaf, able, find));
  const entries = read.filter((entry) => entry !== null);
  const replaced = new Set(entries.map(({ leaf }) => leaf.envelope?.replaces));
  return held(id, entries, entries.filter(({ leaf }) => !replaced.has(leaf.name)), wanted, { able, found, find });
}

async function leavesOf(site: Site): Promise<Leaf[]> {
  const checkpoint = await readCheckpoint(site);
  if (!("size" in checkpoint)) throw new Error(checkpoint.file);
  const bundles = await inParallel(Array.from({ length: bundleCount(checkpoint.size) }, (_, n) => n), async (n) => {
    const bundle = await readEntries(site, n, checkpoint.size);
    return Promise.all(bundle.map((leaf, i) => entryAt(n * WIDTH + i, leaf)));
  });
  return bundles.flat().filter(({ envelope }) => envelope && [...GOVERNING, ...KINDS].includes(envelope.kind));
}

type Find = (leaf: Leaf, rule: Rule) => void;

/** The body of an entry; null where it is withheld, and where it is not what was committed to, which is found. */
async function entryOf(site: Site, leaf: Leaf, able: boolean, find: Find): Promise<Entry | null> {
  const { envelope } = leaf;
  if (!envelope) return null;
  const bytes = await site.read(bodyPath(envelope.body));
  if (!bytes) return null;
  const salted = await parseBody(bytes);
  const body = salted && readCanonical(salted.json);
  const fits = body && salted.commitment === envelope.body && isOfKind(envelope.kind, body) && (!able || (await innerFits(envelope.kind, body)));
  if (fits) return { leaf, kind: envelope.kind, about: envelope.about, body };
  find(leaf, "malformed");
  return null;
}

interface Reading { readonly able: boolean; readonly found: Finding[]; readonly find: Find }

function held(id: string, entries: readonly Entry[], current: readonly Entry[], leaves: readonly Leaf[], { able, found, find }: Reading): HeldCall | null {
  const read = <T>({ leaf, body }: Entry, shape: (body: Json) => T): T | null => {
    try {
      return shape(body);
    } catch {
      find(leaf, "malformed");
      return null;
    }
  };
  const own = current.find(({ about }) => about === id);
  const call = own && read(own, callOf);
  if (!call) return null;
  const steps: Step[] = [];
  const audits: Audited[] = [];
  const draws = new Map<string, { draw: Draw | null; at: number }>(entries.filter(({ kind }) => kind === "draw")
    .map((entry) => [entry.leaf.name, { draw: read(entry, drawOf), at: entry.leaf.index }]));
  for (const entry of current.filter(({ body }) => body.call === id)) {
    const { name, index } = entry.leaf;
    if (entry.kind === "tally") {
      const tally = read(entry, tallyOf);
      if (tally) steps.push({ entry: name, at: index, tally });
    } else if (entry.kind === "audit") {
      const audit = read(entry, auditOf);
      const drawn = audit && draws.get(audit.draw);
      if (audit) audits.push({ entry: name, audit, draw: drawn?.draw ?? null, drawAt: drawn?.at ?? null });
    }
  }
  const versions = new Set(entries.filter(({ about }) => about === id).map(({ leaf }) => leaf.name));
  const audited = new Set(audits.map(({ audit }) => audit.draw));
  const unaudited = leaves.filter(({ name, envelope }) =>
    envelope?.kind === "draw" && envelope.cites.some((cited) => versions.has(cited)) && !audited.has(name)).length;
  const endorsements = current.filter(({ kind, body }) => kind === "endorsement" && body.call === id)
    .map(({ leaf, body }) => ({ entry: leaf.name, body }));
  return { call, steps, audits, endorsements, unaudited, able, findings: found };
}
