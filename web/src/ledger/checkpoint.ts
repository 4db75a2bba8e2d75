/**
 * Checkpoints (C2SP tlog-checkpoint) and manifests: their forms, and the one rule that says who may sign them.
 *
 * The check of a page, of a whole record, of a kept checkpoint and of a receipt all ask `signerOf`, so that they cannot differ.
 */

import { type Bytes, fromBase64 } from "./bytes.ts";
import { type Note, NoteError, parseNote, signedBy } from "./note.ts";
import { isOrigin } from "./origin.ts";
import { logKeysOf, type Policy, type PolicyKey } from "./policy.ts";

/** No checkpoint needs more: a hundred lines of the longest signatures in use fit. */
export const LARGEST_CHECKPOINT = 1_000_000;

/** The state of a ledger. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly note: Note;
}

/** Read a checkpoint; throws NoteError. Sizes beyond 2^53 - 1 are refused: no ledger holds as many entries. */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  if (bytes.length > LARGEST_CHECKPOINT) throw new NoteError(`expected at most ${LARGEST_CHECKPOINT} bytes, got ${bytes.length}`);
  const note = parseNote(bytes);
  const [origin, size, root, ...extensions] = note.text.slice(0, -1).split("\n");
  if (!isOrigin(origin)) throw new NoteError("expected the name of a log in the first line");
  if (!/^(0|[1-9]\d{0,15})$/.test(size ?? "") || !Number.isSafeInteger(Number(size))) throw new NoteError("expected a size in the second line");
  if (extensions.includes("")) throw new NoteError("expected no empty extension line");
  try {
    const hash = fromBase64(root ?? "");
    if (hash.length === 32) return { origin, size: Number(size), root: hash, note };
  } catch {
    // said below
  }
  throw new NoteError("expected the base64 of a hash in the third line");
}

/** Every file of a published record with its SHA-256. */
export interface Manifest {
  readonly origin: string;
  readonly files: ReadonlyMap<string, string>;
  readonly note: Note;
}

/** A line of a manifest: its path leads nowhere but into the folder, and in one way only. */
const FILE = /^(?<hash>[0-9a-f]{64}) {2}(?<path>(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*)$/u;

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

/** The log key under this policy that signed a checkpoint or a manifest of its record, or null. */
export const signerOf = async ({ origin, note }: Checkpoint | Manifest, policy: Policy): Promise<PolicyKey | null> =>
  origin === policy.origin ? signedBy(note, logKeysOf(policy)) : null;
