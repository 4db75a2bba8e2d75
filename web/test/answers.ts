/**
 * What the browser's check says of published folders, for tests in another language: reads from its standard input a list of
 * `{"root": folder, "instead": {path: file or null}}`, or `{"dropped": folder or file}` as if it were dropped onto the checker, or
 * `{"bundle": file}` for the evidence of an appeal, and writes for each its verdict, its findings and what else a report names.
 *
 *     node test/answers.ts < questions.json
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type Options } from "../src/check/ground.ts";
import { checkRecord } from "../src/check/record.ts";
import { findingsOf, verdict } from "../src/check/report.ts";
import type { Site } from "../src/check/site.ts";
import { checkBundle } from "../src/checker/bundle.ts";
import { dropped, siteOfHeld } from "../src/checker/sources.ts";
import { openZip, ZipError } from "../src/checker/zip.ts";
import { parseVkey } from "../src/ledger/note.ts";

interface Question {
  readonly root?: string;
  readonly dropped?: string;
  readonly bundle?: string;
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

/** A file or folder of this machine as a browser gives what is dropped: a hundred names of a folder at a time. */
function entryOf(path: string): FileSystemEntry {
  const name = basename(path);
  if (!statSync(path).isDirectory()) {
    const file = (done: FileCallback): void => done(new File([readFileSync(path)], name));
    return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = (): unknown => {
    const names = readdirSync(path);
    return { readEntries: (done: FileSystemEntriesCallback) => done(names.splice(0, 100).map((inner) => entryOf(`${path}/${inner}`))) };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

const transfer = (path: string): DataTransfer =>
  ({ items: [{ webkitGetAsEntry: () => entryOf(path) }], files: [] }) as unknown as DataTransfer;

async function siteOf({ root, dropped: path, instead = {} }: Question): Promise<Site | null> {
  if (path !== undefined) return siteOfHeld(await dropped(transfer(path)));
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const other = instead[name];
    return other === null ? null : readOnce(other ?? `${root}/${name}`);
  };
  return { read };
}

async function answerBundle(bundle: string, key: string | undefined): Promise<unknown> {
  try {
    return await checkBundle(await openZip(new Blob([readFileSync(bundle)])), key === undefined ? null : await parseVkey(key));
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { trouble: error.message };
  }
}

async function answer(question: Question): Promise<unknown> {
  const { key, bundle } = question;
  if (bundle !== undefined) return answerBundle(bundle, key);
  const site = await siteOf(question);
  if (!site) return null;
  const options: Options = key === undefined ? {} : { expected: await parseVkey(key) };
  const report = await checkRecord(site, options);
  return { ...report, steps: report.steps.map(({ name, obstacle }) => ({ name, obstacle })), verdict: verdict(report), findings: findingsOf(report) };
}

const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8")) as Question[]) answers.push(await answer(question));
process.stdout.write(JSON.stringify(answers));
