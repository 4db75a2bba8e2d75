/** What a site is found by besides its names, type, countries and conditions: the rows of `data/sites-words.json`. */

import type { Site } from "./index.ts";

const KINDS = ["address", "type", "place", "speaker"] as const;

export interface Text {
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
}

/** The texts of those sites that have any. */
export type Texts = ReadonlyMap<Site, readonly Text[]>;

/** A row: the beginning of the site's id, then a list of texts for each of the kinds; lists that are empty are left out at the end. */
export type TextRow = readonly [beginning: string, ...lists: readonly (readonly string[])[]];

export interface TextsFile {
  readonly format: number;
  readonly sites: readonly TextRow[];
}

/** Read the rows, which stand in the order of the sites; throws RangeError for another format, or when the file is of another publication. */
export function readTexts(file: TextsFile, sites: readonly Site[]): Texts {
  if (file.format !== 1) throw new RangeError(`expected format 1 of data/sites-words.json, got ${file.format}`);
  if (file.sites.length !== sites.length || file.sites.some(([beginning], i) => !sites[i].id.startsWith(beginning))) {
    throw new RangeError("data/sites-words.json and data/sites-index.json tell of different sites");
  }
  const texts = new Map<Site, readonly Text[]>();
  for (const [i, [, ...lists]] of file.sites.entries()) {
    if (lists.length) texts.set(sites[i], lists.flatMap((list, kind) => list.map((text) => ({ kind: KINDS[kind], text }))));
  }
  return texts;
}
