/**
 * Shapes that cross the antimeridian, for a flat map: world-atlas draws them for a globe, where 179° east and 179° west are neighbours.
 *
 * Each ring is laid out without a jump, beyond 180° where it must be; cutting into tiles wraps what lies outside (geojson-vt). A
 * ring that goes all the way around a pole (Antarctica) is closed along the edge of the map.
 */

import type { Feature, Position } from "geojson";

/** Give a feature whose polygons have no edge that runs across the map. */
export function laidOut(feature: Feature): Feature {
  const { geometry } = feature;
  if (geometry.type === "Polygon") return { ...feature, geometry: { ...geometry, coordinates: polygon(geometry.coordinates) } };
  if (geometry.type === "MultiPolygon") return { ...feature, geometry: { ...geometry, coordinates: geometry.coordinates.map(polygon) } };
  return feature;
}

/** Lay out a polygon; its holes come to lie beside its outer ring. */
export function polygon(rings: Position[][]): Position[][] {
  const [outer, ...holes] = rings.map(ring);
  const middle = centre(outer);
  return [outer, ...holes.map((hole) => moved(hole, Math.round((middle - centre(hole)) / 360) * 360))];
}

function ring(positions: Position[]): Position[] {
  let turn = 0;
  const found = positions.map(([x, y], at) => {
    const step = at ? x - positions[at - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
  if (turn) {
    const pole = found[0][1] < 0 ? -90 : 90;
    found.push([found[found.length - 1][0], pole], [found[0][0], pole], found[0]);
  }
  return moved(found, -Math.round(centre(found) / 360) * 360);
}

const centre = (positions: Position[]): number => {
  const all = positions.map(([x]) => x);
  return (all.reduce((a, b) => Math.min(a, b)) + all.reduce((a, b) => Math.max(a, b))) / 2;
};

const moved = (positions: Position[], by: number): Position[] => (by ? positions.map(([x, y]) => [x + by, y]) : positions);
