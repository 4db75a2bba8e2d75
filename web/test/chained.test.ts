/** Joining the pieces of boundaries. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Position } from "geojson";
import { chained } from "../basemap/chained.ts";

const edges = (parts: readonly Position[][]): string[] =>
  parts.flatMap((part) => part.slice(1).map((end, at) => [part[at].join(), end.join()].toSorted().join(" "))).toSorted();

test("pieces join whatever their direction, and stop where three meet", () => {
  const [a, b, c, d, e, f] = [[0, 0], [1, 0], [2, 0], [3, 0], [3, 1], [4, 0]];
  assert.deepEqual(chained([[b, c], [b, a], [c, d], [d, e], [d, f]]).map((line) => line.length).toSorted(), [2, 2, 4]);
});

test("a closed line stays closed", () => {
  const [a, b, c] = [[0, 0], [1, 0], [1, 1]];
  const [ring] = chained([[a, b], [c, b], [c, a]]);
  assert.equal(ring.length, 4);
  assert.deepEqual(ring[0], ring[3]);
});

test("every edge of the world's boundaries stays, in far fewer pieces", () => {
  const { boundaries } = JSON.parse(readFileSync(new URL("../basemap/natural-earth.json", import.meta.url), "utf8"));
  const parts: Position[][] = boundaries.filter((line: { class: string }) => line.class === "agreed").flatMap((line: { parts: Position[][] }) => line.parts);
  const joined = chained(parts);
  assert.deepEqual(edges(joined), edges(parts));
  assert.ok(joined.length < parts.length / 10, `${joined.length} of ${parts.length}`);
});
