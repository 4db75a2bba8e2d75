/** `data/sites-index.json`, fetched once a page however many islands want it. */

import { readSites, type Site, type SitesFile } from "./index.ts";

const KEY = Symbol.for("vestige.sites");
type Loaded = { [KEY]?: Map<string, Promise<Site[]>> };

/** A browser lets no page from a disk read another file, so from there the lists as HTML have to do. */
export const fromDisk = (): boolean => location.protocol === "file:";

export function loadSites(address: string): Promise<Site[]> {
  const known = ((globalThis as Loaded)[KEY] ??= new Map());
  let sites = known.get(address);
  if (!sites) {
    sites = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return readSites((await response.json()) as SitesFile);
    });
    known.set(address, sites);
  }
  return sites;
}
