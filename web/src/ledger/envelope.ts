/** Signed envelopes and the bodies that they commit to. See docs/format.md. */

import { type Bytes, concat, equal, fromBase64, fromHex, sha256, text, toHex, utf8 } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { verifyEd25519 } from "./ed25519.ts";

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

const LARGEST = 65_535;
const MOST_CITED = 800;
const HASH = /^[0-9a-f]{64}$/;

const isText = (form: RegExp) => (value: unknown): boolean => typeof value === "string" && form.test(value);
const isHash = isText(HASH);

/** What each field must be. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  vestige: (value) => value === 1,
  kind: isText(/^[a-z]{1,20}$/),
  about: isText(/^[a-z]{1,20}:[a-z2-7]{16}$/),
  made: (value) => isText(/^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)(value) && isMoment(value as string),
  by: isHash,
  replaces: (value) => value === null || isHash(value),
  cites: (value) => Array.isArray(value) && value.length <= MOST_CITED && value.every(isHash),
  body: isHash,
  visibility: isText(/^(public|withheld)$/),
  sig: isText(/^[A-Za-z0-9+/]{85}[AQgw]==$/),
};

/** Whether a time of this form is one that the calendar has: there is no thirtieth of February. */
function isMoment(made: string): boolean {
  const time = Date.parse(made);
  return !Number.isNaN(time) && new Date(time).toISOString() === `${made.slice(0, -1)}.000Z`;
}

/** Thrown for a leaf that is no envelope of format 1. */
export class EnvelopeError extends Error {
  override name = "EnvelopeError";
}

/** Read an envelope; throws EnvelopeError for other fields, other forms or another spelling than the canonical one. */
export function parseEnvelope(leaf: Uint8Array): Envelope {
  if (leaf.length > LARGEST) throw new EnvelopeError(`expected at most ${LARGEST} bytes, got ${leaf.length}`);
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text(leaf));
  } catch {
    throw new EnvelopeError("expected canonical JSON, got other bytes");
  }
  const fields = value && typeof value === "object" ? Object.keys(value) : [];
  if (fields.sort().join() !== Object.keys(FIELDS).sort().join()) throw new EnvelopeError("expected the fields of format 1");
  for (const field of fields) if (!FIELDS[field](value[field])) throw new EnvelopeError(`expected another form of ${field}`);
  const envelope = value as unknown as Envelope;
  if (!envelope.about.startsWith(`${envelope.kind}:`)) throw new EnvelopeError("expected the id of a thing of this kind");
  if (!equal(utf8(canonical(value)), leaf)) throw new EnvelopeError("expected canonical JSON, got another spelling");
  return envelope;
}

/** What an entry's signature covers: the record's origin, then the envelope without it, so that no other record can take the entry over. */
export const signedBytes = (origin: string, { sig: _, ...rest }: Envelope): Bytes =>
  utf8(`vestige entry v1\n${origin}\n${canonical(rest)}`);

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** The id of a thing: its kind and the base32 of the first 80 bits of its first body commitment. */
export function thingId(kind: string, commitment: string): string {
  const bits = BigInt(`0x${commitment.slice(0, 20)}`);
  return `${kind}:${Array.from({ length: 16 }, (_, i) => BASE32[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join("")}`;
}

/** Whether the envelope was signed for the record of this origin with this key. */
export const verifyEnvelope = (origin: string, envelope: Envelope, publicKey: Bytes): Promise<boolean> =>
  verifyEd25519(publicKey, fromBase64(envelope.sig), signedBytes(origin, envelope));

/** A public body as published: its salt and its canonical JSON. */
export interface Body {
  readonly commitment: string;
  readonly salt: Bytes;
  readonly json: Bytes;
}

/** Read a file of body/: salt in hexadecimal, space, JSON, line feed; null when it has another form. */
export async function parseBody(bytes: Uint8Array): Promise<Body | null> {
  if (bytes.length < 67 || bytes[64] !== 0x20 || bytes.at(-1) !== 0x0a) return null;
  try {
    const salt = fromHex(text(bytes.slice(0, 64)));
    const json = bytes.slice(65, -1) as Bytes;
    return { commitment: toHex(await sha256(concat(salt, json))), salt, json };
  } catch {
    return null;
  }
}

export const bodyPath = (commitment: string): string => `body/${commitment.slice(0, 2)}/${commitment}`;
