import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { wordsOf } from "../src/words.ts";

const folder = new URL("../src/words/", import.meta.url);
type Messages = Record<string, string | Record<string, string>>;
const catalogues = new Map(readdirSync(folder).filter((name) => name.endsWith(".json"))
  .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Messages]));
const english = catalogues.get("en") as Messages;
const holders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join();

for (const [language, messages] of catalogues) {
  test(`${language} has every message, every plural form and every place-holder`, () => {
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(english).sort());
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(messages)) {
      const original = english[key];
      assert.equal(typeof message, typeof original, key);
      if (typeof message === "string") {
        assert.equal(holders(message), holders(original as string), key);
        continue;
      }
      // Integers never take a category that only fractions have.
      const needed = categories.filter((category) => Array.from({ length: 202 }, (_, n) => new Intl.PluralRules(language).select(n)).includes(category));
      for (const category of needed) assert.ok(message[category], `${key}: ${category}`);
      assert.ok(message.other, key);
    }
  });
}

test("values are filled in as the language writes them, plurals are chosen, terms are translated", () => {
  const words = wordsOf("fr", { "sites.count": { one: "{count} lieu", other: "{count} lieux sur {total}" } }, { condition: { Good: "Bon" } });
  assert.equal(words.say("sites.count", { count: 1, total: 9 }), "1 lieu");
  assert.equal(words.say("sites.count", { count: 12345, total: 9 }).replace(/\s/g, " "), "12 345 lieux sur 9");
  assert.equal(words.say("check.button.page"), "Check this page");
  assert.equal(words.term("condition", "Good"), "Bon");
  assert.equal(words.term("condition", "Odd"), "Odd");
  assert.equal(words.term("country", "AM"), "Arménie");
});
