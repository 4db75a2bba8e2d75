/** `data/sites-index.json`, fetched once a page however many islands want it; and `data/sites-words.json`, when a reader looks for something. */

import { readSites, type Site, type SitesFile } from "./index.ts";
import { readTexts, type Texts, type TextsFile } from "./texts.ts";

const KEY = Symbol.for("vestige.sites");
const FOUND = Symbol.for("vestige.found");
type Loaded = { [KEY]?: Map<string, Promise<Site[]>>; [FOUND]?: readonly Site[] };

/** What the list of the page has found, for a map that comes later. */
export const lastFound = (): readonly Site[] | null => (globalThis as Loaded)[FOUND] ?? null;

/** Tell the map, now or whenever it comes, what the list has found. */
export function tellFound(mark: HTMLElement, found: readonly Site[]): void {
  (globalThis as Loaded)[FOUND] = found;
  mark.dispatchEvent(new CustomEvent("vestige:sites", { bubbles: true, detail: found }));
}

/** A browser lets no page from a disk read another file, so from there the lists as HTML have to do. */
export const fromDisk = (): boolean => location.protocol === "file:";

export function loadSites(address: string): Promise<Site[]> {
  const known = ((globalThis as Loaded)[KEY] ??= new Map());
  let sites = known.get(address);
  if (!sites) {
    sites = loadJson(address).then((file) => readSites(file as SitesFile));
    known.set(address, sites);
  }
  return sites;
}

export const loadTexts = async (address: string, sites: readonly Site[]): Promise<Texts> => readTexts((await loadJson(address)) as TextsFile, sites);

async function loadJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
