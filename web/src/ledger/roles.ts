/** What each role may sign: one table, the twin of `vestige.record.rules._roles`. */

import type { Role } from "./policy.ts";

const CONTRIBUTED: ReadonlySet<string> = new Set(["site", "actor", "source", "statement", "assessment", "observation", "withdrawal"]);
const GOVERNING: ReadonlySet<string> = new Set(["policy", "opening"]);
const JUDGEMENTS: ReadonlySet<string> = new Set(["assessment", "endorsement", "observation"]);

/** The kinds that every reader must be able to read. */
export const ALWAYS_PUBLIC: ReadonlySet<string> = new Set(["policy", "withdrawal", "opening"]);
export const NEVER_WITHDRAWN: ReadonlySet<string> = new Set(["policy", "withdrawal"]);

/** Whether a role may sign entries of a kind at all. */
export function maySign(role: Role, kind: string): boolean {
  if (role === "keeper") return true;
  if (role === "reviewer") return !GOVERNING.has(kind);
  return role === "contributor" && CONTRIBUTED.has(kind);
}

/** Whether a role may follow an earlier entry about a thing with another; `own` when the same person signed the earlier one. */
export const mayReplace = (role: Role, kind: string, own: boolean): boolean =>
  own || (!JUDGEMENTS.has(kind) && (role === "reviewer" || role === "keeper"));

/** Whether a role may withdraw an entry. */
export const mayWithdraw = (role: Role, own: boolean): boolean => own || role === "keeper";
