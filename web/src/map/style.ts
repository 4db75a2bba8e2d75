/** The map's style: one land without owners, water, boundaries agreed and disputed, country names, sites. */

import type { FeatureCollection } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Palette } from "./palette.ts";

/** How far the clustering goes; beyond, each site stands by itself. */
export const CLUSTER_MAX_ZOOM = 13;

export interface Data {
  readonly basemap: string;
  readonly sites: FeatureCollection;
  /** The site of the page, which stands by itself whatever is near it. */
  readonly own: FeatureCollection;
  readonly cell: FeatureCollection;
}

export function styleOf(palette: Palette, { basemap, sites, own, cell }: Data): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: { type: "vector", url: basemap },
      sites: { type: "geojson", data: sites, cluster: true, clusterRadius: 44, clusterMaxZoom: CLUSTER_MAX_ZOOM },
      own: { type: "geojson", data: own },
      cell: { type: "geojson", data: cell },
    },
    layers: [...baseLayers(palette), ...siteLayers(palette)],
  };
}

function baseLayers(palette: Palette): LayerSpecification[] {
  const base = { source: "base" } as const;
  const width = ["interpolate", ["linear"], ["zoom"], 0, 0.5, 6, 1.2] as never;
  return [
    // Land until the tiles have come, or a reader would take the first view for the open sea; the view makes it water then.
    { id: "water", type: "background", paint: { "background-color": palette.land } },
    { id: "land", type: "fill", ...base, "source-layer": "land", paint: { "fill-color": palette.land } },
    { id: "lakes", type: "fill", ...base, "source-layer": "lakes", paint: { "fill-color": palette.water } },
    { id: "rivers", type: "line", ...base, "source-layer": "rivers", minzoom: 3, paint: { "line-color": palette.water, "line-width": width } },
    {
      id: "boundaries", type: "line", ...base, "source-layer": "boundaries", filter: ["==", ["get", "class"], "agreed"],
      paint: { "line-color": palette.boundary, "line-width": width },
    },
    {
      id: "disputed", type: "line", ...base, "source-layer": "boundaries", filter: ["==", ["get", "class"], "disputed"],
      paint: { "line-color": palette.boundary, "line-width": width, "line-dasharray": [3, 2.5] },
    },
    {
      id: "countries", type: "symbol", ...base, "source-layer": "countries", filter: ["<=", ["get", "rank"], ["zoom"]],
      layout: { "icon-image": ["concat", "country:", ["get", "code"]], "icon-padding": 6 },
    },
  ];
}

function siteLayers(palette: Palette): LayerSpecification[] {
  return [
    { id: "cell", type: "fill", source: "cell", paint: { "fill-color": palette.cluster, "fill-opacity": 0.3 } },
    { id: "cell-edge", type: "line", source: "cell", paint: { "line-color": palette.cluster, "line-width": 2 } },
    {
      id: "clusters", type: "symbol", source: "sites", filter: ["has", "point_count"],
      layout: { "icon-image": ["concat", "count:", ["get", "point_count"]], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "sites", type: "symbol", source: "sites", filter: ["!", ["has", "point_count"]],
      layout: { "icon-image": ["concat", "state:", ["get", "state"]], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "own", type: "symbol", source: "own",
      layout: { "icon-image": ["concat", "state:", ["get", "state"]], "icon-size": 1.5, "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
}
