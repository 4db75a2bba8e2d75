/** The check on a page: a button, what is being done, what was found, and what it means. */

import { element, siteRoot, takeOver } from "../dom.ts";
import { sha256, toHex } from "../ledger/bytes.ts";
import { WIDTH } from "../ledger/tiles.ts";
import { jsonIn, type Words, wordsFor } from "../words.ts";
import { BUILD, VERSION } from "./build.ts";
import type { Options, Progress } from "./ground.ts";
import { historyBox } from "./history-box.ts";
import { messageOf, requireCrypto } from "./obstacles.ts";
import { checkPage, type Page } from "./page.ts";
import { checkRecord } from "./record.ts";
import { type Report, verdict } from "./report.ts";
import { type Site, siteAt } from "./site.ts";
import { headline, headlineOf, isolate, reportView, type Shown } from "./view.ts";

const SCRIPT = "assets/check.js";

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
    const today = new URL("ledger/checkpoint", this.#root).href;
    mark.append(this.#button, this.#bar, this.#status, this.#result, historyBox(this.#words, () => this.#site, today));
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
      requireCrypto();
      this.#show(await this.#check(), await this.#origin());
    } catch (error) {
      this.#fail(messageOf(error, this.#words));
    } finally {
      this.#button.disabled = false;
      this.#bar.hidden = true;
    }
  }

  async #check(): Promise<Report> {
    const named = jsonIn(this.#mark.querySelector("script[data-entries]")) as Partial<Page>;
    const options: Options = { progress: this.#progress(), policies: named.policies ?? [] };
    return this.#scope === "record" ? checkRecord(this.#site, options) : checkPage(this.#site, this.#page(named), options);
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

  #page(named: Partial<Page>): Page {
    const file = this.#path(new URL(location.href));
    const twin = this.#twin();
    const files = [...new Set([file, twin, ...this.#resources()])].filter((path) => path !== null);
    return { entries: named.entries ?? [], policies: named.policies ?? [], files, file, twin, seen: globalThis.vestigeSeen ?? null };
  }

  /** The JSON that says the same as the page. */
  #twin(): string | null {
    const link = document.querySelector<HTMLLinkElement>('link[rel="alternate"][type="application/json"]');
    return link && this.#path(new URL(link.href));
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

  #show(report: Report, origin: readonly HTMLElement[]): void {
    const shown: Shown = {
      words: this.#words, unchanged: this.#words.say(`check.unchanged.${this.#scope}`), origin,
      entryPage: (index) => new URL(`${document.documentElement.lang}/ledger/${Math.floor(index / WIDTH)}.html#e${index}`, this.#root).href,
    };
    this.#mark.dataset.verdict = verdict(report);
    this.#status.textContent = headlineOf(report, shown);
    this.#result.replaceChildren(...reportView(report, shown));
    this.#result.focus({ preventScroll: true });
  }

  /** Which check ran: its build, and the hash of its script as this host gives it, to be compared with what Vestige says elsewhere. */
  async #origin(): Promise<HTMLElement[]> {
    const script = await this.#site.read(SCRIPT).catch(() => null);
    const digest = script && toHex(await sha256(script));
    const build = this.#words.say("check.build", { version: isolate(VERSION), build: isolate(BUILD) });
    return [
      element("p", {}, this.#words.say("check.meaning.host")),
      element("p", { class: "check-build" }, build, digest && " ", digest && element("code", { dir: "ltr" }, digest)),
    ];
  }

  #fail(message: string): void {
    this.#mark.dataset.verdict = "partly";
    this.#status.textContent = message;
    this.#result.replaceChildren(headline("partly", message));
  }
}

takeOver("check", (mark) => void new CheckIsland(mark));
