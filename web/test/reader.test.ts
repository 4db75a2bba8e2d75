import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { readerOf } from "../src/check/site.ts";

test("a check asks for a file once and knows its hash; the next check asks again", async () => {
  const files = new Map([["body/ab", new TextEncoder().encode("words")]]);
  const asked: string[] = [];
  const site = { read: async (path: string) => (asked.push(path), files.get(path) ?? null) };
  const hash = createHash("sha256").update("words").digest("hex");
  for (const _ of [1, 2]) {
    asked.length = 0;
    const reader = readerOf(site);
    assert.deepEqual(await reader.read("body/ab"), files.get("body/ab"));
    assert.equal(await reader.digest("body/ab"), hash);
    assert.equal(await reader.digest("gone"), null);
    assert.equal(await reader.digest("gone"), null);
    assert.deepEqual(asked, ["body/ab", "gone"]);
  }
});
