/** The check on a page: a button, what is being done, what was found, and what it means. */

import { element, siteRoot, takeOver } from "../dom.ts";
import { utf8 } from "../ledger/bytes.ts";
import { WIDTH } from "../ledger/tiles.ts";
import { jsonIn, type Words, wordsFor } from "../words.ts";
import { checkHistory, type History } from "./history.ts";
import { type Finding, findingsOf, type Report, type Step, verdict } from "./report.ts";
import { type Site, siteAt, UnreachableError } from "./site.ts";
import { checkPage, checkRecord, type Page, type Progress } from "./verify.ts";

const MOST_SHOWN = 100;
const SIGNS = { unchanged: "✓", changed: "✕", partly: "!" } as const;

class CheckIsland {
  readonly #words: Words;
  readonly #root = siteRoot();
  readonly #site: Site = siteAt(this.#root);
  readonly #mark: HTMLElement;
  readonly #status = element("p", { role: "status", class: "check-status" });
  readonly #bar = element("progress", { hidden: true });
  readonly #result = element("div", { class: "check-result", tabindex: -1 });
  readonly #button: HTMLButtonElement;

  constructor(mark: HTMLElement) {
    this.#mark = mark;
    this.#words = wordsFor(mark);
    this.#button = element("button", { type: "button", class: "check-button" }, this.#words.say(`check.button.${this.#scope}`));
    this.#bar.setAttribute("aria-label", this.#words.say("check.starting"));
    this.#button.addEventListener("click", () => void this.#run());
    mark.append(this.#button, this.#bar, this.#status, this.#result, this.#history());
  }

  get #scope(): "page" | "record" {
    return this.#mark.dataset.scope === "record" ? "record" : "page";
  }

  async #run(): Promise<void> {
    this.#button.disabled = true;
    this.#result.replaceChildren();
    this.#mark.removeAttribute("data-verdict");
    this.#status.textContent = this.#words.say("check.starting");
    this.#bar.hidden = false;
    this.#bar.removeAttribute("value");
    try {
      this.#show(await this.#check());
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#button.disabled = false;
      this.#bar.hidden = true;
    }
  }

  async #check(): Promise<Report> {
    if (!globalThis.crypto?.subtle) throw new InsecureError();
    const progress = this.#progress();
    return this.#scope === "record" ? checkRecord(this.#site, progress) : checkPage(this.#site, this.#page(), progress);
  }

  /** Shows progress at most ten times a second: painting must not slow the work. */
  #progress(): Progress {
    let painted = 0;
    return (step, done, total) => {
      const now = performance.now();
      if (now - painted < 100) return;
      painted = now;
      this.#bar.max = total;
      this.#bar.value = done;
      this.#status.textContent = this.#words.say("check.running", { step: this.#words.say(`check.step.${step}`), done, total });
    };
  }

  #page(): Page {
    const named = jsonIn(this.#mark.querySelector("script[data-entries]")) as Partial<Page>;
    const files = [...new Set([this.#path(new URL(location.href)), ...this.#resources()])].filter((path) => path !== null);
    return { entries: named.entries ?? [], policies: named.policies ?? [], files };
  }

  /** The styles, scripts and pictures of this page. */
  #resources(): (string | null)[] {
    const scripts = [...document.scripts].map((script) => script.src);
    const styles = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map((link) => link.href);
    const pictures = [...document.images].map((image) => image.dataset.address ?? image.src);
    return [...scripts, ...styles, ...pictures].filter(Boolean).map((address) => this.#path(new URL(address)));
  }

  /** A file's path from the top of the site, or null for an address outside. */
  #path(address: URL): string | null {
    if (address.origin !== this.#root.origin || !address.pathname.startsWith(this.#root.pathname)) return null;
    const path = decodeURIComponent(address.pathname.slice(this.#root.pathname.length));
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  }

  #show(report: Report): void {
    const answer = verdict(report);
    const count = findingsOf(report).length;
    const headline = answer === "changed"
      ? this.#words.say("check.changed.headline", { finding: this.#words.say("check.changed", { count }) })
      : this.#words.say(answer === "unchanged" ? `check.unchanged.${this.#scope}` : "check.partly");
    this.#mark.dataset.verdict = answer;
    this.#status.textContent = headline;
    const steps = element("ol", { class: "check-steps" }, ...report.steps.map((step) => this.#step(step)));
    this.#result.replaceChildren(
      element("p", { class: `check-headline check-${answer}` }, this.#sign(answer), headline), steps, this.#meaning(report),
    );
    this.#result.focus({ preventScroll: true });
  }

  #sign(answer: keyof typeof SIGNS): HTMLElement {
    return element("span", { class: "check-sign", "aria-hidden": "true" }, SIGNS[answer]);
  }

  #step({ name, checked, findings, obstacle }: Step): HTMLElement {
    const answer = findings.length ? "changed" : obstacle ? "partly" : "unchanged";
    const outcome = findings.length
      ? this.#words.say("check.changed", { count: findings.length })
      : obstacle ? this.#words.say(`check.obstacle.${obstacle}`)
      : this.#words.say("check.fine", { count: checked });
    const list = findings.length > 0 && element("ul", { class: "check-findings" }, ...this.#findings(findings));
    return element("li", { class: `check-step check-${answer}`, "data-step": name },
      this.#sign(answer), element("span", { class: "check-step-name" }, this.#words.say(`check.step.${name}`)), ": ", outcome, list);
  }

  #findings(findings: readonly Finding[]): HTMLElement[] {
    const shown = findings.slice(0, MOST_SHOWN).map(({ kind, file, entry }) =>
      element("li", { "data-kind": kind, "data-file": file },
        element("strong", {}, this.#words.say(`check.kind.${kind}`)), ": ", element("code", { dir: "ltr" }, file),
        entry !== undefined && this.#entry(entry)));
    const more = findings.length - shown.length;
    return more > 0 ? [...shown, element("li", {}, this.#words.say("check.more", { count: more }))] : shown;
  }

  /** Where the ledger shows an entry. */
  #entry(index: number): HTMLElement {
    const page = `${document.documentElement.lang}/ledger/${Math.floor(index / WIDTH)}.html#e${index}`;
    return element("span", {}, " (", element("a", { href: new URL(page, this.#root).href }, this.#words.say("check.entry", { index })), ")");
  }

  #meaning(report: Report): HTMLElement {
    const say = (key: string): HTMLElement => element("p", {}, this.#words.say(key));
    const keys = report.keys.map(({ fingerprint, owner, keeper }) =>
      element("li", {}, element("bdi", {}, owner), ` (${this.#words.say(keeper ? "check.key.keeper" : "check.key.author")}) `,
        element("code", { dir: "ltr" }, fingerprint)));
    const { ledger } = report;
    return element("details", { class: "check-meaning", open: true },
      element("summary", {}, this.#words.say("check.meaning")),
      say(verdict(report) === "changed" ? "check.meaning.changed" : "check.meaning.does"), say("check.meaning.not"), say("check.meaning.host"),
      ledger && element("p", {}, this.#words.say("check.ledger", { origin: isolate(ledger.origin), count: ledger.size, root: isolate(ledger.root) })),
      keys.length > 0 && element("p", {}, this.#words.say("check.keys")),
      keys.length > 0 && element("ul", { class: "check-keys" }, ...keys));
  }

  #fail(error: unknown): void {
    this.#mark.dataset.verdict = "partly";
    const key = error instanceof InsecureError ? "check.insecure" : "check.unreachable";
    if (!(error instanceof InsecureError || error instanceof UnreachableError)) console.error(error);
    const message = this.#words.say(key);
    this.#status.textContent = message;
    this.#result.replaceChildren(element("p", { class: "check-headline check-partly" }, this.#sign("partly"), message));
  }

  #history(): HTMLElement {
    const file = element("input", { type: "file", id: nextId(), accept: "text/plain,.txt,*/*" });
    const pasted = element("textarea", { id: nextId(), rows: 4, dir: "ltr", spellcheck: "false", autocomplete: "off" });
    const button = element("button", { type: "button" }, this.#words.say("check.history.button"));
    const answer = element("p", { role: "status", class: "check-history-answer" });
    const compare = async (bytes: Uint8Array) => this.#answer(answer, bytes);
    file.addEventListener("change", async () => {
      if (file.files?.[0]) await compare(new Uint8Array(await file.files[0].arrayBuffer()));
    });
    button.addEventListener("click", () => void compare(utf8(withLineFeed(pasted.value))));
    const box = element("details", { class: "check-history" },
      element("summary", {}, this.#words.say("check.history.title")),
      element("p", {}, this.#words.say("check.history.explain")),
      element("p", {}, element("a", { href: new URL("ledger/checkpoint", this.#root).href, download: "checkpoint.txt" }, this.#words.say("check.history.download"))),
      element("p", {}, element("label", { for: file.id }, this.#words.say("check.history.file")), file),
      element("p", {}, element("label", { for: pasted.id }, this.#words.say("check.history.text")), pasted),
      button, answer);
    takeDrops(box, compare);
    return box;
  }

  async #answer(place: HTMLElement, kept: Uint8Array): Promise<void> {
    place.textContent = this.#words.say("check.starting");
    try {
      const history = await checkHistory(this.#site, kept);
      place.dataset.answer = history.answer;
      place.textContent = this.#words.say(`check.history.${history.answer}`, valuesOf(history));
    } catch (error) {
      place.dataset.answer = "unreadable";
      place.textContent = this.#words.say(globalThis.crypto?.subtle ? "check.unreachable" : "check.insecure");
      if (!(error instanceof UnreachableError)) console.error(error);
    }
  }
}

class InsecureError extends Error {}

let ids = 0;
const nextId = (): string => `check-${++ids}`;

/** Text of its own direction within a message: Unicode isolates, since a message is no markup. */
const isolate = (text: string): string => `\u2068${text}\u2069`;

const withLineFeed = (pasted: string): string => `${pasted.replaceAll("\r\n", "\n").trim()}\n`;

function valuesOf(history: History): Record<string, string | number> {
  if ("older" in history) return { count: history.older, older: history.older, size: history.size };
  if (history.answer === "other-record") return { origin: isolate(history.origin) };
  return history.answer === "unreadable" ? { file: isolate(history.finding.file) } : {};
}

/** A dropped file does what a chosen one does. */
function takeDrops(box: HTMLElement, use: (bytes: Uint8Array) => Promise<void>): void {
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    const dropped = event.dataTransfer?.files[0];
    if (dropped) await use(new Uint8Array(await dropped.arrayBuffer()));
  });
}

takeOver("check", (mark) => void new CheckIsland(mark));
