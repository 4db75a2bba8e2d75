/**
 * A stranger's recount of a call's crowd, in the browser: every sheet, number, ending, table and audit again from the files, trusting none of them.
 *
 * The same as `vestige.calling._recount`; `tests/vectors/crowds.json` holds what both must answer.
 */

import { type Bytes, sha256, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { auditFindings } from "./audit.ts";
import type { Audited, Finding, Recount, Rule, Step } from "./findings.ts";
import type { Call, Tally } from "./shapes.ts";
import { doubledAcross, holds, requireSheet, rowAt, rowsOf, SheetError } from "./sheets.ts";
import { breaches, sumOf, type Table } from "./tables.ts";

/** Gives the bytes of a preserved file by its SHA-256, or null where it is not there. */
export type Files = (name: string) => Promise<Bytes | null>;

const NOTHING = new Uint8Array(0);

/** The hash of the binding texts, which an endorsement signs and a tally counts for. */
export const wordingOf = async ({ wording }: Call): Promise<string> => toHex(await sha256(utf8(canonical(wording))));

/** Count a call's crowd again. `progress` hears how many sheets have been read. */
export async function recount(
  call: Call, steps: readonly Step[], read: Files, audits: readonly Audited[] = [], progress: (done: number) => void = () => undefined,
): Promise<Recount> {
  const found: Finding[] = [];
  const find = (file: string, number: number, rule: Rule): void => void found.push({ file, number, rule });
  const sheets: Bytes[] = [];
  for (const { tally } of steps) {
    sheets.push(await sheetOf(tally, read, find));
    progress(sheets.length);
  }
  for (const { second, again } of doubledAcross(sheets)) find(steps[second].tally.sheet ?? "", again + 1, "doubled-across");
  const ended = await endings(steps, sheets, read, find);
  await numbers(call, steps, sheets.map(rowsOf), find);
  tables(call, steps, find);
  const counted = sheets.reduce((sum, sheet) => sum + rowsOf(sheet), 0);
  for (const audited of audits) found.push(...(await auditFindings(audited, steps, counted - ended, read)));
  return { sheets: sheets.filter((sheet) => sheet.length).length, counted, ended, findings: found };
}

type Find = (file: string, number: number, rule: Rule) => void;

/** Read a sheet by its hash; what is missing, altered or no sheet is found, and counts as empty. */
async function readFile(name: string, read: Files, find: Find): Promise<{ sheet: Bytes; fits: boolean }> {
  const bytes = await read(name);
  if (!bytes) {
    find(name, 0, "missing");
    return { sheet: NOTHING, fits: false };
  }
  const fits = toHex(await sha256(bytes)) === name;
  if (!fits) find(name, Math.floor(bytes.length / 32), "altered");
  try {
    return { sheet: requireSheet(bytes), fits };
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    find(name, error.row, error.rule);
    return { sheet: NOTHING, fits: false };
  }
}

async function sheetOf({ sheet: name, count }: Tally, read: Files, find: Find): Promise<Bytes> {
  if (name === null) return NOTHING;
  const { sheet, fits } = await readFile(name, read, find);
  if (fits && rowsOf(sheet) !== count) find(name, rowsOf(sheet), "sheet-count");
  return sheet;
}

/** Check every ending against the sheets so far, and give how many commitments ended. */
async function endings(steps: readonly Step[], sheets: readonly Bytes[], read: Files, find: Find): Promise<number> {
  const gone = new Set<string>();
  for (const [index, { entry, tally }] of steps.entries()) {
    for (const { file, count } of tally.endings) {
      const { sheet: rows } = await readFile(file, read, find);
      if (rowsOf(rows) !== count) find(file, rowsOf(rows), "ending-count");
      for (let row = 0; row < rowsOf(rows); row++) {
        const leaf = rowAt(rows, row);
        const name = toHex(leaf);
        if (!sheets.slice(0, index + 1).some((sheet) => holds(sheet, leaf))) find(file, row + 1, "ending-unknown");
        else if (gone.has(name)) find(file, row + 1, "ending-twice");
        else gone.add(name);
      }
    }
    if (gone.size !== tally.ended) find(entry, gone.size, "ended");
  }
  return gone.size;
}

/** Check order, wording, totals, and that no sheet or batch of endings is smaller than k before the closing one. */
async function numbers(call: Call, steps: readonly Step[], counts: readonly number[], find: Find): Promise<void> {
  const wording = await wordingOf(call);
  let total = 0;
  for (const [index, { entry, tally }] of steps.entries()) {
    const number = index + 1;
    total += counts[index];
    if (tally.number !== number) find(entry, tally.number, "order");
    if (tally.wording !== wording) find(entry, number, "wording");
    if (tally.total !== total) find(entry, total, "total");
    if (tally.closing && number !== steps.length) find(entry, number, "closed");
    const small = [tally.count, ...tally.endings.map(({ count }) => count)].find((count) => count > 0 && count < call.least);
    if (small !== undefined && !tally.closing) find(entry, small, "small");
  }
}

/** Check that no two tables single out fewer than k, and that no table tells of more than stand. */
function tables(call: Call, steps: readonly Step[], find: Find): void {
  const kinds: ((tally: Tally) => Table)[] = [
    ({ countries, elsewhere }) => ({ cells: new Map(countries.map(({ name, number }) => [name, number])), rest: elsewhere }),
    ({ domains, other }) => ({ cells: new Map(domains.map(({ name, number }) => [name, number])), rest: other }),
  ];
  for (const tableOf of kinds) {
    const published = steps.map(({ tally }) => tableOf(tally));
    for (const _ of breaches(published, call.least)) find(steps[steps.length - 1].entry, call.least, "step");
    let most = 0;
    for (const [index, { entry, tally }] of steps.entries()) {
      most = Math.max(most, tally.total - tally.ended);
      if (sumOf(published[index]) > most) find(entry, sumOf(published[index]), "table");
    }
  }
}
