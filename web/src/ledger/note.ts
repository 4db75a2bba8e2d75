/** C2SP signed notes: text, an empty line, signature lines; and what a signature line of each kind says. */

import { type Bytes, concat, equal, fromBase64, sha256, text, toBase64, toHex, utf8 } from "./bytes.ts";
import { isSoundPoint, verifyEd25519 } from "./ed25519.ts";

/** Thrown for text that is no signed note, no checkpoint or no manifest. */
export class NoteError extends Error {
  override name = "NoteError";
}

export interface Signature {
  readonly name: string;
  readonly keyId: Bytes;
  readonly signature: Bytes;
}

export interface Note {
  /** What is signed, with its last line feed. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** How a key signs a note: over its text, or as a witness, with a time before it (C2SP tlog-cosignature). */
export const SIGNED = 0x01;
export const COSIGNED = 0x04;

/** A public key that can sign notes under a name. */
export interface Verifier {
  readonly name: string;
  readonly publicKey: Bytes;
  /** `SIGNED` where nothing else is said. */
  readonly algorithm?: typeof SIGNED | typeof COSIGNED;
}

/** The specification asks for at least sixteen lines and a limit; Go's reader has this one. */
const MOST_SIGNATURES = 100;
const SIGNATURE = /^— (?<name>[^\p{White_Space}+]+) (?<base64>[A-Za-z0-9+/]+={0,2})$/u;
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

/** Read a signed note; throws NoteError. */
export function parseNote(bytes: Uint8Array): Note {
  let all: string;
  try {
    all = text(bytes);
  } catch {
    throw new NoteError("expected UTF-8 text, got other bytes");
  }
  if (CONTROL.test(all)) throw new NoteError("expected text without control characters, got one");
  const end = all.lastIndexOf("\n\n");
  if (end < 0 || !all.endsWith("\n")) throw new NoteError("expected text, an empty line and signature lines");
  const lines = all.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw new NoteError(`expected at most ${MOST_SIGNATURES} signature lines, got ${lines.length}`);
  return { text: all.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const found = SIGNATURE.exec(line)?.groups;
  if (!found) throw new NoteError(`expected a signature line, got ${line.slice(0, 80)}`);
  let bytes: Bytes;
  try {
    bytes = fromBase64(found.base64);
  } catch {
    throw new NoteError(`expected base64 in the signature line, got ${line.slice(0, 80)}`);
  }
  if (bytes.length < 5) throw new NoteError(`expected a key id and a signature, got ${line.slice(0, 80)}`);
  return { name: found.name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** The key id of signed notes: SHA-256(name ‖ LF ‖ algorithm ‖ public key), first four bytes. */
export const keyId = async ({ name, publicKey, algorithm = SIGNED }: Verifier): Promise<Bytes> =>
  (await sha256(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey)).slice(0, 4);

/** A key as other log clients read it: name, key id and key (the vkey of signed notes). */
export const vkeyOf = async (key: Verifier): Promise<string> =>
  `${key.name}+${toHex(await keyId(key))}+${toBase64(concat(Uint8Array.of(key.algorithm ?? SIGNED), key.publicKey))}`;

/** Read a vkey; throws NoteError. */
export async function parseVkey(vkey: string): Promise<Verifier> {
  const found = /^(?<name>[^\p{White_Space}+]+)\+(?<id>[0-9a-f]{8})\+(?<base64>[A-Za-z0-9+/]+=*)$/u.exec(vkey.trim())?.groups;
  if (!found) throw new NoteError("expected a key as name+id+base64");
  let bytes: Bytes;
  try {
    bytes = fromBase64(found.base64);
  } catch {
    throw new NoteError("expected base64 at the end of the key");
  }
  const [algorithm] = bytes;
  const publicKey = bytes.slice(1);
  if ((algorithm !== SIGNED && algorithm !== COSIGNED) || !isSoundPoint(publicKey)) throw new NoteError("expected an Ed25519 key");
  const key: Verifier = { name: found.name, publicKey, algorithm };
  if (toHex(await keyId(key)) !== found.id) throw new NoteError("expected the key's own id, got another one: a part of it is missing or mistyped");
  return key;
}

/**
 * The first of these keys that signed the note, or null.
 *
 * As the specification asks, a line of a known key that does not fit spoils the note: null, whoever else signed.
 */
export async function signedBy<K extends Verifier>(note: Note, keys: readonly K[]): Promise<K | null> {
  let signer: K | null = null;
  for (const key of keys) {
    const id = await keyId(key);
    for (const made of note.signatures) {
      if (made.name !== key.name || !equal(made.keyId, id)) continue;
      if (!(await verifyEd25519(key.publicKey, made.signature, utf8(note.text)))) return null;
      signer ??= key;
    }
  }
  return signer;
}

/** A witness that saw this checkpoint after every earlier one that it signed, and when. */
export interface Cosignature<K extends Verifier = Verifier> {
  readonly witness: K;
  /** Seconds since 1970, as the witness said. */
  readonly time: number;
  readonly fits: boolean;
}

/** What these witnesses say in a checkpoint's lines (cosignature/v1): the time, and whether the signature fits. */
export async function cosignatures<K extends Verifier>(note: Note, witnesses: readonly K[]): Promise<Cosignature<K>[]> {
  const found: Cosignature<K>[] = [];
  for (const witness of witnesses) {
    const id = await keyId({ ...witness, algorithm: COSIGNED });
    for (const { name, keyId: named, signature } of note.signatures) {
      if (name === witness.name && equal(named, id)) found.push(await cosignature(note, witness, signature));
    }
  }
  return found;
}

async function cosignature<K extends Verifier>(note: Note, witness: K, bytes: Bytes): Promise<Cosignature<K>> {
  if (bytes.length !== 72) return { witness, time: 0, fits: false };
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0));
  const data = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  return { witness, time, fits: Number.isSafeInteger(time) && (await verifyEd25519(witness.publicKey, bytes.slice(8), data)) };
}
