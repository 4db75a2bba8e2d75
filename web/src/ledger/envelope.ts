/** Signed envelopes and the policies that say who may sign them. See docs/format.md. */

import { type Bytes, concat, equal, fromBase64, fromHex, sha256, text, toHex, utf8 } from "./bytes.ts";
import { verifyEd25519, type Verifier } from "./note.ts";

export interface Envelope {
  readonly vestige: number;
  readonly kind: string;
  readonly about: string;
  readonly made: string;
  readonly by: string;
  readonly replaces: string | null;
  readonly cites: readonly string[];
  readonly body: string;
  readonly visibility: "public" | "withheld";
  readonly sig: string;
}

const FIELDS = ["about", "body", "by", "cites", "kind", "made", "replaces", "sig", "vestige", "visibility"];

/** Thrown for a leaf that is no envelope of format 1. */
export class EnvelopeError extends Error {
  override name = "EnvelopeError";
}

/** Canonical JSON (RFC 8785) of an object whose values are text, whole numbers, null and arrays of them. */
const canonical = (value: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));

/** Read an envelope; throws EnvelopeError for other fields or another spelling than the canonical one. */
export function parseEnvelope(leaf: Uint8Array): Envelope {
  let value: Envelope;
  try {
    value = JSON.parse(text(leaf));
  } catch {
    throw new EnvelopeError("expected canonical JSON, got other bytes");
  }
  const fields = value && typeof value === "object" ? Object.keys(value).sort() : [];
  if (fields.join() !== FIELDS.join() || value.vestige !== 1) throw new EnvelopeError("expected the fields of format 1");
  if (!/^[0-9a-f]{64}$/.test(value.body) || !Array.isArray(value.cites)) throw new EnvelopeError("expected hashes");
  if (!equal(utf8(canonical(value)), leaf)) throw new EnvelopeError("expected canonical JSON, got another spelling");
  return value;
}

/** Whether the envelope was signed with this key. */
export async function verifyEnvelope(envelope: Envelope, publicKey: Bytes): Promise<boolean> {
  const { sig, ...rest } = envelope;
  try {
    return await verifyEd25519(publicKey, fromBase64(sig), utf8(canonical(rest)));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A public body as published: its salt and its canonical JSON. */
export interface Body {
  readonly commitment: string;
  readonly json: Bytes;
}

/** Read a file of body/: salt in hexadecimal, space, JSON, line feed; null when it has another form. */
export async function parseBody(bytes: Uint8Array): Promise<Body | null> {
  if (bytes.length < 67 || bytes[64] !== 0x20 || bytes.at(-1) !== 0x0a) return null;
  try {
    const salt = fromHex(text(bytes.slice(0, 64)));
    const json = bytes.slice(65, -1) as Bytes;
    return { commitment: toHex(await sha256(concat(salt, json))), json };
  } catch {
    return null;
  }
}

/** A key that a policy lists. */
export interface PolicyKey extends Verifier {
  readonly fingerprint: string;
  readonly owner: string;
  readonly keeper: boolean;
  readonly retired: boolean;
}

export interface Policy {
  readonly name: string;
  readonly origin: string;
  readonly keys: readonly PolicyKey[];
}

interface WrittenPolicy {
  name: string;
  origin: string;
  keys: { public: string; name: string; role?: string; retired?: boolean }[];
}

/** Read the keys of a policy body; throws what JSON or base64 throw. */
export async function parsePolicy(json: Uint8Array): Promise<Policy> {
  const { name, origin, keys }: WrittenPolicy = JSON.parse(text(json));
  const read = async (key: WrittenPolicy["keys"][number]): Promise<PolicyKey> => {
    const publicKey = fromBase64(key.public);
    return {
      name: origin, publicKey, owner: key.name, fingerprint: toHex(await sha256(publicKey)),
      keeper: key.role === "keeper", retired: key.retired === true,
    };
  };
  return { name, origin, keys: await Promise.all(keys.map(read)) };
}

export const bodyPath = (commitment: string): string => `body/${commitment.slice(0, 2)}/${commitment}`;
