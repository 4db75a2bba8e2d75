/** The search over all sites: by their names first, then by what else is told of them. */

import { fold } from "./fold.ts";
import { EMPTY, fits, nameFor, type Query, type Site } from "./index.ts";
import type { Text, Texts } from "./texts.ts";

/** Names the type, the countries and the conditions of a site, in the words that a reader may look for. */
export type Telling = (site: Site) => readonly string[];

interface Row {
  readonly site: Site;
  /** Every name folded, each between line feeds; null until somebody asks. */
  names: string | null;
  told: string;
  texts: string;
}

/** How a site fits: by a name that begins as asked, by its names, or by something else that is told of it. */
const BEGINS = 0;
const NAMED = 1;
const TOLD = 2;
const AT_ONCE = 256;

/** The search: made once for a language, then asked often. */
export class SiteSearch {
  readonly #rows: readonly Row[];
  readonly #telling: Telling;
  readonly #told = new Map<string, string>();
  #texts: Texts = new Map();
  #prepared = 0;
  /** The latest question without its words, its words, and what fitted: a reader who types on asks only among those. */
  #latest: { readonly filters: string; readonly asked: string; readonly found: readonly Row[] } | null = null;

  constructor(sites: readonly Site[], language: string, telling: Telling = () => []) {
    const order = new Intl.Collator(language, { numeric: true });
    const titled = sites.map((site) => ({ site, title: nameFor(site, language)[1] }));
    titled.sort((a, b) => order.compare(a.title, b.title));
    this.#rows = titled.map(({ site }) => ({ site, names: null, told: "", texts: "" }));
    this.#telling = telling;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Take in what came later: addresses, places and speakers. */
  learn(texts: Texts): void {
    this.#texts = texts;
    this.#prepared = 0;
    this.#latest = null;
  }

  /** Fold what will be looked through, as long as there is time; a question folds the rest. Says whether all is done. */
  prepare(hasTime: () => boolean = () => true): boolean {
    while (this.#prepared < this.#rows.length && hasTime()) {
      for (const row of this.#rows.slice(this.#prepared, (this.#prepared += AT_ONCE))) this.#fold(row);
    }
    return this.#prepared >= this.#rows.length;
  }

  #fold(row: Row): void {
    if (row.names === null) {
      row.names = `\n${row.site.names.map(([, name]) => fold(name)).join("\n")}\n`;
      row.told = this.#tell(row.site);
    }
    row.texts = (this.#texts.get(row.site) ?? []).map(({ text }) => fold(text)).join("\n");
  }

  /** What is told of a site: the same string for all of which the same is told. */
  #tell(site: Site): string {
    const key = [site.type, site.countries, site.condition, site.finding, site.lead?.condition].join("\n");
    let told = this.#told.get(key);
    if (told === undefined) this.#told.set(key, (told = this.#telling(site).map(fold).join("\n")));
    return told;
  }

  /** The sites that fit: those with a name that begins as asked, those that fit by their names, then the others; each by name. */
  find(query: Query): Site[] {
    const asked = fold(query.q);
    const words = asked.split(" ").filter(Boolean);
    if (words.length) this.prepare();
    const filters = JSON.stringify({ ...query, q: "" });
    const filtered = filters !== UNFILTERED;
    const latest = this.#latest;
    const among = latest?.filters === filters && asked.startsWith(latest.asked) ? latest.found : this.#rows;
    const found: Row[] = [];
    const ranked: [Site[], Site[], Site[]] = [[], [], []];
    for (const row of among) {
      if (filtered && !fits(row.site, query)) continue;
      const rank = rankOf(row, asked, words);
      if (rank === null) continue;
      found.push(row);
      ranked[rank].push(row.site);
    }
    this.#latest = { filters, asked, found };
    return ranked[BEGINS].concat(ranked[NAMED], ranked[TOLD]);
  }

  /** The addresses, places and speakers by which a site fits a question that neither its names nor what the list tells of it answer. */
  why(site: Site, q: string): Text[] {
    const texts = this.#texts.get(site) ?? [];
    if (!texts.length) return [];
    const shown = [...site.names.map(([, name]) => fold(name)), this.#tell(site)];
    const words = fold(q).split(" ").filter((word) => word && !shown.some((text) => text.includes(word)));
    const fitting = words.map((word) => texts.find(({ text }) => fold(text).includes(word)));
    return [...new Set(fitting.filter((text) => text !== undefined))];
  }

  /** The values that a filter can take, as they occur. */
  values(of: (site: Site) => readonly string[]): string[] {
    return [...new Set(this.#rows.flatMap(({ site }) => of(site)))];
  }
}

const UNFILTERED = JSON.stringify(EMPTY);

/** How a row fits all of the words; null when it does not. */
function rankOf({ names, told, texts }: Row, asked: string, words: readonly string[]): typeof BEGINS | typeof NAMED | typeof TOLD | null {
  if (!words.length || names === null) return NAMED;
  let named = true;
  for (const word of words) {
    if (names.includes(word)) continue;
    if (!told.includes(word) && !texts.includes(word)) return null;
    named = false;
  }
  return named ? (names.includes(`\n${asked}`) ? BEGINS : NAMED) : TOLD;
}
