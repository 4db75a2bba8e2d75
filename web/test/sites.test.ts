import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../src/sites/fold.ts";
import { numeric, written } from "../src/sites/story.ts";
import { EMPTY, hasFollowed, nameFor, NONE, parametersOf, type Query, queryFrom, readSites, type Site } from "../src/sites/index.ts";
import { SiteSearch } from "../src/sites/search.ts";
import { tellingIn } from "../src/sites/telling.ts";
import { readTexts } from "../src/sites/texts.ts";
import { wordsOf } from "../src/words.ts";

const site = (id: string, names: [string | null, string][], more: Partial<Site> = {}): Site => ({
  id, names, latitude: 1, longitude: 2, cell: null, countries: [], type: null, condition: null, finding: "none", from: null, to: null,
  sensitive: false, lead: null, ...more,
});

for (const [written, typed] of [
  ["Şuşa", "susa"], ["ŞUŞA", "şuşa"], ["Ağdam Cümə məscidi", "agdam cume mescidi"], ["İçərişəhər", "icerisehər"],
  ["XOCALI", "Xocalı"], ["Diyarbakır", "DİYARBAKIR"], ["Gəncə", "gence"],
  ["Դադիվանք", "դադիվանք"], ["Սուրբ Հովհաննես եւ Գեւորգ", "սուրբ հովհաննես և գևորգ"], ["ՇՈՒՇԻ", "շուշի"],
  ["مسجد الأمويّ", "مسجد الاموي"], ["قلعة", "قلعه"], ["مَدِينَة", "مدينة"], ["کلیسا", "كليسا"], ["حلـــب", "حلب"], ["العُليا", "العليا"], ["Ναός", "ναος"], ["Kul\u00adtur\u202ahaus", "kulturhaus"],
  ["Ґанок", "ганок"], ["Київ", "киів"], ["Ёлкино", "елкино"],
  ["Ḥalab", "halab"], ["Qalʿat al-Muḍīq", "qalat al mudiq"], ["Sv. Đorđe", "sv dorde"], ["Łódź", "lodz"], ["Straße", "STRASSE"],
  ["Saint-Étienne-du-Mont", "saint etienne du mont"], ["  a  b ", "a b"], ["٢٠٢٠", "2020"], ["ΣΟΦΌΣ", "σοφος"], ["ﬁne", "fine"],
]) {
  test(`"${written}" is found as "${typed}"`, () => assert.equal(fold(written), fold(typed)));
}

test("folding again changes nothing", () => {
  for (const text of ["İIıi", "Սուրբ և", "الأمويّ", "Đorđe Straße ﬁ", "ᾴΐ", "한국 日本"]) assert.equal(fold(fold(text)), fold(text));
});

test("a name in the reader's language comes first, then English, then the record's first", () => {
  const bridge = site("a", [["bs", "Stari most"], ["en", "Old Bridge"], ["hy-arevela", "Կամուրջ"]]);
  assert.deepEqual(nameFor(bridge, "hy"), ["hy-arevela", "Կամուրջ"]);
  assert.deepEqual(nameFor(bridge, "fr"), ["en", "Old Bridge"]);
  assert.deepEqual(nameFor(site("b", [[null, "X"], ["de", "Y"]]), "fr"), [null, "X"]);
});

const sites = [
  site("a", [["az", "Şuşa Cümə məscidi"], ["hy", "Շուշիի մզկիթ"]], { condition: "Fair", finding: "single", countries: ["AZ"], type: "Mosque", from: "2020-11-01", to: "2020-11-30" }),
  site("b", [["hy", "Ղազանչեցոց"], ["en", "Ghazanchetsots"]], { finding: "contested", countries: ["AZ"], type: "Church", from: null, to: "2021-03-01" }),
  site("c", [["ar", "المسجد الأموي"], ["en", "Umayyad Mosque"]], { condition: "Poor", finding: "agreed", countries: ["SY"], type: "Mosque", from: "2013-04-24", to: "2013-04-24", sensitive: true }),
  site("d", [["en", "New Umayyad Hall"]], { countries: ["SY", "LB"] }),
];
const search = new SiteSearch(sites, "en");
const found = (query: Partial<Query>) => search.find({ ...EMPTY, ...query }).map(({ id }) => id).sort().join("");

for (const [query, ids] of [
  [{}, "abcd"], [{ q: "susa mescid" }, "a"], [{ q: "שלום" }, ""], [{ q: "umayyad" }, "cd"], [{ q: "ղազանչ" }, "b"], [{ q: "الاموي" }, "c"],
  [{ condition: "Poor" }, "c"], [{ condition: NONE }, "bd"], [{ finding: "contested" }, "b"], [{ type: "Mosque", country: "SY" }, "c"],
  [{ country: "LB" }, "d"], [{ place: "sensitive" }, "c"], [{ place: "open" }, "abd"],
  [{ from: "2020-11-15" }, "ab"], [{ to: "2013-12-31" }, "bc"], [{ from: "2013-04-25", to: "2020-10-31" }, "b"],
] as [Partial<Query>, string][]) {
  test(`${JSON.stringify(query)} finds "${ids}"`, () => assert.equal(found(query), ids));
}

test("a name that begins as asked comes first", () => {
  assert.deepEqual(search.find({ ...EMPTY, q: "umayyad" }).map(({ id }) => id), ["c", "d"]);
});

test("typing on finds the same as asking at once", () => {
  const typing = new SiteSearch(sites, "en");
  for (const text of ["New Umayyad hall", "umayyad  mosque", "şuşa cü", "ղազանչ", "o", ""]) {
    for (const condition of ["", "Poor"]) {
      for (let end = 0; end <= text.length; end++) {
        const query = { ...EMPTY, q: text.slice(0, end), condition };
        assert.deepEqual(typing.find(query), new SiteSearch(sites, "en").find(query));
      }
    }
  }
});

const french = wordsOf("fr", {}, { type: { Mosque: "Mosquée" }, condition: { Poor: "Mauvais", Fair: "Moyen" }, finding: { contested: "contesté" }, country: { SY: "Syrie", AZ: "Azerbaïdjan" } });
const told = new SiteSearch(sites, "fr", tellingIn(french));
const rows = [["a"], ["b", ["14 Gogol St"], [], ["Şuşa", "Мостар"], ["Jane Doe · spokeswoman · Ёлкино"]], ["c", [], ["جامع"]], ["d"]] as const;
const toldBy = (q: string) => told.find({ ...EMPTY, q }).map(({ id }) => id).join("");

test("a site is found by its country, type and condition in the page's language and in English, and by its texts once they have come", () => {
  assert.deepEqual(["syrie", "Syria", "mosquée", "mosque", "mauvais", "poor", "contesté", "syrie mosquée", "gogol"].map(toldBy), ["dc", "dc", "ac", "ca", "c", "c", "b", "c", ""]);
  told.learn(readTexts({ format: 1, sites: rows }, sites));
  assert.deepEqual(["gogol", "mostar", "МОСТАР", "jane doe", "елкино", "jane spokesman", "جامع", "ghazanchetsots gogol"].map(toldBy), ["b", "", "b", "b", "b", "", "c", "b"]);
});

test("who fits by a name comes before who fits by what is told, and the latter says why", () => {
  assert.equal(toldBy("susa"), "ab"); // the name of a, a place in a statement about b
  const why = (at: number, q: string) => told.why(sites[at], q).map(({ kind, text }) => `${kind} ${text}`);
  assert.deepEqual([why(0, "susa"), why(1, "susa"), why(1, "ghazanchetsots gogol"), why(2, "mauvais")], [[], ["place Şuşa"], ["address 14 Gogol St"], []]);
});

test("texts of another publication, or of another format, are refused", () => {
  for (const file of [{ format: 2, sites: rows }, { format: 1, sites: rows.slice(1) }, { format: 1, sites: [...rows.slice(1), rows[0]] }]) {
    assert.throws(() => readTexts(file, sites), RangeError);
  }
});

test("what is folded a slice at a time is found like what a question folds at once", () => {
  const sliced = new SiteSearch(sites, "en");
  let slices = 0;
  assert.equal(sliced.prepare(() => slices++ > 0), false);
  assert.equal(sliced.prepare(), true);
  assert.deepEqual(sliced.find({ ...EMPTY, q: "umayyad" }).map(({ id }) => id), ["c", "d"]);
});

test("the address bar holds the state", () => {
  const query = { ...EMPTY, q: "şuşa & ü", condition: "Very Bad", from: "2020-01-01" };
  assert.deepEqual(queryFrom(new URLSearchParams(parametersOf(query, 3).toString())), { query, page: 3 });
  assert.equal(parametersOf(EMPTY, 1).toString(), "");
  assert.equal(queryFrom(new URLSearchParams("page=-4")).page, 1);
});

test("rows of data/sites-index.json become sites", () => {
  const [read] = readSites({
    format: 1,
    sites: [["a", [["en", "Old Bridge"], ["", "Stari most"]], "bridge", ["BA"], "Destroyed", "agreed", 0, 17.8, 43.3, null, "1993-11-09", "1993-11-09",
      ["Destroyed", "1993-11-09", "1993-11-09", ["A"]]]],
  });
  assert.deepEqual(read, site("a", [["en", "Old Bridge"], [null, "Stari most"]], {
    latitude: 43.3, longitude: 17.8, countries: ["BA"], type: "bridge", condition: "Destroyed", finding: "agreed", from: "1993-11-09", to: "1993-11-09",
    lead: { condition: "Destroyed", from: "1993-11-09", to: "1993-11-09", by: ["A"] },
  }));
  assert.equal(hasFollowed(read), false);
  assert.throws(() => readSites({ format: 2, sites: [] }), RangeError);
});

test("what is documented as the worst is found by its condition and its days, though a better one followed", () => {
  const rebuilt = site("r", [["en", "Rebuilt"]], { condition: "Good", finding: "single", from: "2004-07-23", to: "2004-07-23", lead: { condition: "Destroyed", from: "1993-11-09", to: "1993-11-09", by: ["A"] } });
  const search = new SiteSearch([rebuilt], "en");
  const found = (query: Partial<Query>) => search.find({ ...EMPTY, ...query }).length;
  assert.deepEqual([found({ condition: "Destroyed" }), found({ condition: "Good" }), found({ condition: "Poor" })], [1, 1, 0]);
  assert.deepEqual([found({ from: "1993-01-01", to: "1993-12-31" }), found({ from: "1995-01-01", to: "1996-01-01" })], [1, 0]);
  assert.equal(hasFollowed(rebuilt), true);
});

test("windows are written as shortly as their days allow", () => {
  const en = (from: string | null, to: string) => written(from, to, "en").replace(/\s/g, " ");
  assert.equal(en("1993-11-09", "1993-11-09"), "9 Nov 1993");
  assert.equal(en("1993-01-01", "1993-12-31"), "1993");
  assert.match(en("2001-01-01", "2004-12-31"), /^2001 ?– ?2004$/);
  assert.equal(en("2024-02-01", "2024-02-29"), "Feb 2024");
  assert.equal(en(null, "1992-04-30"), "… 30 Apr 1992");
  assert.deepEqual([numeric("1993-11-09", "1993-11-09"), numeric("1992-01-01", "1992-12-31"), numeric(null, "1992-04-30")], ["09.11.1993", "1992", "… 30.04.1992"]);
  assert.match(en("2020-09-27", "2020-11-10"), /^27 Sept? ?– ?10 Nov 2020$/);
});
