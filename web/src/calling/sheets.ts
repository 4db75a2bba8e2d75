/** Sheets of 32-byte commitments in ascending order: the same as `vestige.calling._sheets`. */

import { type Bytes, equal, toHex } from "../ledger/bytes.ts";

export const LEAF = 32;

/** A file is no sheet: `row`, from 1, is the first that breaks it, `rule` what it breaks. */
export class SheetError extends Error {
  override name = "SheetError";
  readonly row: number;
  readonly rule: "cut-short" | "doubled" | "unsorted";
  constructor(row: number, rule: SheetError["rule"]) {
    super(`row ${row}: ${rule}`);
    this.row = row;
    this.rule = rule;
  }
}

export const rowsOf = (sheet: Bytes): number => sheet.length / LEAF;
export const rowAt = (sheet: Bytes, row: number): Bytes => sheet.subarray(row * LEAF, (row + 1) * LEAF);

/** Whether the row is above the one before it, by bytes: the first four, then the others where those are equal. */
function order(sheet: Bytes, view: DataView, row: number): number {
  const [before, here] = [view.getUint32((row - 1) * LEAF), view.getUint32(row * LEAF)];
  if (here !== before) return here - before;
  for (let at = 4; at < LEAF; at++) {
    const apart = sheet[row * LEAF + at] - sheet[(row - 1) * LEAF + at];
    if (apart) return apart;
  }
  return 0;
}

/** Require that bytes are a sheet; throws SheetError for the first row at fault. */
export function requireSheet(bytes: Bytes): Bytes {
  if (bytes.length % LEAF) throw new SheetError(Math.floor(bytes.length / LEAF) + 1, "cut-short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let row = 1; row < rowsOf(bytes); row++) {
    const apart = order(bytes, view, row);
    if (apart <= 0) throw new SheetError(row + 1, apart ? "unsorted" : "doubled");
  }
  return bytes;
}

/** The first eight bytes of each commitment of each sheet, one sheet after the other. */
function headsOf(sheets: readonly Bytes[]): BigUint64Array {
  const heads = new BigUint64Array(sheets.reduce((sum, sheet) => sum + rowsOf(sheet), 0));
  let at = 0;
  for (const sheet of sheets) {
    const view = new DataView(sheet.buffer, sheet.byteOffset, sheet.length);
    for (let row = 0; row < rowsOf(sheet); row++) heads[at++] = view.getBigUint64(row * LEAF);
  }
  return heads;
}

export interface Doubled {
  readonly first: number;
  readonly row: number;
  readonly second: number;
  readonly again: number;
}

/** Each commitment that stands in two sheets, all from 0. Whole commitments are compared only where the first eight bytes are equal. */
export function doubledAcross(sheets: readonly Bytes[]): Doubled[] {
  const heads = headsOf(sheets).sort();
  const suspects = new Set<bigint>();
  for (let at = 1; at < heads.length; at++) if (heads[at] === heads[at - 1]) suspects.add(heads[at]);
  if (!suspects.size) return [];
  const seen = new Map<string, { sheet: number; row: number }>();
  const found: Doubled[] = [];
  for (const [sheet, bytes] of sheets.entries()) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let row = 0; row < rowsOf(bytes); row++) {
      if (!suspects.has(view.getBigUint64(row * LEAF))) continue;
      const leaf = toHex(rowAt(bytes, row));
      const before = seen.get(leaf);
      if (!before) seen.set(leaf, { sheet, row });
      else if (before.sheet !== sheet) found.push({ first: before.sheet, row: before.row, second: sheet, again: row });
    }
  }
  return found;
}

/** Whether a sheet holds a commitment: its rows ascend, so they are halved. */
export function holds(sheet: Bytes, leaf: Bytes): boolean {
  let [low, high] = [0, rowsOf(sheet)];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(rowAt(sheet, middle), leaf)) low = middle + 1;
    else high = middle;
  }
  return low < rowsOf(sheet) && equal(rowAt(sheet, low), leaf);
}

function below(one: Bytes, other: Bytes): boolean {
  for (let at = 0; at < LEAF; at++) if (one[at] !== other[at]) return one[at] < other[at];
  return false;
}
