/** Policies: whose keys may sign what. See docs/format.md. */

import { type Bytes, fromBase64, sha256, text, toHex } from "./bytes.ts";
import { areTranslations } from "./agreement.ts";
import { isSoundPoint } from "./ed25519.ts";
import { isOfKind } from "./kinds.ts";
import { COSIGNED, parseVkey, type Verifier } from "./note.ts";

export type Role = "log" | "contributor" | "reviewer" | "keeper";

/** A key that a policy lists. */
export interface PolicyKey extends Verifier {
  readonly fingerprint: string;
  /** The handle of the key. */
  readonly owner: string;
  /** The handle of whoever is behind it: a person may have several keys. */
  readonly person: string;
  readonly role: Role;
  readonly retired: boolean;
}

export interface Policy {
  readonly name: string;
  readonly origin: string;
  readonly keys: readonly PolicyKey[];
  /** Keys of witnesses that cosign checkpoints, and how many of them must. */
  readonly witnesses: readonly Verifier[];
  readonly quorum: number;
}

interface WrittenKey {
  readonly public: string;
  readonly handle: string;
  readonly role: string;
  readonly person?: string | null;
  readonly retired?: boolean;
}

interface WrittenPolicy {
  readonly name: string;
  readonly origin: string;
  readonly keys: readonly WrittenKey[];
  readonly witnesses?: readonly { readonly vkey: string }[];
  readonly quorum?: number;
}

/** Read a policy body; throws RangeError for one that breaks a rule of its form, or what JSON and vkeys throw. */
export async function parsePolicy(json: Uint8Array): Promise<Policy> {
  const written = JSON.parse(text(json)) as WrittenPolicy;
  if (!isOfKind("policy", written) || !areTranslations("policy", { ...written })) throw new RangeError("expected the fields of a policy");
  const { name, origin, witnesses = [], quorum = 0 } = written;
  const keys = await Promise.all(written.keys.map((key) => readKey(key, origin)));
  requireRoles(keys);
  requireOnce(keys.map(({ fingerprint }) => fingerprint));
  requireOnce(keys.map(({ owner }) => owner));
  if (quorum > witnesses.length) throw new RangeError("expected a quorum that can be met");
  return { name, origin, keys, quorum, witnesses: await Promise.all(witnesses.map(({ vkey }) => readWitness(vkey))) };
}

async function readKey({ public: base64, handle, role, person, retired }: WrittenKey, origin: string): Promise<PolicyKey> {
  const publicKey: Bytes = fromBase64(base64);
  if (!isSoundPoint(publicKey)) throw new RangeError("expected a key that somebody can hold");
  return {
    name: origin, publicKey, owner: handle, role: role as Role, person: person ?? handle, fingerprint: toHex(await sha256(publicKey)),
    retired: retired === true,
  };
}

async function readWitness(vkey: string): Promise<Verifier> {
  const witness = await parseVkey(vkey);
  if (witness.algorithm !== COSIGNED) throw new RangeError("expected the key of a witness");
  return witness;
}

function requireRoles(keys: readonly PolicyKey[]): void {
  for (const role of ["keeper", "log"]) {
    if (!keys.some((key) => key.role === role && !key.retired)) throw new RangeError(`expected a ${role} key that is not retired`);
  }
}

function requireOnce(values: readonly string[]): void {
  if (new Set(values).size < values.length) throw new RangeError("expected each key and each handle once");
}

/** The keys that may sign checkpoints and manifests under a policy. */
export const logKeysOf = (policy: Policy): PolicyKey[] => policy.keys.filter((key) => key.role === "log" && !key.retired);
