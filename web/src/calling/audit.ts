/** The recount of an audit: that its number was committed to in time, its sample, its bounds. The same as `vestige.calling._recount_audit`. */

import { atMost, nonceCommitment, samplePositions, sampleSeed } from "./bounds.ts";
import type { Audited, Finding, Rule, Step } from "./findings.ts";
import type { Files } from "./recount.ts";

/** Half of the last digit of a bound that is told. */
const FINE = 5e-5;

export async function auditFindings({ entry, audit, draw, drawAt }: Audited, steps: readonly Step[], population: number, read: Files): Promise<Finding[]> {
  const found: Finding[] = [];
  const find = (rule: Rule, number = 0, file = entry): void => void found.push({ file, number, rule });
  if (!audit.signer || (draw && !draw.signer)) find("audit-unsigned");
  const last = steps.at(-1);
  if (!last || audit.tally !== last.entry) return [...found, { file: entry, number: 0, rule: "audit-not-last" }];
  if (!draw) return [...found, { file: entry, number: 0, rule: "draw-closed" }];
  if ((await nonceCommitment(audit.nonce)) !== draw.committed) find("nonce");
  if (drawAt !== null && drawAt > last.at) find("draw-late", drawAt, audit.draw);
  if (draw.signer && audit.signer && draw.signer !== audit.signer) find("audit-other-key");
  const drawn = await samplePositions(await sampleSeed(audit.tally, audit.nonce), draw.size, population);
  const other = await differenceIn(audit.drawn, read, drawn);
  if (other !== null) find("positions", other + 1, audit.drawn);
  if (audit.asked !== drawn.length) find("asked", audit.asked);
  const bounds = { bad_at_most: atMost(audit.no, audit.yes + audit.no), bad_at_worst: atMost(audit.asked - audit.yes, audit.asked) };
  for (const field of ["bad_at_most", "bad_at_worst"] as const) {
    if (Math.abs(audit[field] - bounds[field]) > FINE) find("bound", Math.round(audit[field] * 10_000));
  }
  return found;
}

/** Where a file of positions (a number a line) first differs from what it must be, from 0; null where it does not. */
async function differenceIn(name: string, read: Files, positions: readonly number[]): Promise<number | null> {
  const bytes = (await read(name)) ?? new Uint8Array(0);
  const [got, expected] = [new TextDecoder("latin1").decode(bytes), positions.map((position) => `${position}\n`).join("")];
  if (got === expected) return null;
  const [one, other] = [got, expected].map((lines) => lines.split(/\r\n|\r|\n/).filter((line, at, all) => line || at < all.length - 1));
  const at = one.findIndex((line, index) => index >= other.length || line !== other[index]);
  return at < 0 ? one.length : Math.min(at, other.length);
}
