/**
 * Makes basemap.pmtiles from Natural Earth: land and country names' places from world-atlas, the rest from natural-earth.json.
 *
 *     node basemap/build.ts OUT.pmtiles
 *
 * Land is one shape without owners; a boundary is agreed or disputed. docs/adr/0081 says why.
 */

import { readFileSync, writeFileSync } from "node:fs";
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import GeoJSONVT from "geojson-vt";
import polylabel from "polylabel";
import { feature, mesh } from "topojson-client";
import { fromGeojsonVt } from "vt-pbf";
import { laidOut, polygon } from "./antimeridian.ts";
import { chained } from "./chained.ts";
import { type Tile, writePmtiles } from "./pmtiles.ts";

const MAX_ZOOM = 6;
const EXTENT = 4096;
const RUSSIA = "643";
const UKRAINE = "804";
/** West, south, east, north of the necks of land between Crimea and the mainland. */
const CRIMEAN_NECKS = [33, 45.8, 35.6, 46.5];

interface Extract {
  readonly boundaries: readonly { readonly class: string; readonly parts: Position[][] }[];
  readonly lakes: Position[][][];
  readonly rivers: Position[][];
}

type Layers = Record<string, FeatureCollection>;

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const atlas = (name: string) => read(`../node_modules/world-atlas/${name}.json`);
const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
const lines = (parts: Position[][], properties: Record<string, string>): Feature => ({
  type: "Feature", properties, geometry: { type: "MultiLineString", coordinates: parts },
});

function layers(): Layers {
  const extract: Extract = read("natural-earth.json");
  const countries = atlas("countries-10m");
  const boundaries = (agreed: boolean) => extract.boundaries.filter((line) => (line.class === "agreed") === agreed).flatMap((line) => line.parts);
  return {
    land: collection([feature(atlas("land-10m"), atlas("land-10m").objects.land) as unknown as Feature].flatMap(flatten).map(laidOut)),
    lakes: collection(extract.lakes.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates } }))),
    rivers: collection([lines(extract.rivers, {})]),
    boundaries: collection([
      lines(chained(boundaries(true)), { class: "agreed" }),
      lines(chained([...boundaries(false), ...crimea(countries)]), { class: "disputed" }),
    ]),
    countries: collection(countryLabels(countries)),
  };
}

const flatten = (value: Feature | FeatureCollection): Feature[] => (value.type === "FeatureCollection" ? value.features : [value]);

/** Natural Earth's later editions draw a boundary between Russia and Ukraine across the necks of Crimea: here, disputed. */
function crimea(countries: ReturnType<typeof atlas>): Position[][] {
  const between = (a: { id?: string | number }, b: { id?: string | number }) =>
    a !== b && [a.id, b.id].sort().join() === `${RUSSIA},${UKRAINE}`;
  const [west, south, east, north] = CRIMEAN_NECKS;
  const inside = ([x, y]: Position) => x >= west && x <= east && y >= south && y <= north;
  return mesh(countries, countries.objects.countries, between).coordinates.filter((part: Position[]) => part.every(inside));
}

/** A point in the largest part of each country that ISO 3166-1 lists; names come from the reader's browser. */
function countryLabels(countries: ReturnType<typeof atlas>): Feature[] {
  const all = feature(countries, countries.objects.countries) as unknown as FeatureCollection<Polygon | MultiPolygon>;
  return all.features.flatMap(({ id, geometry }): Feature[] => {
    const code = alpha2(String(id ?? ""));
    if (!code) return [];
    const parts = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map(polygon);
    const largest = parts.reduce((a, b) => (area(a[0]) >= area(b[0]) ? a : b));
    const [x, y] = polylabel(largest as number[][][], 0.1);
    const size = area(largest[0]);
    const rank = size > 150 ? 2 : size > 20 ? 3 : size > 4 ? 4 : size > 0.5 ? 5 : 6;
    return [{ type: "Feature", properties: { code, rank }, geometry: { type: "Point", coordinates: [x, y] } }];
  });
}

/** ISO 3166-1 alpha-2 from the numeric code, by the canonicalisation of Unicode language tags. */
function alpha2(numeric: string): string | null {
  if (!/^\d{3}$/.test(numeric)) return null;
  const [, code] = Intl.getCanonicalLocales(`und-${numeric}`)[0].split("-");
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

const area = (ring: Position[]): number =>
  Math.abs(ring.reduce((sum, [x, y], i) => { const [nx, ny] = ring[(i + 1) % ring.length]; return sum + x * ny - nx * y; }, 0)) / 2;

function tilesOf(sources: Layers): Tile[] {
  const indexes = Object.entries(sources).map(([name, data]) => {
    const buffer = name === "countries" ? 0 : 32;
    return [name, new GeoJSONVT(data as never, { maxZoom: MAX_ZOOM, indexMaxZoom: 5, indexMaxPoints: 0, extent: EXTENT, buffer, tolerance: 4 })] as const;
  });
  const tiles: Tile[] = [];
  for (let z = 0; z <= MAX_ZOOM; z++) {
    for (let x = 0; x < 2 ** z; x++) {
      for (let y = 0; y < 2 ** z; y++) {
        const found = indexes.flatMap(([name, index]) => { const tile = index.getTile(z, x, y); return tile ? [[name, tile] as const] : []; });
        if (found.length) tiles.push({ z, x, y, data: fromGeojsonVt(Object.fromEntries(found), { version: 2, extent: EXTENT }) });
      }
    }
  }
  return tiles;
}

const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node basemap/build.ts OUT.pmtiles");
const sources = layers();
writeFileSync(out, writePmtiles(tilesOf(sources), {
  name: "Natural Earth",
  attribution: "Natural Earth (public domain)",
  vector_layers: Object.keys(sources).map((id) => ({ id, minzoom: 0, maxzoom: MAX_ZOOM, fields: {} })),
}));
