/** What a recount finds, as values; words come later, in the reader's language. The rules are those of `vestige.calling._findings`. */

import type { Audit, Draw, Tally } from "./shapes.ts";

export const RULES = [
  "missing", "altered", "cut-short", "doubled", "unsorted", "sheet-count", "doubled-across", "ending-count", "ending-unknown", "ending-twice", "ended",
  "order", "wording", "total", "closed", "small", "step", "table", "audit-unsigned", "audit-other-key", "audit-not-last", "draw-closed", "draw-late",
  "nonce", "positions", "asked", "bound", "void", "malformed",
] as const;

export type Rule = (typeof RULES)[number];

export interface Finding {
  /** The file or the entry, by its hash. */
  readonly file: string;
  /** A row from 1, or a count. */
  readonly number: number;
  readonly rule: Rule;
}

/** A tally with the hash and place of its entry. */
export interface Step { readonly entry: string; readonly at: number; readonly tally: Tally }

/** An audit, and its draw, where that is opened, with the draw's place. */
export interface Audited { readonly entry: string; readonly audit: Audit; readonly draw: Draw | null; readonly drawAt: number | null }

export interface Recount {
  readonly sheets: number;
  readonly counted: number;
  readonly ended: number;
  readonly findings: readonly Finding[];
}
