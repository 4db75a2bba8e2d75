/**
 * Which entries count: the rules of docs/format.md, "Void entries", in their order; the twin of `vestige.record.rules`.
 *
 * Each entry is judged by what stands before it. A void one is skipped by every reader alike, so that nothing in a ledger can stop a record
 * from being read. One that its body alone makes void is skipped, too, but later entries may still speak of it: not every reader has bodies.
 */

import { toBase64 } from "./bytes.ts";
import { readCanonical } from "./canonical.ts";
import { type Envelope, thingId } from "./envelope.ts";
import { innerFits } from "./inner.ts";
import { isKnownKind, isOfKind } from "./kinds.ts";
import { parsePolicy, type Policy, type PolicyKey } from "./policy.ts";
import { ALWAYS_PUBLIC, mayReplace, maySign, mayWithdraw, NEVER_WITHDRAWN } from "./roles.ts";

export interface Void {
  readonly kind: "unsigned" | "not-allowed" | "malformed";
  readonly rule: string;
}

/** An entry at its place; `envelope` is null when the leaf is none; `name` is its hash. */
export interface Leaf {
  readonly index: number;
  readonly name: string;
  readonly envelope: Envelope | null;
}

/** An earlier entry that counts. */
interface Known {
  readonly about: string;
  readonly kind: string;
  readonly person: string;
  readonly withheld: boolean;
  readonly opens: string | null;
  replaced: boolean;
  withdrawn: boolean;
  opened: boolean;
}

export interface Verdict {
  readonly void: Void | null;
  /** What its body says, where that was given and is an object. */
  readonly body: Record<string, unknown> | null;
}

const OF_BODIES: ReadonlySet<string> = new Set(["body", "fields", "status"]);
/** Bytes of the largest body. */
const LARGEST_BODY = 4_000_000;
const isEnding = (kind: string): boolean => kind === "withdrawal" || kind === "opening";
const malformed = (rule: string): Void => ({ kind: "malformed", rule });
const notAllowed = (rule: string): Void => ({ kind: "not-allowed", rule });
const unsigned = (rule: string): Void => ({ kind: "unsigned", rule });

export class LedgerRules {
  /** The policy in force, and each that was. */
  policy: Policy | null = null;
  readonly policies: Policy[] = [];
  #policyEntry = "";
  #keys = new Map<string, PolicyKey>();
  readonly #ever = new Map<string, PolicyKey>();
  readonly #known = new Map<string, Known>();
  readonly #beginners = new Map<string, string>();
  readonly #sparse: boolean;

  /** `sparse` when not every entry will be given: then nothing is asked about earlier ones but policies. */
  constructor(sparse = false) {
    this.#sparse = sparse;
  }

  /** The key of a fingerprint under the policy in force. */
  keyOf(fingerprint: string): PolicyKey | undefined {
    return this.#keys.get(fingerprint);
  }

  /** Whether an entry that counts was withdrawn or opened by now. */
  fateOf(name: string): { readonly withdrawn: boolean; readonly opened: boolean } {
    const { withdrawn = false, opened = false } = this.#known.get(name) ?? {};
    return { withdrawn, opened };
  }

  /**
   * Judge the next entry and take it in. `body` is the body's JSON, null where the reader has none; `saltOf` gives the salt of an earlier body
   * for openings, null where it is not known.
   */
  async judge(leaf: Leaf, body: Uint8Array | null, signed: boolean, saltOf: (name: string) => Promise<Uint8Array | null>): Promise<Verdict> {
    const { envelope } = leaf;
    if (!envelope) return { void: malformed("envelope"), body: null };
    let broken = this.#judgeEnvelope(leaf, envelope, signed);
    const { json, policy, rule } = body ? await readBody(envelope.kind, body) : NO_BODY;
    if (rule) broken ??= malformed(rule);
    if (leaf.index === 0) broken ??= judgeFirst(envelope, policy);
    else if (json) broken ??= this.#judgeBody(envelope, json, policy) ?? (await judgeSalt(envelope, json, saltOf));
    if (!broken || (OF_BODIES.has(broken.rule) && !ALWAYS_PUBLIC.has(envelope.kind))) this.#take(leaf.name, envelope, broken ? null : policy);
    return { void: broken, body: json };
  }

  #judgeEnvelope({ name, index }: Leaf, envelope: Envelope, signed: boolean): Void | null {
    if (this.#known.has(name)) return malformed("doubled");
    if (index === 0) return signed ? null : unsigned("first");
    if (!this.policy) return unsigned("first");
    const key = this.#keys.get(envelope.by);
    if (!key || key.retired) return unsigned("key");
    if (!signed) return unsigned("signature");
    if (this.#sparse && envelope.kind !== "policy") return judgeRole(envelope, key);
    return judgeRole(envelope, key) ?? this.#judgeReferences(envelope) ?? this.#judgeReplacement(envelope, key) ?? this.#judgeEnding(envelope, key);
  }

  #judgeReferences(envelope: Envelope): Void | null {
    if (envelope.about !== thingId(envelope.kind, envelope.body) && !this.#beginners.has(envelope.about)) return malformed("about");
    if (isEnding(envelope.kind) && envelope.cites.length !== 1) return malformed("cites");
    return envelope.cites.every((name) => this.#known.has(name)) ? null : malformed("cites");
  }

  #judgeReplacement(envelope: Envelope, key: PolicyKey): Void | null {
    const before = envelope.replaces === null ? null : this.#known.get(envelope.replaces);
    if (before !== null && (!before || before.about !== envelope.about || before.replaced || before.withdrawn)) return malformed("replaces");
    const person = before ? before.person : this.#beginners.get(envelope.about);
    return person === undefined || mayReplace(key.role, envelope.kind, person === key.person) ? null : notAllowed("person");
  }

  /** What a policy, a withdrawal and an opening do to the entry that they replace or cite. */
  #judgeEnding(envelope: Envelope, key: PolicyKey): Void | null {
    if (envelope.kind === "policy" && envelope.replaces !== this.#policyEntry) return malformed("policy");
    const target = isEnding(envelope.kind) ? this.#known.get(envelope.cites[0]) : undefined;
    if (!target) return null;
    if (envelope.kind === "opening") return !target.withheld || target.withdrawn || target.opened ? malformed("opening") : null;
    const opened = target.opens === null ? undefined : this.#known.get(target.opens);
    if (NEVER_WITHDRAWN.has(target.kind) || (opened && !opened.withdrawn)) return notAllowed("withdrawal");
    if (target.withdrawn) return malformed("withdrawal");
    return mayWithdraw(key.role, target.person === key.person) ? null : notAllowed("person");
  }

  #judgeBody(envelope: Envelope, body: Record<string, unknown>, policy: Policy | null): Void | null {
    const key = this.#keys.get(envelope.by);
    if (envelope.kind === "statement" && key?.role === "contributor" && (body.status ?? "candidate") !== "candidate") return notAllowed("status");
    if (isEnding(envelope.kind) && envelope.cites[0] !== body.entry) return malformed(envelope.kind);
    return policy && !this.#canFollow(policy) ? notAllowed("policy") : null;
  }

  /** Whether a policy keeps the origin, and every key its person and its side: a log's, or a person's. */
  #canFollow(policy: Policy): boolean {
    if (policy.origin !== this.policy?.origin) return false;
    return policy.keys.every((key) => {
      const before = this.#ever.get(key.fingerprint);
      return !before || (before.person === key.person && (before.role === "log") === (key.role === "log"));
    });
  }

  #take(name: string, envelope: Envelope, policy: Policy | null): void {
    const before = envelope.replaces === null ? undefined : this.#known.get(envelope.replaces);
    if (before) before.replaced = true;
    const target = isEnding(envelope.kind) ? this.#known.get(envelope.cites[0]) : undefined;
    if (target && envelope.kind === "withdrawal") target.withdrawn = true;
    if (target && envelope.kind === "opening") target.opened = true;
    if (policy) this.#enact(policy, name);
    const person = this.#keys.get(envelope.by)?.person ?? "";
    const opens = envelope.kind === "opening" ? envelope.cites[0] : null;
    const { about, kind, visibility } = envelope;
    this.#known.set(name, { about, kind, person, withheld: visibility === "withheld", opens, replaced: false, withdrawn: false, opened: false });
    if (!this.#beginners.has(about)) this.#beginners.set(about, person);
  }

  #enact(policy: Policy, name: string): void {
    this.#keys = new Map(policy.keys.map((key) => [key.fingerprint, key]));
    for (const key of policy.keys) this.#ever.set(key.fingerprint, key);
    this.policy = policy;
    this.policies.push(policy);
    this.#policyEntry = name;
  }
}

interface Read {
  readonly json: Record<string, unknown> | null;
  readonly policy: Policy | null;
  /** The rule that the body breaks by its form. */
  readonly rule: "body" | "fields" | null;
}

const NO_BODY: Read = { json: null, policy: null, rule: null };

/** Read a body: canonical JSON of one object, and a body of its kind where that is known. */
export async function readBody(kind: string, bytes: Uint8Array): Promise<Read> {
  const json = readCanonical(bytes);
  if (!json) return { json, policy: null, rule: "body" };
  if (!isKnownKind(kind)) return { json, policy: null, rule: null };
  const whole = bytes.length <= LARGEST_BODY && isOfKind(kind, json) && (await innerFits(kind, json));
  const policy = whole && kind === "policy" ? await readPolicy(bytes) : null;
  return { json, policy, rule: whole && (kind !== "policy" || policy) ? null : "fields" };
}

function judgeRole(envelope: Envelope, key: PolicyKey): Void | null {
  if (!maySign(key.role, envelope.kind)) return notAllowed("role");
  return ALWAYS_PUBLIC.has(envelope.kind) && envelope.visibility !== "public" ? malformed("visibility") : null;
}

/** Whether the first entry is a public policy by a keeper that it lists itself. */
function judgeFirst(envelope: Envelope, policy: Policy | null): Void | null {
  const key = policy?.keys.find(({ fingerprint }) => fingerprint === envelope.by);
  const form = envelope.visibility === "public" && envelope.replaces === null && !envelope.cites.length;
  const own = envelope.about === thingId(envelope.kind, envelope.body);
  return form && own && key?.role === "keeper" && !key.retired ? null : unsigned("first");
}

async function judgeSalt(envelope: Envelope, body: Record<string, unknown>, saltOf: (name: string) => Promise<Uint8Array | null>): Promise<Void | null> {
  if (envelope.kind !== "opening") return null;
  const salt = await saltOf(envelope.cites[0]);
  return salt && toBase64(salt) !== body.salt ? malformed("opening") : null;
}

async function readPolicy(json: Uint8Array): Promise<Policy | null> {
  try {
    return await parsePolicy(json);
  } catch {
    return null; // committed to, but no policy: nothing can rest on it
  }
}
