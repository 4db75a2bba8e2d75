/**
 * C2SP signed notes with Ed25519, and the two kinds that a record has: a checkpoint and a manifest.
 */

import { type Bytes, equal, fromBase64, sha256, text, utf8 } from "./bytes.ts";

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

/** A public key that can sign notes under a name. */
export interface Verifier {
  readonly name: string;
  readonly publicKey: Bytes;
}

const ED25519 = Uint8Array.of(1);
const SIGNATURE = /^— (?<name>[^\s+]+) (?<base64>[A-Za-z0-9+/]+={0,2})$/u;

/** Read a signed note; throws NoteError. */
export function parseNote(bytes: Uint8Array): Note {
  let all: string;
  try {
    all = text(bytes);
  } catch {
    throw new NoteError("expected UTF-8 text, got other bytes");
  }
  const end = all.lastIndexOf("\n\n");
  if (end < 0 || !all.endsWith("\n")) throw new NoteError("expected text, an empty line and signature lines");
  const lines = all.slice(end + 2, -1).split("\n");
  return { text: all.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const found = SIGNATURE.exec(line)?.groups;
  if (!found) throw new NoteError(`expected a signature line, got ${line.slice(0, 80)}`);
  try {
    const bytes = fromBase64(found.base64);
    return { name: found.name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
  } catch {
    throw new NoteError(`expected base64 in the signature line, got ${line.slice(0, 80)}`);
  }
}

/** The key id of signed notes: SHA-256(name ‖ LF ‖ 0x01 ‖ public key), first four bytes. */
export const keyId = async (key: Verifier): Promise<Bytes> =>
  (await sha256(utf8(`${key.name}\n`), ED25519, key.publicKey)).slice(0, 4);

/** Thrown where the browser's WebCrypto has no Ed25519: nothing can then be said about signatures. */
export class NoEd25519Error extends Error {
  override name = "NoEd25519Error";
}

const imported = new Map<string, Promise<CryptoKey>>();

/** Whether this browser can check Ed25519 signatures. */
export async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch (error) {
    // A browser that knows the algorithm may refuse the bytes; one that does not says NotSupportedError.
    return !(error instanceof DOMException && error.name === "NotSupportedError");
  }
}

/** Whether `signature` over `data` was made with the key (RFC 8032); throws NoEd25519Error where that cannot be known. */
export async function verifyEd25519(publicKey: Bytes, signature: Bytes, data: Bytes): Promise<boolean> {
  const name = publicKey.join();
  let key = imported.get(name);
  if (!key) {
    key = crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    imported.set(name, key);
  }
  try {
    return await crypto.subtle.verify("Ed25519", await key, signature, data);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") throw new NoEd25519Error("no Ed25519");
    return false;
  }
}

/** The first of these keys that signed the note, or null. */
export async function signedBy(note: Note, keys: readonly Verifier[]): Promise<Verifier | null> {
  for (const key of keys) {
    const id = await keyId(key);
    for (const made of note.signatures) {
      if (made.name !== key.name || !equal(made.keyId, id)) continue;
      if (await verifyEd25519(key.publicKey, made.signature, utf8(note.text))) return key;
    }
  }
  return null;
}

/** The state of a ledger: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly note: Note;
}

/** Read a checkpoint; throws NoteError. */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  const note = parseNote(bytes);
  const [origin, size, root] = note.text.split("\n");
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? "")) throw new NoteError("expected a checkpoint: origin, size, root");
  try {
    const hash = fromBase64(root ?? "");
    if (hash.length === 32) return { origin, size: Number(size), root: hash, note };
  } catch {
    // said below
  }
  throw new NoteError("expected a checkpoint whose third line is the base64 of a hash");
}

/** Every file of a published record with its SHA-256. */
export interface Manifest {
  readonly origin: string;
  readonly files: ReadonlyMap<string, string>;
  readonly note: Note;
}

const FILE = /^(?<hash>[0-9a-f]{64}) {2}(?<path>\S.*)$/u;

/** Read a manifest; throws NoteError. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const note = parseNote(bytes);
  const [origin, title, ...lines] = note.text.slice(0, -1).split("\n");
  if (title !== "vestige manifest 1") throw new NoteError(`expected "vestige manifest 1" in the second line, got ${title}`);
  const files = new Map<string, string>();
  for (const line of lines) {
    const found = FILE.exec(line)?.groups;
    if (!found || files.has(found.path)) throw new NoteError(`expected a hash and a path of its own, got ${line.slice(0, 120)}`);
    files.set(found.path, found.hash);
  }
  return { origin, files, note };
}
