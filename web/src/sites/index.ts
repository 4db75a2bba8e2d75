/** The sites of `data/sites-index.json`, and what a reader can ask of them besides words. */

export type Finding = "agreed" | "contested" | "single" | "none";

/** The worst condition that is documented of a site: what it is told by before all else. Days are those that its window can mean. */
export interface Lead {
  readonly condition: string;
  readonly from: string | null;
  readonly to: string;
  /** Who says so: the first few who judged. */
  readonly by: readonly string[];
}

export interface Site {
  readonly id: string;
  /** Names as [language or null, text], in the record's order. */
  readonly names: readonly (readonly [string | null, string])[];
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** Width in degrees of the grid cell that the place was snapped to. */
  readonly cell: number | null;
  readonly countries: readonly string[];
  readonly type: string | null;
  readonly condition: string | null;
  readonly finding: Finding;
  /** First and last day of the newest assessed window. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sensitive: boolean;
  readonly lead: Lead | null;
}

/** A row of `data/sites-index.json`; web/README.md says what each place holds. */
export type SiteRow = readonly [
  id: string, names: readonly (readonly [string, string])[], type: string | null, countries: readonly string[], condition: string | null,
  finding: Finding, sensitive: 0 | 1, longitude: number | null, latitude: number | null, cell: number | null, from: string | null, to: string | null,
  lead?: readonly [condition: string, from: string | null, to: string, by: readonly string[]] | null,
];

export interface SitesFile {
  readonly format: number;
  readonly sites: readonly SiteRow[];
}

/** Read the rows; throws RangeError for another format. */
export function readSites(file: SitesFile): Site[] {
  if (file.format !== 1) throw new RangeError(`expected format 1 of data/sites-index.json, got ${file.format}`);
  return file.sites.map(([id, names, type, countries, condition, finding, sensitive, longitude, latitude, cell, from, to, lead]) => ({
    id, names: names.map(([language, text]) => [language || null, text] as const), type, countries, condition, finding,
    sensitive: sensitive === 1, longitude, latitude, cell, from, to,
    lead: lead ? { condition: lead[0], from: lead[1], to: lead[2], by: lead[3] } : null,
  }));
}

/** How a site stands by its newest finding: its condition, else contested, else not assessed. */
export const stateOf = (site: Site): string => site.condition ?? (site.finding === "contested" ? "contested" : "none");

/** What stands for a site in list and map: the worst that is documented of it, else how it stands. */
export const leadStateOf = (site: Site): string => site.lead?.condition ?? stateOf(site);

/** Whether the newest finding tells something else than the worst that is documented. */
export const hasFollowed = ({ lead, condition, from, to }: Site): boolean =>
  lead !== null && (lead.condition !== condition || lead.from !== from || lead.to !== to);

/** The name to show first: in the reader's language, else in English, else the record's first. */
export function nameFor(site: Site, language: string): readonly [string | null, string] {
  const of = (tag: string) => site.names.find(([written]) => written?.split("-")[0] === tag);
  return of(language.split("-")[0]) ?? of("en") ?? site.names[0] ?? [null, site.id];
}

/** What a reader asked for; an empty text asks for nothing. */
export interface Query {
  readonly q: string;
  readonly condition: string;
  readonly finding: string;
  readonly type: string;
  readonly country: string;
  readonly from: string;
  readonly to: string;
  readonly place: string;
}

export const EMPTY: Query = { q: "", condition: "", finding: "", type: "", country: "", from: "", to: "", place: "" };
const KEYS = Object.keys(EMPTY) as (keyof Query)[];

/** Stands in a filter for "has none". */
export const NONE = "-";

/** Read a query from the address bar's parameters; page counts from 1. */
export function queryFrom(parameters: URLSearchParams): { query: Query; page: number } {
  const query = Object.fromEntries(KEYS.map((key) => [key, parameters.get(key) ?? ""])) as unknown as Query;
  return { query, page: Math.max(1, Math.trunc(Number(parameters.get("page"))) || 1) };
}

/** Write a query as parameters, without what is empty. */
export function parametersOf(query: Query, page: number): URLSearchParams {
  const parameters = new URLSearchParams(KEYS.filter((key) => query[key]).map((key) => [key, query[key]]));
  if (page > 1) parameters.set("page", String(page));
  return parameters;
}

const same = (wanted: string, value: string | null): boolean => wanted === "" || (wanted === NONE ? value === null : wanted === value);

/** Whether a site fits all that is asked besides words. */
export function fits(site: Site, query: Query): boolean {
  return (
    (same(query.condition, site.condition) || query.condition === site.lead?.condition) &&
    same(query.finding, site.finding) &&
    same(query.type, site.type) &&
    (query.country === "" || site.countries.includes(query.country)) &&
    (query.place === "" || site.sensitive === (query.place === "sensitive")) &&
    (overlaps(site, query.from, query.to) || (!!site.lead && overlaps(site.lead, query.from, query.to)))
  );
}

/** Whether the site's window can mean a day in the span; a site without a window fits only when no span is asked for. */
function overlaps(site: Pick<Site, "from" | "to">, from: string, to: string): boolean {
  if (!from && !to) return true;
  if (!site.to) return false;
  return (!from || site.to >= from) && (!to || !site.from || site.from <= to);
}
