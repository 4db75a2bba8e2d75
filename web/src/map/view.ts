/** The map itself: loaded only when it is wanted, since it is larger than everything else together. */

import type { FeatureCollection, Point } from "geojson";
import { addProtocol, type GeoJSONSource, Map as MapLibre, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { element, isolated } from "../dom.ts";
import { nameFor, type Site } from "../sites/index.ts";
import { lastFound, loadSites } from "../sites/load.ts";
import { storyOf } from "../sites/story.ts";
import type { Words } from "../words.ts";
import { apart, boundsOf, cellAround, pointsOf } from "./features.ts";
import { cluster, type Drawn, label, marker } from "./images.ts";
import { type Palette, paletteOf } from "./palette.ts";
import { BasemapSource } from "./source.ts";
import { CLUSTER_MAX_ZOOM, styleOf } from "./style.ts";

const STATES = ["Good", "Fair", "Poor", "Very Bad", "Destroyed", "Unknown", "contested", "none"];
const MOST_LISTED = 50;
const PAUSE = 500; // milliseconds without a new result of the list: longer than between two keys of a word
let ids = 0;
const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

class MapView {
  readonly #mark: HTMLElement;
  readonly #words: Words;
  readonly #box = element("div", { class: "map-box" });
  readonly #sites = new Map<string, Site>();
  readonly #basemap: string;
  #palette: Palette;
  #points: FeatureCollection<Point>;
  #map: MapLibre;
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #keys = element("p", { id: `map-keys-${++ids}` });
  #wanted = lastFound();
  #shown: readonly Site[];
  #inView = true;

  constructor(mark: HTMLElement, words: Words, sites: readonly Site[], basemap: string) {
    this.#mark = mark;
    this.#words = words;
    this.#basemap = basemap;
    for (const site of sites) this.#sites.set(site.id, site);
    this.#shown = sites;
    this.#points = pointsOf(sites, words.language);
    const asked = mark.contains(document.activeElement); // by the button that goes with what stood here
    mark.replaceChildren(this.#box, this.#caption(sites.length - this.#points.features.length));
    this.#palette = paletteOf(mark);
    this.#map = this.#make();
    if (asked) this.#map.getCanvas().focus({ preventScroll: true });
    this.#listen();
  }

  #make(): MapLibre {
    const { say } = this.#words;
    const map = new MapLibre({
      container: this.#box, style: this.#style(), attributionControl: false, maxZoom: 16, dragRotate: false, pitchWithRotate: false,
      touchPitch: false, renderWorldCopies: true, cooperativeGestures: false, ...this.#start(),
      locale: { "Map.Title": say("map.label"), "NavigationControl.ZoomIn": say("map.zoom-in"), "NavigationControl.ZoomOut": say("map.zoom-out"), "Popup.Close": say("map.close") },
    });
    map.getCanvas().setAttribute("aria-describedby", this.#keys.id);
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), document.dir === "rtl" ? "top-left" : "top-right");
    map.setMissingStyleImageResolver((id) => this.#draw(map, id));
    map.scrollZoom.disable(); // the wheel scrolls the page; buttons, keys and two fingers zoom
    map.once("idle", () => {
      map.setPaintProperty("water", "background-color", this.#palette.water);
      this.#mark.dataset.ready = "";
    });
    return map;
  }

  #style() {
    const only = this.#only;
    const around = only?.cell ? { ...EMPTY, features: [cellAround(only.longitude, only.latitude, only.cell)] } : EMPTY;
    const { own, others } = only && !only.cell ? apart(this.#points, this.#mark.dataset.site ?? "") : { own: EMPTY, others: this.#points };
    return styleOf(this.#palette, { basemap: `pmtiles://${this.#basemap}`, sites: only?.cell ? EMPTY : others, own, cell: around });
  }

  /** The one site of a site's page, where it has a place. */
  get #only(): { longitude: number; latitude: number; cell: number | null } | null {
    const site = this.#sites.get(this.#mark.dataset.site ?? "");
    if (!site || site.longitude === null || site.latitude === null) return null;
    return { longitude: site.longitude, latitude: site.latitude, cell: site.cell };
  }

  /** One site's page begins at that site, every other page with all sites in view. */
  #start() {
    const only = this.#only;
    if (only) return { center: [only.longitude, only.latitude] as [number, number], zoom: only.cell ? 7 - Math.log2(only.cell * 10) : 5 };
    const bounds = boundsOf(this.#points);
    return bounds ? { bounds, fitBoundsOptions: { padding: 40, maxZoom: 9 } } : { center: [30, 30] as [number, number], zoom: 1 };
  }

  /** Draw a picture that the style asks for by name. */
  #draw(map: MapLibre, id: string): void {
    const value = id.slice(id.indexOf(":") + 1);
    const direction = document.dir === "rtl" ? "rtl" : "ltr";
    const drawn: Drawn | null = id.startsWith("state:") ? marker(value, this.#palette)
      : id.startsWith("count:") ? cluster(Number(value), this.#words.number(Number(value)), this.#palette)
      : id.startsWith("country:") ? label(this.#words.term("country", value), direction, this.#palette)
      : null;
    if (drawn && !map.hasImage(id)) map.addImage(id, drawn.image, { pixelRatio: drawn.pixelRatio });
  }

  #listen(): void {
    const map = this.#map;
    for (const layer of ["clusters", "sites", "own"]) {
      map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
    }
    for (const layer of ["sites", "own"]) {
      map.on("click", layer, ({ features }) => this.#open(features?.map(({ properties }) => String(properties.id)) ?? [], features?.[0]?.geometry as Point));
    }
    map.on("click", "clusters", ({ features }) => void this.#enter(features?.[0]));
    document.addEventListener("vestige:sites", (event) => this.#follow((event as CustomEvent<Site[]>).detail));
    new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting ?? true;
      this.#filter();
    }).observe(this.#box); // which it also tells at once, and so the map follows what was found before it came
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recolour());
  }

  /** Go into a cluster; where its sites share one place, list them. */
  async #enter(feature: { properties: Record<string, unknown>; geometry: unknown } | undefined): Promise<void> {
    if (!feature) return;
    const source = this.#map.getSource<GeoJSONSource>("sites");
    const id = Number(feature.properties.cluster_id);
    const zoom = (await source?.getClusterExpansionZoom(id)) ?? 0;
    const place = feature.geometry as Point;
    if (zoom <= CLUSTER_MAX_ZOOM) {
      this.#map.easeTo({ center: place.coordinates as [number, number], zoom });
      return;
    }
    const leaves = (await source?.getClusterLeaves(id, MOST_LISTED, 0)) ?? [];
    this.#open(leaves.map(({ properties }) => String(properties?.id)), place);
  }

  #open(ids: readonly string[], place: Point | undefined): void {
    const sites = ids.map((id) => this.#sites.get(id)).filter((site) => site !== undefined);
    if (!place || !sites.length) return;
    const list = element("ul", { class: "map-sites" }, ...sites.slice(0, MOST_LISTED).map((site) => this.#item(site)));
    const popup = new Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(place.coordinates as [number, number]).setDOMContent(list).addTo(this.#map);
    popup.getElement().addEventListener("keydown", ({ key }) => { if (key === "Escape") popup.remove(); });
    popup.on("close", () => {
      if (document.activeElement === document.body) this.#map.getCanvas().focus({ preventScroll: true }); // the focus went with the pop-up
    });
  }

  #item(site: Site): HTMLElement {
    const { say, language } = this.#words;
    const [tag, name] = nameFor(site, language);
    return element("li", {},
      element("a", { href: (this.#mark.dataset.page ?? "").replace("{id}", site.id) }, isolated(name, tag)),
      ...storyOf(site, this.#words),
      site.cell !== null && element("span", {}, say("map.cell", { width: site.cell })));
  }

  #stateName(state: string): string {
    return this.#words.term(state === "contested" || state === "none" ? "finding" : "condition", state);
  }

  /** Follow the list once its reader pauses and the map is in view: a new set of points, and each frame, takes longer than a key may. */
  #follow(sites: readonly Site[]): void {
    this.#map.stop();
    this.#wanted = sites;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#filter(), PAUSE);
  }

  #filter(): void {
    const sites = this.#wanted;
    if (!sites || !this.#inView || isSame(sites, this.#shown)) return;
    const source = this.#map.getSource<GeoJSONSource>("sites");
    if (!source) {
      this.#map.once("load", () => this.#filter());
      return;
    }
    this.#shown = sites;
    this.#points = pointsOf(sites, this.#words.language);
    void source.setData(this.#points);
    const bounds = boundsOf(this.#points);
    if (bounds) this.#map.fitBounds(bounds, { padding: 40, maxZoom: 9, animate: false });
  }

  #recolour(): void {
    this.#palette = paletteOf(this.#mark);
    this.#map.setStyle(this.#style(), { diff: false });
    this.#map.once("idle", () => this.#map.setPaintProperty("water", "background-color", this.#palette.water));
    this.#mark.querySelector(".map-legend")?.replaceWith(this.#legend());
  }

  #caption(unplaced: number): HTMLElement {
    const { say } = this.#words;
    const cell = this.#only?.cell;
    this.#keys.textContent = say("map.keyboard");
    return element("div", { class: "map-caption" }, element("p", {}, say("map.worst")), this.#legend(),
      cell ? element("p", {}, say("map.cell", { width: cell })) : null,
      unplaced > 0 && element("p", {}, say("map.unplaced", { count: unplaced })), this.#keys, element("p", {}, say("map.sources")));
  }

  #legend(): HTMLElement {
    const palette = paletteOf(this.#mark);
    const used = new Set(this.#points.features.map(({ properties }) => properties?.state as string));
    const states = this.#only?.cell ? [] : STATES; // the page of a site with a hidden place shows no other sites
    const items = states.filter((state) => used.has(state)).map((state) => element("li", {}, picture(marker(state, palette)), ` ${this.#stateName(state)}`));
    const line = (key: string, name: string) => element("li", {}, element("span", { class: `map-line ${name}`, "aria-hidden": "true" }), ` ${this.#words.say(key)}`);
    return element("ul", { class: "map-legend", "aria-label": this.#words.say("map.legend") },
      ...items, line("map.boundary", "map-agreed"), line("map.disputed", "map-disputed"));
  }
}

/** Whether two results hold the same sites; their order is the list's affair, and a whole record comes in another. */
const isSame = (some: readonly Site[], others: readonly Site[]): boolean => {
  const known = new Set(others);
  return some.length === others.length && some.every((site) => known.has(site));
};

/** A drawn image as an element. */
function picture({ image, pixelRatio }: Drawn): HTMLCanvasElement {
  const canvas = element("canvas", { width: image.width, height: image.height, "aria-hidden": "true" });
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  canvas.style.width = `${image.width / pixelRatio}px`;
  return canvas;
}

/** Put a map in place of a mark's content. `assets` is the folder that holds the base map and the worker. */
export async function show(mark: HTMLElement, words: Words, assets: string): Promise<void> {
  setWorkerUrl(new URL("map-worker.js", assets).href);
  const basemap = new URL("basemap.pmtiles", assets).href;
  protocol.add(new PMTiles(new BasemapSource(basemap)));
  new MapView(mark, words, await loadSites(mark.dataset.index ?? ""), basemap);
}
