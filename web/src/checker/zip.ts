/**
 * Reading a ZIP archive where it lies: its directory first, then each file when it is asked for.
 *
 * A record with its pictures may be larger than a browser's memory, so nothing is unpacked ahead. What two programs could read in two ways (a
 * name that stands twice, an encrypted file, an archive in parts) is refused.
 */

import type { Bytes } from "../ledger/bytes.ts";

/** Thrown for bytes that are no ZIP archive that can be read. */
export class ZipError extends Error {
  override name = "ZipError";
}

interface Place {
  readonly header: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly isLink: boolean;
}

export interface Archive {
  readonly paths: readonly string[];
  /** What some programs read of it and others do not, in words: bytes around it, links. */
  readonly strange: readonly string[];
  /** The bytes of a file, or null where there is none; throws ZipError where they do not unpack to the length that they should have. */
  read(path: string): Promise<Bytes | null>;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Of the mode that Unix gives a file, in the upper half of its outer attributes: which bits tell its form, and which form is a link. */
const FORMAT = 0o170000;
const LINK = 0o120000;
const LARGEST_DIRECTORY = 512 * 1024 * 1024;

const viewOf = async (file: Blob, from: number, length: number): Promise<DataView> => new DataView(await file.slice(from, from + length).arrayBuffer());
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Open an archive; throws ZipError. */
export async function openZip(file: Blob): Promise<Archive> {
  const { from, length, count, after } = await findDirectory(file);
  if (length > LARGEST_DIRECTORY) throw new ZipError("the directory is too large");
  const places = readDirectory(await viewOf(file, from, length), count);
  return {
    paths: [...places.keys()],
    strange: strangeIn(places, after),
    async read(path) {
      const place = places.get(path);
      return place ? unpack(file, place) : null;
    },
  };
}

function strangeIn(places: ReadonlyMap<string, Place>, after: number): string[] {
  const links = [...places].filter(([, { isLink }]) => isLink).map(([path]) => `${path} is a link`);
  const before = [...places.values()].reduce((least, { header }) => Math.min(least, header), Infinity);
  return [...(after > 0 ? ["bytes follow its end"] : []), ...(places.size && before > 0 ? ["bytes stand before its first file"] : []), ...links];
}

/** Where the directory lies; `after` counts the bytes after the end, a comment among them. */
async function findDirectory(file: Blob): Promise<{ from: number; length: number; count: number; after: number }> {
  const start = Math.max(0, file.size - 22 - FULL_16);
  const tail = await viewOf(file, start, file.size - start);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) throw new ZipError("no ZIP archive");
  const found = { count: tail.getUint16(at + 10, true), length: tail.getUint32(at + 12, true), from: tail.getUint32(at + 16, true), after: tail.byteLength - at - 22 };
  if (found.count !== FULL_16 && found.length !== FULL_32 && found.from !== FULL_32) return found;
  if (at < 20 || tail.getUint32(at - 20, true) !== LOCATOR_64) return found;
  const end = await viewOf(file, long(tail, at - 12), 56);
  if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) throw new ZipError("its end is damaged");
  return { count: long(end, 32), length: long(end, 40), from: long(end, 48), after: found.after };
}

function readDirectory(view: DataView, count: number): Map<string, Place> {
  const places = new Map<string, Place>();
  const names = new TextDecoder();
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) throw new ZipError("its directory is damaged");
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    if (at + 46 + name + extra > view.byteLength) throw new ZipError("its directory is damaged");
    const path = names.decode(new Uint8Array(view.buffer, at + 46, name));
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw new ZipError(`${path} is encrypted`);
    if (places.has(path)) throw new ZipError(`${path} stands in it twice`);
    if (!path.endsWith("/")) places.set(path, placeOf(view, at, at + 46 + name, extra));
    at += 46 + name + extra + comment;
  }
  return places;
}

/** Where a file lies; what does not fit into 32 bits stands in the extra field 1, in this order. */
function placeOf(view: DataView, at: number, extra: number, length: number): Place {
  const wide = wideFields(view, extra, extra + length);
  const fields = [24, 20, 42].map((offset) => view.getUint32(at + offset, true)).map((value) => (value === FULL_32 ? (wide.shift() ?? value) : value));
  const isLink = (view.getUint16(at + 40, true) & FORMAT) === LINK;
  return { method: view.getUint16(at + 10, true), size: fields[0], packed: fields[1], header: fields[2], isLink };
}

function wideFields(view: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const length = Math.min(view.getUint16(at + 2, true), to - at - 4);
    return Array.from({ length: Math.floor(length / 8) }, (_, i) => long(view, at + 4 + 8 * i));
  }
  return [];
}

async function unpack(file: Blob, { header, method, packed, size }: Place): Promise<Bytes> {
  const local = await viewOf(file, header, 30);
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL) throw new ZipError("a file in it is damaged");
  const from = header + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const data = file.slice(from, from + packed);
  if (method === STORED && packed === size) return new Uint8Array(await data.arrayBuffer());
  if (method !== DEFLATED) throw new ZipError("a file in it is packed in a way that cannot be read here");
  return inflate(data, size);
}

/** Unpack as much as the directory says, and not a byte more: an archive may claim to be small and fill the memory. */
async function inflate(data: Blob, size: number): Promise<Bytes> {
  const whole = new Uint8Array(size);
  const reader = data.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) throw new ZipError("a file in it is longer than it says");
      whole.set(part.value, at);
      at += part.value.length;
    }
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError("a file in it is damaged");
  }
  if (at !== size) throw new ZipError("a file in it is shorter than it says");
  return whole;
}
