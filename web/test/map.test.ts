import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type RangeResponse, PMTiles, type Source } from "pmtiles";
import { type Tile, writePmtiles } from "../basemap/pmtiles.ts";
import { apart, boundsOf, cellAround, pointsOf } from "../src/map/features.ts";
import { BasemapSource } from "../src/map/source.ts";

class Memory implements Source {
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  getKey = () => "memory";
  getBytes = async (offset: number, length: number): Promise<RangeResponse> => ({ data: new Uint8Array(this.#bytes.slice(offset, offset + length)).buffer });
}

/** A pyramid with equal tiles (sea), runs of them, and gaps. */
const pyramid = (zooms: number): Tile[] =>
  Array.from({ length: zooms }, (_, z) => z).flatMap((z) =>
    Array.from({ length: 4 ** z }, (_, i) => ({ z, x: i % 2 ** z, y: Math.floor(i / 2 ** z) }))
      .filter(({ x, y }) => (x + y) % 7)
      .map(({ x, y }) => ({ z, x, y, data: new TextEncoder().encode(x % 3 ? "sea" : `${z}/${x}/${y}`) })));

for (const zooms of [1, 4, 8]) {
  test(`an archive of ${zooms} zoom levels is read back by the reference reader`, async () => {
    const tiles = pyramid(zooms);
    tiles.push({ z: 0, x: 0, y: 0, data: new TextEncoder().encode("world") });
    const archive = new PMTiles(new Memory(writePmtiles(tiles, { name: "test" })));
    assert.deepEqual(await archive.getMetadata(), { name: "test" });
    assert.equal((await archive.getHeader()).maxZoom, zooms - 1);
    for (const { z, x, y, data } of tiles.filter((_, i) => i % Math.ceil(tiles.length / 400) === 0)) {
      assert.deepEqual(new Uint8Array((await archive.getZxy(z, x, y))?.data ?? new ArrayBuffer()), data);
    }
    assert.equal(await archive.getZxy(zooms - 1, 0, 0).then((found) => (zooms > 1 ? found : undefined)), undefined);
  });
}

for (const ranges of [true, false]) {
  test(`the base map is read from a host ${ranges ? "with" : "without"} ranges`, async () => {
    const file = writePmtiles(pyramid(4), {});
    let asked = 0;
    const server = createServer((request, response) => {
      asked++;
      const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
      if (ranges && range) response.writeHead(206).end(file.slice(Number(range[1]), Number(range[2]) + 1));
      else response.writeHead(200).end(file);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
    const archive = new PMTiles(new BasemapSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/basemap.pmtiles`));
    assert.equal(Buffer.from((await archive.getZxy(3, 0, 1))?.data ?? new ArrayBuffer()).toString(), "3/0/1");
    assert.equal(Buffer.from((await archive.getZxy(2, 0, 1))?.data ?? new ArrayBuffer()).toString(), "2/0/1");
    assert.equal(asked, ranges ? 3 : 1);
    server.closeAllConnections();
    server.close();
  });
}

test("sites become points, those without a place are left out, a cell is drawn as wide as it is", () => {
  const site = { id: "a", names: [["en", "A"]] as [string, string][], latitude: 10, longitude: 20, cell: null, countries: [], type: null, condition: null, finding: "contested" as const, from: null, to: null, sensitive: false, lead: null };
  const points = pointsOf([site, { ...site, latitude: null, longitude: null }, { ...site, latitude: -5, longitude: 40, condition: "Good" }], "en");
  assert.deepEqual(points.features.map(({ properties }) => properties?.state), ["contested", "Good"]);
  const rebuilt = { ...site, id: "b", condition: "Good", lead: { condition: "Destroyed", from: null, to: "1993-11-09", by: ["B"] } };
  const both = pointsOf([site, rebuilt], "en");
  assert.deepEqual(both.features.map(({ properties }) => properties?.state), ["contested", "Destroyed"]);
  assert.deepEqual([apart(both, "b").own, apart(both, "b").others].map(({ features }) => features.map(({ properties }) => properties?.id)), [["b"], ["a"]]);
  assert.deepEqual(boundsOf(points), [20, -5, 40, 10]);
  assert.equal(boundsOf(pointsOf([], "en")), null);
  assert.deepEqual(cellAround(20.5, 10.5, 1).geometry.coordinates[0][0], [20, 10]);
});

test("tiles are compressed as the header says", () => {
  const archive = writePmtiles([{ z: 0, x: 0, y: 0, data: new TextEncoder().encode("world") }], {});
  const offset = Number(new DataView(archive.buffer, archive.byteOffset).getBigUint64(56, true));
  assert.equal(gunzipSync(archive.slice(offset)).toString(), "world");
});
