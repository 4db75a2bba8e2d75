// Libraries that carry no types of their own: only what build.ts uses of them.
declare module "polylabel" {
  export default function polylabel(polygon: number[][][], precision: number): [number, number];
}
declare module "topojson-client" {
  import type { Feature, FeatureCollection, MultiLineString } from "geojson";
  type Side = { readonly id?: string | number };
  export function feature(topology: unknown, object: unknown): Feature | FeatureCollection;
  export function mesh(topology: unknown, object: unknown, filter: (a: Side, b: Side) => boolean): MultiLineString;
}
declare module "vt-pbf" {
  export function fromGeojsonVt(layers: Record<string, unknown>, options: { version: number; extent: number }): Uint8Array;
}
