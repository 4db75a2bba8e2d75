/** The signature of an outsider inside a body: an auditor's, an endorser's. See docs/format.md, "Signatures of outsiders". */

import { fromBase64, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { verifyEd25519 } from "../ledger/ed25519.ts";
import type { Json } from "./shapes.ts";

/** What the keeper marks on a body, and so is not signed. */
const MARKED: Readonly<Record<string, readonly string[]>> = { endorsement: ["evidence", "status", "retracted_on", "sample"] };

/** Whether a body has no signature of an outsider or one that fits; throws NoEd25519Error where that cannot be known. */
export async function innerFits(kind: string, body: Json): Promise<boolean> {
  const { signed, ...rest } = body;
  if (signed === null || signed === undefined) return true;
  const { key, sig } = signed as Json;
  if (typeof key !== "string" || typeof sig !== "string") return false;
  const bare = Object.fromEntries(Object.entries(rest).filter(([name]) => !MARKED[kind]?.includes(name)));
  try {
    return await verifyEd25519(fromBase64(key), fromBase64(sig), utf8(`vestige/1 ${kind}\n${canonical(bare)}`));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
