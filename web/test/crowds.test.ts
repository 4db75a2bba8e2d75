import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { atMost, samplePositions, sampleSeed } from "../src/calling/bounds.ts";
import { knownBy } from "../src/calling/joined.ts";
import { RULES } from "../src/calling/findings.ts";
import { innerFits } from "../src/ledger/inner.ts";
import { recount } from "../src/calling/recount.ts";
import { auditOf, callOf, drawOf, type Json, tallyOf } from "../src/calling/shapes.ts";
import { breaches } from "../src/calling/tables.ts";
import { fromBase64 } from "../src/ledger/bytes.ts";

// The cases that Python must answer alike: tests/calling/test_crowd_vectors.py reads the same file.
const vectors = JSON.parse(readFileSync(new URL("../../tests/vectors/crowds.json", import.meta.url), "utf8"));
const english = JSON.parse(readFileSync(new URL("../src/words/en.json", import.meta.url), "utf8"));

for (const { name, steps, audits, instead, named, found } of vectors.cases) {
  test(`a crowd is counted again as it was written down: ${name}`, async () => {
    const files: Record<string, string | null> = { ...vectors.files, ...instead };
    const read = async (file: string) => (files[file] ? fromBase64(files[file]) : null);
    const got = await recount(
      callOf(vectors.call), steps.map(({ entry, at, tally }: Json) => ({ entry, at, tally: tallyOf(tally as Json) })), read,
      audits.map(({ entry, audit, draw, draw_at: drawAt }: Json) => ({ entry, audit: auditOf(audit as Json), draw: draw && drawOf(draw as Json), drawAt })),
    );
    const findings = got.findings.map(({ file, number, rule }) => [file, number, rule]);
    assert.deepEqual([got.sheets, got.counted, got.ended, findings], found);
    if (named) assert.ok(findings.some((finding) => String(finding) === String(named)), String(named));
    for (const { audit, draw } of audits) {
      assert.ok(await innerFits("audit", audit));
      if (draw) assert.ok(await innerFits("draw", draw));
      if (audit.signed) assert.equal(await innerFits("audit", { ...audit, yes: audit.yes + 1 }), false);
    }
  });
}

test("bounds are those of the beta distribution", () => {
  for (const [bad, of, bound] of vectors.bounds) assert.ok(Math.abs(atMost(bad, of) - bound) < 1e-9, `${bad} of ${of}`);
});

test("samples are those of a plain loop", async () => {
  for (const { tally, nonce, size, population, positions } of vectors.samples) {
    assert.deepEqual(await samplePositions(await sampleSeed(tally, nonce), size, population), positions);
  }
});

test("names that a reader cannot tell apart are one", () => {
  const { names } = JSON.parse(readFileSync(new URL("../../tests/vectors/names.json", import.meta.url), "utf8"));
  for (const { name, given, organisation, known_by } of names) assert.equal(knownBy(given, organisation), known_by, name);
});

test("tables that single somebody out are those of a plain comparison", () => {
  for (const { published, k, breaches: wanted } of vectors.tables) {
    assert.deepEqual(breaches(published.map(({ cells, rest }: { cells: object; rest: number }) => ({ cells: new Map(Object.entries(cells)), rest })), k), wanted);
  }
});

test("every rule has its words, and no other has", () => {
  const said = Object.keys(english).filter((key) => key.startsWith("count.rule.")).map((key) => key.slice("count.rule.".length));
  assert.deepEqual(said.sort(), [...RULES].sort());
});
