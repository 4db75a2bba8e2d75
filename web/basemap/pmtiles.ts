/**
 * Writing PMTiles, version 3: one file that holds a pyramid of tiles and its own index, read by HTTP ranges.
 * https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 */

import { gzipSync } from "node:zlib";
import { zxyToTileId } from "pmtiles";

export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  /** The tile's bytes, not yet compressed. */
  readonly data: Uint8Array;
}

interface Entry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  run: number;
}

const HEADER = 127;
/** Header and root directory must lie within the first 16 KiB. */
const ROOT_LIMIT = 16384 - HEADER;
const LEAF_ENTRIES = 1024;
const GZIP = 2;
const MVT = 1;

/** Write tiles as one archive. Equal tiles are stored once. */
export function writePmtiles(tiles: readonly Tile[], metadata: object): Uint8Array {
  const { entries, data, contents } = arrange(tiles);
  const { root, leaves } = directories(entries);
  const json = gzip(new TextEncoder().encode(JSON.stringify(metadata)));
  const sections = [root, json, leaves, data];
  const offsets = sections.map((_, i) => HEADER + sections.slice(0, i).reduce((sum, part) => sum + part.length, 0));
  const header = new DataView(new ArrayBuffer(HEADER));
  [...new TextEncoder().encode("PMTiles")].forEach((byte, i) => header.setUint8(i, byte));
  header.setUint8(7, 3);
  sections.forEach((part, i) => {
    header.setBigUint64(8 + 16 * i, BigInt(offsets[i]), true);
    header.setBigUint64(16 + 16 * i, BigInt(part.length), true);
  });
  [tiles.length, entries.length, contents].forEach((count, i) => header.setBigUint64(72 + 8 * i, BigInt(count), true));
  const zooms = tiles.map(({ z }) => z);
  [1, GZIP, GZIP, MVT, Math.min(...zooms), Math.max(...zooms)].forEach((byte, i) => header.setUint8(96 + i, byte));
  [-180e7, -85.0511e7, 180e7, 85.0511e7].forEach((degrees, i) => header.setInt32(102 + 4 * i, Math.round(degrees), true));
  return Buffer.concat([new Uint8Array(header.buffer), ...sections]);
}

const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9 });

function arrange(tiles: readonly Tile[]): { entries: Entry[]; data: Uint8Array; contents: number } {
  const numbered = tiles.map((tile) => ({ tile, id: zxyToTileId(tile.z, tile.x, tile.y) })).sort((a, b) => a.id - b.id);
  const known = new Map<string, { offset: number; length: number }>();
  const parts: Uint8Array[] = [];
  const entries: Entry[] = [];
  let end = 0;
  for (const { tile, id } of numbered) {
    const key = Buffer.from(tile.data).toString("latin1");
    let place = known.get(key);
    if (!place) {
      const packed = gzip(tile.data);
      place = { offset: end, length: packed.length };
      known.set(key, place);
      parts.push(packed);
      end += packed.length;
    }
    const last = entries.at(-1);
    if (last && last.offset === place.offset && last.id + last.run === id) last.run++;
    else entries.push({ id, run: 1, ...place });
  }
  return { entries, data: Buffer.concat(parts), contents: known.size };
}

function directories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = directory(entries);
  if (whole.length <= ROOT_LIMIT) return { root: whole, leaves: new Uint8Array() };
  const pointers: Entry[] = [];
  const leaves: Uint8Array[] = [];
  let offset = 0;
  for (let first = 0; first < entries.length; first += LEAF_ENTRIES) {
    const leaf = directory(entries.slice(first, first + LEAF_ENTRIES));
    pointers.push({ id: entries[first].id, offset, length: leaf.length, run: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directory(pointers), leaves: Buffer.concat(leaves) };
}

function directory(entries: readonly Entry[]): Uint8Array {
  const numbers = [entries.length];
  entries.forEach(({ id }, i) => numbers.push(i ? id - entries[i - 1].id : id));
  entries.forEach(({ run }) => numbers.push(run));
  entries.forEach(({ length }) => numbers.push(length));
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    numbers.push(before && offset === before.offset + before.length ? 0 : offset + 1);
  });
  return gzip(Uint8Array.from(numbers.flatMap(varint)));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}
