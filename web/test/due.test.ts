import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, isOver } from "../src/due.ts";

test("a day is over when its last hour is over everywhere", () => {
  assert.equal(isOver("2026-06-15", Date.parse("2026-06-16T12:00:00Z")), false);
  assert.equal(isOver("2026-06-15", Date.parse("2026-06-16T12:00:01Z")), true);
});

test("what a page said when it was made gives way once the day is over, and stays until then", () => {
  for (const [day, over] of [["1999-12-31", true], ["9999-12-31", false]] as const) {
    const [whenMade, now] = [{ hidden: false }, { hidden: true }];
    begin({ dataset: { day }, children: [whenMade, now] } as unknown as HTMLElement);
    assert.deepEqual([whenMade.hidden, now.hidden], [over, !over]);
  }
});
