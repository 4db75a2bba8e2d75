/** Sites as GeoJSON for the map, and what a marker says. */

import type { Feature, FeatureCollection, Point, Polygon } from "geojson";
import { leadStateOf, nameFor, type Site } from "../sites/index.ts";

/** The sites that have a place, as points; properties hold what a marker needs. */
export function pointsOf(sites: readonly Site[], language: string): FeatureCollection<Point> {
  const features = sites.flatMap((site): Feature<Point>[] => {
    if (site.latitude === null || site.longitude === null) return [];
    const properties = { id: site.id, state: leadStateOf(site), name: nameFor(site, language)[1] };
    return [{ type: "Feature", properties, geometry: { type: "Point", coordinates: [site.longitude, site.latitude] } }];
  });
  return { type: "FeatureCollection", features };
}

/** The marker of the one site of a page, apart from the others, so that no count swallows it. */
export function apart(points: FeatureCollection<Point>, id: string): { own: FeatureCollection<Point>; others: FeatureCollection<Point> } {
  const of = (own: boolean) => points.features.filter(({ properties }) => (properties?.id === id) === own);
  return { own: { type: "FeatureCollection", features: of(true) }, others: { type: "FeatureCollection", features: of(false) } };
}

/** The grid cell around a snapped place, as a polygon. */
export function cellAround(longitude: number, latitude: number, width: number): Feature<Polygon> {
  const [w, e, s, n] = [longitude - width / 2, longitude + width / 2, latitude - width / 2, latitude + width / 2];
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] } };
}

/** West, south, east, north of all points, or null when there are none. */
export function boundsOf({ features }: FeatureCollection<Point>): [number, number, number, number] | null {
  if (!features.length) return null;
  const xs = features.map(({ geometry }) => geometry.coordinates[0]);
  const ys = features.map(({ geometry }) => geometry.coordinates[1]);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}
