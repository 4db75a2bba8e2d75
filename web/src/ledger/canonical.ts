/** Canonical JSON (RFC 8785): keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no space. */

import { type Bytes, equal, text, utf8 } from "./bytes.ts";

/** Write a value as canonical JSON. Objects are written by hand: `JSON.stringify` puts keys that look like numbers first. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw new RangeError("expected Unicode text, got a lone surrogate");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, held]) => `${canonical(key)}:${canonical(held)}`).join()}}`;
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
