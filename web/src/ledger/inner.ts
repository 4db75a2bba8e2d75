/** The signature of an outsider inside a body: an auditor's, an endorser's. See docs/format.md, "Signatures of outsiders". */

import { fromBase64, utf8 } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { verifyEd25519 } from "./ed25519.ts";
import { MARKED } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

/** Whether a body has no signature of an outsider or one that fits; throws NoEd25519Error where that cannot be known. */
export async function innerFits(kind: string, body: Json): Promise<boolean> {
  const { signed, ...rest } = body;
  if (signed === null || signed === undefined) return true;
  const { key, sig } = signed as Json;
  if (typeof key !== "string" || typeof sig !== "string") return false;
  const marked = (MARKED[kind] ?? "").split(" ");
  const bare = Object.fromEntries(Object.entries(rest).filter(([name]) => !marked.includes(name)));
  if (!isShort(bare) || bare.duplicates === 0) return false;
  try {
    return await verifyEd25519(fromBase64(key), fromBase64(sig), utf8(`vestige/1 ${kind}\n${canonical(bare)}`));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether no field is written that could be left out for null or an empty list: an outsider signs a body without them. */
const isShort = (value: unknown): boolean =>
  value !== null && (typeof value !== "object" || (Array.isArray(value) ? value.length > 0 && value.every(isShort) : Object.values(value).every(isShort)));
