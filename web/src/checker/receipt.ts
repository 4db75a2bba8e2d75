/** Checking a receipt: one entry with its proof (C2SP tlog-proof), offline, by the key alone. */

import { type Bytes, fromBase64, fromHex, sha256, text, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { type Checkpoint, parseCheckpoint, signerOf } from "../ledger/checkpoint.ts";
import { type Envelope, EnvelopeError, parseEnvelope } from "../ledger/envelope.ts";
import { leafHash, verifyInclusion } from "../ledger/merkle.ts";
import { NoteError, type Verifier } from "../ledger/note.ts";
import { policyOfOne } from "../check/ground.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const LONGEST_PROOF = 64;

export interface Receipt {
  readonly index: number;
  readonly proof: readonly Bytes[];
  readonly checkpoint: Checkpoint;
  readonly leaf: Bytes;
  readonly envelope: Envelope;
  /** The body's JSON with its salt, where the receipt carries them. */
  readonly body: { readonly salt: Bytes; readonly json: Bytes } | null;
}

/** Whether bytes begin as a receipt does. */
export const isReceipt = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.slice(0, FIRST_LINE.length + 1)) === `${FIRST_LINE}\n`;

/** Read a receipt; throws NoteError. */
export function parseReceipt(bytes: Uint8Array): Receipt {
  try {
    const all = text(bytes);
    const end = all.indexOf("\n\n");
    const [first, extra, index, ...hashes] = all.slice(0, end).split("\n");
    if (end < 0 || first !== FIRST_LINE || !/^extra /.test(extra) || !/^index (0|[1-9]\d{0,15})$/.test(index)) throw new NoteError("expected a receipt");
    if (hashes.length > LONGEST_PROOF) throw new NoteError("expected a shorter proof");
    return {
      index: Number(index.slice(6)), proof: hashes.map(fromBase64), checkpoint: parseCheckpoint(utf8(all.slice(end + 2))),
      ...readExtra(fromBase64(extra.slice(6))),
    };
  } catch (error) {
    if (error instanceof NoteError) throw error;
    if (error instanceof EnvelopeError || error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError) {
      throw new NoteError(`expected a receipt: ${error.message}`);
    }
    throw error;
  }
}

/** What a receipt carries beside the proof, as JSON: the envelope as `entry` and, where it is public, `salt` (hexadecimal or base64) and `body`. */
function readExtra(extra: Bytes): Pick<Receipt, "leaf" | "envelope" | "body"> {
  const { entry, salt, body } = JSON.parse(text(extra)) as { entry: unknown; salt?: string; body?: unknown };
  const leaf = utf8(canonical(entry));
  return {
    leaf, envelope: parseEnvelope(leaf),
    body: salt === undefined || body === undefined ? null : { salt: salt.length === 64 ? fromHex(salt) : fromBase64(salt), json: utf8(canonical(body)) },
  };
}

export type ReceiptFinding = "proof" | "body" | "key" | "unsigned";

/** What does not fit in a receipt. `log` is the key of the log, from elsewhere; without it, who signed is left open. */
export async function checkReceipt({ index, proof, checkpoint, leaf, envelope, body }: Receipt, log: Verifier | null): Promise<ReceiptFinding[]> {
  const found: ReceiptFinding[] = [];
  if (!(await verifyInclusion(await leafHash(leaf), index, checkpoint.size, proof, checkpoint.root))) found.push("proof");
  if (body && toHex(await sha256(body.salt, body.json)) !== envelope.body) found.push("body");
  if (!log) found.push("key");
  else if (!(await signerOf(checkpoint, policyOfOne(log)))) found.push("unsigned");
  return found;
}
