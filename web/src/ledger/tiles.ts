/**
 * The layout of C2SP tlog-tiles: hash tiles and entry bundles of height 8.
 *
 * A tile holds up to 256 hashes of one level; the last one of a level may be partial, and its width then stands in its path.
 */

import { type Bytes } from "./bytes.ts";
import { nodeHash, type Subtrees } from "./merkle.ts";

const HEIGHT = 8;
export const WIDTH = 256;
const HASH = 32;

/** Thrown for bytes that are no tile or bundle: `path` says which file. */
export class TileError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = "TileError";
    this.path = path;
  }
}

/** Gives the bytes of one file of the ledger, such as "tile/0/000". */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Write a tile's number as tlog-tiles does: 1234067 → x001/x234/067. */
export function tileNumber(n: number): string {
  const groups = [String(n % 1000).padStart(3, "0")];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return groups.join("/");
}

const widthOf = (n: number, total: number): number => Math.min(WIDTH, total - n * WIDTH);
const path = (level: number | "entries", n: number, width: number): string =>
  `tile/${level}/${tileNumber(n)}${width < WIDTH ? `.p/${width}` : ""}`;

export const tilePath = (level: number, n: number, size: number): string =>
  path(level, n, widthOf(n, Math.floor(size / WIDTH ** level)));

export const bundlePath = (n: number, size: number): string => path("entries", n, widthOf(n, size));
export const bundleCount = (size: number): number => Math.ceil(size / WIDTH);

export interface TilePlace {
  readonly path: string;
  readonly level: number;
  readonly n: number;
}

/** Every hash tile of a tree of this size. */
export function* tilePlaces(size: number): Generator<TilePlace> {
  for (let level = 0, total = size; total > 0; level++, total = Math.floor(total / WIDTH)) {
    for (let n = 0; n * WIDTH < total; n++) yield { path: tilePath(level, n, size), level, n };
  }
}

/** Read the entries of a bundle, each behind a 16-bit big-endian length; throws TileError unless it holds exactly `width`. */
export function readBundle(bytes: Uint8Array, width: number, where: string): Bytes[] {
  const entries: Bytes[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at] * 256 + (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) throw new TileError(where, "the last entry is cut off");
    entries.push(bytes.slice(at + 2, end) as Bytes);
    at = end;
  }
  if (entries.length !== width) throw new TileError(where, `expected ${width} entries, got ${entries.length}`);
  return entries;
}

/** The subtrees of the tree of `size` leaves, read from its hash tiles; a file is read once. */
export function subtreesOfTiles(read: ReadFile, size: number): Subtrees {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const tile = (level: number, n: number): Promise<Uint8Array> => {
    const where = tilePath(level, n, size);
    let bytes = tiles.get(where);
    if (!bytes) {
      const length = HASH * widthOf(n, Math.floor(size / WIDTH ** level));
      bytes = read(where).then((found) => {
        if (found.length === length) return found;
        throw new TileError(where, `expected ${length} bytes, got ${found.length}`);
      });
      tiles.set(where, bytes);
    }
    return bytes;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / HEIGHT);
    const count = 2 ** (level % HEIGHT);
    const first = index * count;
    const bytes = await tile(tileLevel, Math.floor(first / WIDTH));
    const at = first % WIDTH;
    let hashes = Array.from({ length: count }, (_, i) => bytes.slice((at + i) * HASH, (at + i + 1) * HASH) as Bytes);
    while (hashes.length > 1) {
      hashes = await Promise.all(
        Array.from({ length: hashes.length / 2 }, (_, i) => nodeHash(hashes[2 * i], hashes[2 * i + 1])),
      );
    }
    return hashes[0];
  };
}
