/** Canonical JSON (RFC 8785): keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no space. */

import { type Bytes, equal, text, utf8 } from "./bytes.ts";

/** Lists and objects within each other that every reader follows; what nests deeper ends one reader's stack and not another's. */
const MOST_NESTED = 100;

/** Write a value as canonical JSON. Objects are written by hand: `JSON.stringify` puts keys that look like numbers first. */
export function canonical(value: unknown, room = MOST_NESTED): string {
  if (value !== null && typeof value === "object" && room === 0) throw new RangeError(`expected at most ${MOST_NESTED} lists and objects within each other`);
  if (Array.isArray(value)) return `[${value.map((held) => canonical(held, room - 1)).join()}]`;
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw new RangeError("expected Unicode text, got a lone surrogate");
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) {
    throw new RangeError("expected a whole number that every reader of JSON reads alike (RFC 7493)"); // from 1e21 on it has an exponent
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, held]) => `${canonical(key)}:${canonical(held, room - 1)}`).join()}}`;
}

/** Read one object in canonical JSON; null for anything else. */
export function readCanonical(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text(bytes));
    const one = value !== null && typeof value === "object" && !Array.isArray(value);
    return one && equal(utf8(canonical(value)) as Bytes, bytes) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
