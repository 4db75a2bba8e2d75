/** What somebody gives to be checked: an address, a folder, an archive, single files. Each becomes a site, or says why not. */

import type { Bytes } from "../ledger/bytes.ts";
import { BOUNDS, type Site, siteAt, TooLargeError } from "../check/site.ts";
import { type Archive, openZip, ZipError } from "./zip.ts";

const CHECKPOINT = "ledger/checkpoint";
/** A record as its keeper has it, with private keys: not to be checked, and not to be carried about. */
const KEEPERS_OWN = /(^|\/)vestige\.json$/;

/** Thrown for what holds no published record. */
export class NoRecordError extends Error {
  override name = "NoRecordError";
  readonly keepersOwn: boolean;
  constructor(keepersOwn = false) {
    super("no published record");
    this.keepersOwn = keepersOwn;
  }
}

/** Find the record that an address belongs to: it may be that of any of its pages. */
export async function siteOfAddress(address: string): Promise<Site> {
  const given = new URL(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (!given.pathname.endsWith("/") && !/\.[a-z]+$/i.test(given.pathname)) given.pathname += "/";
  for (let root = new URL("./", given); ; root = new URL("../", root)) {
    root.search = root.hash = "";
    const site = siteAt(root);
    if (await site.read(CHECKPOINT)) return site;
    if (root.pathname === "/") throw new NoRecordError();
  }
}

/** Files by their paths, as a folder or an archive gives them. */
export interface Files {
  readonly paths: readonly string[];
  /** What of an archive some programs read and others do not, in words. */
  readonly strange?: readonly string[];
  read(path: string): Promise<Bytes | null>;
}

/** The record within a folder or an archive: it may lie some folders down. */
export function siteOfFiles(files: Files): Site {
  const found = files.paths.filter((path) => path === CHECKPOINT || path.endsWith(`/${CHECKPOINT}`)).sort((a, b) => a.length - b.length)[0];
  if (found === undefined) throw new NoRecordError();
  const root = found.slice(0, -CHECKPOINT.length);
  const paths = files.paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));
  if (paths.some((path) => KEEPERS_OWN.test(path)) && !paths.includes("manifest")) throw new NoRecordError(true);
  return { paths, read: (path) => files.read(root + path) };
}

export const siteOfZip = async (file: Blob): Promise<Site> => siteOfFiles(await openZip(file) satisfies Archive);

export function siteOfFolder(held: ReadonlyMap<string, File>): Site {
  return siteOfFiles({
    paths: [...held.keys()],
    async read(path) {
      const file = held.get(path);
      if (!file) return null;
      if (file.size > BOUNDS.file) throw new TooLargeError(path);
      return new Uint8Array(await file.arrayBuffer());
    },
  });
}

/** Whether a file begins as a ZIP archive does. */
export async function isZip(file: Blob): Promise<boolean> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return p === 0x50 && k === 0x4b;
}

/** Everything that was dropped, folders with all they hold, by path. */
export async function dropped(data: DataTransfer): Promise<Map<string, File>> {
  const held = new Map<string, File>();
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  for (const entry of entries) await collect(entry, "", held);
  if (!entries.length) for (const file of data.files) held.set(file.name, file);
  return held;
}

async function collect(entry: FileSystemEntry, folder: string, held: Map<string, File>): Promise<void> {
  const path = folder + entry.name;
  if (entry.isFile) {
    held.set(path, await new Promise((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) { // a browser gives a hundred at a time
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    for (const inner of some) await collect(inner, `${path}/`, held);
  }
}

/** The record in what was dropped or chosen: an archive or a folder; null for one other file. */
export async function siteOfHeld(held: ReadonlyMap<string, File>): Promise<Site | null> {
  const [only] = held.size === 1 ? held.values() : [];
  if (!only) return siteOfFolder(held);
  return (await isZip(only)) ? siteOfZip(only) : null;
}

/** Files of an input: with a folder, their paths begin with its name. */
export const chosen = (files: FileList): Map<string, File> =>
  new Map([...files].map((file) => [file.webkitRelativePath || file.name, file]));

export { ZipError };
