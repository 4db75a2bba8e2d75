/** The base map's land at places whose geography is not in doubt, on every zoom from the whole world on. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Feature, FeatureCollection, MultiPolygon, Position } from "geojson";
import GeoJSONVT from "geojson-vt";
import { feature } from "topojson-client";
import { laidOut } from "../basemap/antimeridian.ts";

const EXTENT = 4096;
const atlas = JSON.parse(readFileSync(new URL("../node_modules/world-atlas/land-10m.json", import.meta.url), "utf8"));
const whole = feature(atlas, atlas.objects.land) as unknown as Feature | FeatureCollection;
const land = (whole.type === "FeatureCollection" ? whole.features : [whole]).map(laidOut);
const index = new GeoJSONVT({ type: "FeatureCollection", features: land } as never, { maxZoom: 4, indexMaxPoints: 0, extent: EXTENT, buffer: 32, tolerance: 4 });

/** Latitude and longitude of places inland and far out at sea, near the antimeridian and around both edges of the map too. */
const LAND: [number, number, string][] = [
  [17, -3, "Mali"], [40, -4, "Spain"], [55, 60, "Ural"], [67, 178, "Chukotka, east"], [67, -176, "Chukotka, west"], [-80, 0, "Antarctica"],
  [-72, 162, "Victoria Land"], [-78, -120, "Marie Byrd Land"], [65, -150, "Alaska"], [-25, 133, "Australia"], [75, -40, "Greenland"], [39.8, 46.8, "the South Caucasus"],
];
const SEA: [number, number, string][] = [
  [62, -30, "the north Atlantic"], [68, -3, "the Norwegian Sea"], [-16, -140, "the south Pacific"], [-17, 80, "the Indian Ocean"], [0, -30, "the equator, Atlantic"],
  [55, -170.9, "the Bering Sea"], [-60, 100, "the Southern Ocean"], [35, 18, "the Mediterranean"], [72, -160, "the Beaufort Sea"],
];

function isLand(latitude: number, longitude: number, z: number): boolean {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const x = (longitude / 360 + 0.5) * 2 ** z;
  const y = (0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI) * 2 ** z;
  const tile = index.getTile(z, Math.floor(x), Math.floor(y));
  const point = [(x % 1) * EXTENT, (y % 1) * EXTENT];
  const rings = (tile?.features ?? []).flatMap(({ geometry }) => geometry as unknown as Position[][]);
  return rings.filter((ring) => contains(ring, point)).length % 2 === 1;
}

/** Even-odd rule. */
function contains(ring: Position[], [x, y]: Position): boolean {
  return ring.filter(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length];
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
  }).length % 2 === 1;
}

for (let z = 0; z <= 4; z++) {
  test(`land is land and sea is sea at zoom ${z}`, () => {
    for (const [latitude, longitude, name] of LAND) assert.equal(isLand(latitude, longitude, z), true, name);
    for (const [latitude, longitude, name] of SEA) assert.equal(isLand(latitude, longitude, z), false, name);
  });
}

test("no edge runs across the map", () => {
  for (const { geometry } of land) {
    for (const [a, b] of (geometry as MultiPolygon).coordinates.flat().flatMap((ring) => ring.slice(1).map((end, at) => [ring[at], end]))) {
      const alongTheEdge = Math.abs(a[1]) === 90 && Math.abs(b[1]) === 90;
      assert.ok(alongTheEdge || Math.abs(a[0] - b[0]) <= 180, `${a} to ${b}`);
    }
  }
});
