/**
 * What the browser's check says of published folders, for tests in another language: reads from its standard input a list of
 * `{"root": folder, "instead": {path: file or null}}` and writes for each its verdict, its findings and what else a report names.
 *
 *     node test/answers.ts < questions.json
 */

import { readFileSync } from "node:fs";
import { type Options } from "../src/check/ground.ts";
import { checkRecord } from "../src/check/record.ts";
import { findingsOf, verdict } from "../src/check/report.ts";
import { parseVkey } from "../src/ledger/note.ts";

interface Question {
  readonly root: string;
  /** Files that stand in place of those of the folder; null where one is to be missing. */
  readonly instead?: Readonly<Record<string, string | null>>;
  readonly key?: string;
}

const held = new Map<string, Uint8Array<ArrayBuffer> | null>();

function readOnce(file: string): Uint8Array<ArrayBuffer> | null {
  if (!held.has(file)) {
    try {
      held.set(file, new Uint8Array(readFileSync(file)));
    } catch (error) {
      if (!["ENOENT", "EISDIR", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      held.set(file, null);
    }
  }
  return held.get(file) ?? null;
}

async function answer({ root, instead = {}, key }: Question): Promise<unknown> {
  const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const other = instead[path];
    return other === null ? null : readOnce(other ?? `${root}/${path}`);
  };
  const options: Options = key === undefined ? {} : { expected: await parseVkey(key) };
  const report = await checkRecord({ read }, options);
  return { ...report, steps: report.steps.map(({ name, obstacle }) => ({ name, obstacle })), verdict: verdict(report), findings: findingsOf(report) };
}

const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8")) as Question[]) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));
