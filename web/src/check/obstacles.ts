/** Why a check could not be done at all, in the reader's words. */

import type { Words } from "../words.ts";
import { SlowError, UnreachableError } from "./site.ts";

/** Thrown where the browser keeps its cryptography from pages that came without HTTPS. */
export class InsecureError extends Error {
  override name = "InsecureError";
}

export function requireCrypto(): void {
  if (!globalThis.crypto?.subtle) throw new InsecureError();
}

export function messageOf(error: unknown, words: Words): string {
  if (error instanceof InsecureError || !globalThis.crypto?.subtle) return words.say("check.insecure");
  if (error instanceof SlowError) return words.say("check.slow", { file: error.message });
  if (error instanceof UnreachableError) return words.say("check.unreachable");
  console.error(error);
  return words.say("check.failed");
}
