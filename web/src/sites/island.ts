/** The list of sites: a form of filters, a count that is announced, and a page of results. The address bar holds the state. */

import { element, isolated, takeOver } from "../dom.ts";
import { type Words, wordsFor } from "../words.ts";
import { nameFor, NONE, parametersOf, type Query, queryFrom, type Site } from "./index.ts";
import { fromDisk, loadSites, loadTexts, tellFound } from "./load.ts";
import { SiteSearch } from "./search.ts";
import { storyOf } from "./story.ts";
import { tellingIn } from "./telling.ts";

const PAGE = 50;
/** Results that are shown at once while a reader types, more than a window holds; the rest of the page follows when the reader pauses. */
const AT_ONCE = 10;
const PAUSE = 200; // milliseconds without another key
const SLICE = 8; // milliseconds of work between two chances for the reader's keys
const MOST_NAMES = 6;
let ids = 0;

class SiteList {
  readonly #words: Words;
  readonly #mark: HTMLElement;
  readonly #search: SiteSearch;
  readonly #form: HTMLFormElement;
  readonly #count = element("p", { role: "status", class: "sites-count" });
  readonly #list = element("ol", { class: "sites-results" });
  readonly #pages = element("nav", { class: "sites-pages", hidden: true });
  readonly #partly = element("p", { role: "status", class: "sites-partly" });
  #page = 1;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #learning = false;

  constructor(mark: HTMLElement, sites: readonly Site[]) {
    this.#mark = mark;
    this.#words = wordsFor(mark);
    this.#search = new SiteSearch(sites, this.#words.language, tellingIn(this.#words));
    this.#form = this.#makeForm();
    this.#form.addEventListener("input", ({ target }) => ((target as HTMLInputElement).name === "q" ? this.#type() : this.#ask(1)));
    this.#list.addEventListener("click", () => this.#remember(), { capture: true }); // whoever comes back finds what was asked last
    this.#form.addEventListener("focusin", () => void this.#learn(sites));
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("reset", () => setTimeout(() => this.#ask(1)));
    addEventListener("popstate", () => this.#restore());
    mark.replaceChildren(this.#form, this.#partly, this.#count, this.#list, this.#pages);
    this.#restore();
    if (this.#query.q) void this.#learn(sites);
    this.#prepare();
  }

  /** Fetch what else sites are found by than what the list shows, once a reader is about to look for something. */
  async #learn(sites: readonly Site[]): Promise<void> {
    if (this.#learning) return;
    this.#learning = true;
    const address = this.#mark.dataset.words;
    if (!address) return;
    try {
      this.#search.learn(await loadTexts(address, sites));
      this.#partly.textContent = "";
    } catch (error) {
      console.warn(error);
      this.#learning = false; // the next time that the reader comes to the form it is tried again
      this.#partly.textContent = this.#words.say("sites.partly");
      return;
    }
    if (this.#query.q) this.#show(this.#page);
    this.#prepare();
  }

  /** Fold what will be looked through, a slice at a time, so that no key waits for it. */
  #prepare(): void {
    setTimeout(() => {
      const end = performance.now() + SLICE;
      if (!this.#search.prepare(() => performance.now() < end)) this.#prepare();
    });
  }

  #makeForm(): HTMLFormElement {
    const { say, term } = this.#words;
    const terms = (name: string, list: string, values: readonly string[]) =>
      this.#select(name, say(`sites.${name}`), values.map((value) => [value, term(list, value)] as const));
    const types = this.#search.values(({ type }) => (type ? [type] : []));
    const search = element("input", { type: "search", name: "q", id: `sites-${++ids}`, autocomplete: "off", spellcheck: "false", dir: "auto" });
    const filters = element("div", { class: "sites-filters", role: "group", "aria-label": say("sites.filters") },
      this.#conditions(),
      terms("finding", "finding", ["agreed", "contested", "single", "none"]),
      types.length > 0 && terms("type", "type", types),
      terms("country", "country", this.#search.values(({ countries }) => countries)),
      this.#select("place", say("sites.sensitivity"), [["open", say("sites.sensitivity.open")], ["sensitive", say("sites.sensitivity.sensitive")]], false),
      element("div", { class: "sites-dates" }, this.#date("from"), this.#date("to")),
      element("button", { type: "reset" }, say("sites.clear")));
    return element("form", { class: "sites-form", role: "search" },
      element("p", { class: "sites-search" }, element("label", { for: search.id }, say("sites.search")), search), filters);
  }

  #conditions(): HTMLElement {
    const known = ["Good", "Fair", "Poor", "Very Bad", "Destroyed", "Unknown"];
    const used = this.#search.values(({ condition, lead }) => [condition, lead?.condition].filter((one) => typeof one === "string"));
    const values = [...known.filter((value) => used.includes(value)), ...used.filter((value) => !known.includes(value))];
    const options = values.map((value) => [value, this.#words.term("condition", value)] as const);
    return this.#select("condition", this.#words.say("sites.condition"), [...options, [NONE, this.#words.say("sites.none")]], false);
  }

  #select(name: string, label: string, values: readonly (readonly [string, string])[], sorted = name !== "finding"): HTMLElement {
    const id = `sites-${++ids}`;
    const order = new Intl.Collator(this.#words.language);
    const shown = sorted ? [...values].sort(([, a], [, b]) => order.compare(a, b)) : values;
    const options = shown.map(([value, text]) => element("option", { value }, text));
    return element("p", {}, element("label", { for: id }, label),
      element("select", { name, id }, element("option", { value: "" }, this.#words.say("sites.any")), ...options));
  }

  #date(name: "from" | "to"): HTMLElement {
    const id = `sites-${++ids}`;
    return element("p", {}, element("label", { for: id }, this.#words.say(`sites.${name}`)), element("input", { type: "date", name, id }));
  }

  get #asked(): string {
    return (this.#form.elements.namedItem("q") as HTMLInputElement).value;
  }

  get #query(): Query {
    const values = new FormData(this.#form);
    return queryFrom(new URLSearchParams([...values].map(([key, value]) => [key, String(value)]))).query;
  }

  /** Take the form's state from the address bar. */
  #restore(): void {
    const { query, page } = queryFrom(new URLSearchParams(location.search));
    for (const [name, value] of Object.entries(query)) {
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
    }
    this.#show(page);
  }

  /** Answer a key at once with as much as a window holds, and with the rest when the reader pauses. */
  #type(): void {
    const { found, pages } = this.#find(1);
    this.#list.replaceChildren(...found.slice(0, AT_ONCE).map((site) => this.#item(site)));
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#list.append(...found.slice(AT_ONCE, PAGE).map((site) => this.#item(site)));
      this.#turn(pages);
      this.#remember();
    }, PAUSE);
  }

  #ask(page: number): void {
    this.#show(page);
    this.#remember();
  }

  /** Put the state into the address bar, seldom: some browsers refuse what comes too often. */
  #remember(): void {
    const parameters = parametersOf(this.#query, this.#page).toString();
    history.replaceState(null, "", `${location.pathname}${parameters && `?${parameters}`}${location.hash}`);
  }

  #show(page: number): void {
    clearTimeout(this.#pause);
    const { found, pages } = this.#find(page);
    const first = (this.#page - 1) * PAGE;
    this.#list.replaceChildren(...found.slice(first, first + PAGE).map((site) => this.#item(site)));
    this.#turn(pages);
  }

  /** Find what fits, say how many, and tell the map. */
  #find(page: number): { found: readonly Site[]; pages: number } {
    const found = this.#search.find(this.#query);
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    this.#page = Math.min(page, pages);
    this.#list.start = (this.#page - 1) * PAGE + 1;
    const count = found.length ? this.#words.say("sites.count", { count: found.length, total: this.#search.size }) : this.#words.say("sites.nothing");
    if (this.#count.textContent !== count) this.#count.textContent = count;
    tellFound(this.#mark, found);
    return { found, pages };
  }

  #turn(pages: number): void {
    const { say } = this.#words;
    const button = (key: string, page: number) => {
      const made = element("button", { type: "button", disabled: page < 1 || page > pages }, say(key));
      made.addEventListener("click", () => {
        this.#ask(page);
        this.#count.scrollIntoView({ block: "start" });
        // The button that was pressed is no more: without this, the next Tab would begin at the top of the page.
        this.#list.querySelector("a")?.focus({ preventScroll: true });
      });
      return made;
    };
    this.#pages.hidden = pages === 1;
    const label = say("sites.page", { page: this.#page, pages });
    this.#pages.setAttribute("aria-label", label);
    this.#pages.replaceChildren(
      button("sites.previous", this.#page - 1), element("span", {}, label), button("sites.next", this.#page + 1));
  }

  #item(site: Site): HTMLElement {
    const { say, term, language } = this.#words;
    const [tag, title] = nameFor(site, language);
    const others = site.names.filter(([, name]) => name !== title).slice(0, MOST_NAMES);
    const places = site.countries.map((country) => term("country", country)).join(say("list.comma"));
    const facts = [places, site.type && term("type", site.type)].filter(Boolean).join(" · ");
    return element("li", {},
      element("a", { href: (this.#mark.dataset.page ?? "").replace("{id}", site.id) }, isolated(title, tag)),
      others.length > 0 && element("span", { class: "sites-names" }, ...others.flatMap(([lang, name], i) => [i > 0 && " · ", isolated(name, lang)])),
      ...storyOf(site, this.#words),
      element("span", { class: "sites-facts" }, facts),
      ...this.#search.why(site, this.#asked).map(({ kind, text }) =>
        element("span", { class: "sites-facts" }, `${say(`sites.why.${kind}`)} `, isolated(text, null))));
  }
}

takeOver("sites", async (mark) => {
  if (fromDisk()) {
    mark.prepend(element("p", { role: "status", class: "sites-count" }, wordsFor(mark).say("sites.from-disk")));
    return;
  }
  try {
    new SiteList(mark, await loadSites(mark.dataset.index ?? ""));
  } catch (error) {
    console.warn(error);
    mark.prepend(element("p", { role: "status", class: "sites-count" }, wordsFor(mark).say("sites.unavailable")));
  }
});
