/** The checker's page: what to check, the key that is expected, the answer. One file, no server, nothing sent anywhere. */

import { BUILD, VERSION } from "../check/build.ts";
import type { Progress } from "../check/ground.ts";
import { historyBox } from "../check/history-box.ts";
import { messageOf, requireCrypto } from "../check/obstacles.ts";
import { checkRecord } from "../check/record.ts";
import { verdict } from "../check/report.ts";
import type { Site } from "../check/site.ts";
import { UnreachableError } from "../check/site.ts";
import { headline, headlineOf, isolate, reportView, type Shown } from "../check/view.ts";
import { element } from "../dom.ts";
import { fromBase64 } from "../ledger/bytes.ts";
import { NoteError, parseVkey, type Verifier } from "../ledger/note.ts";
import { type Words, wordsOf } from "../words.ts";
import { isBundle } from "./bundle.ts";
import { bundleView } from "./bundle-view.ts";
import { fileView } from "./file-view.ts";
import { isReceipt } from "./receipt.ts";
import { receiptView } from "./receipt-view.ts";
import { chosen, dropped, isZip, NoRecordError, siteOfAddress, siteOfFiles, siteOfHeld, ZipError } from "./sources.ts";
import { type Archive, openZip } from "./zip.ts";
import packed from "vestige:words";

const LANGUAGES: Readonly<Record<string, string>> = {
  en: "English", fr: "Français", az: "Azərbaycanca", hy: "Հայերեն", ar: "العربية", ru: "Русский", uk: "Українська",
};

type Catalogues = Readonly<Record<string, Record<string, unknown>>>;

const unpacked = async (): Promise<Catalogues> =>
  new Response(new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();

class Checker {
  readonly #words: Words;
  readonly #main = document.getElementById("main") as HTMLElement;
  readonly #key = element("input", { type: "text", id: "key", dir: "ltr", autocomplete: "off", spellcheck: "false" });
  readonly #status = element("p", { role: "status", class: "check-status" });
  readonly #bar = element("progress", { hidden: true });
  readonly #result = element("div", { class: "check-result", tabindex: -1 });
  readonly #history = element("div", { hidden: true });
  #site: Site | null = null;
  #busy = false;

  readonly #catalogues: Catalogues;

  constructor(language: string, catalogues: Catalogues) {
    this.#catalogues = catalogues;
    this.#words = wordsOf(language, catalogues[language], {});
    document.documentElement.lang = language;
    document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
    document.title = this.#words.say("checker.title");
    this.#main.replaceChildren(...this.#page());
    this.#history.replaceChildren(historyBox(this.#words, () => this.#site as Site, null));
  }

  #page(): HTMLElement[] {
    const say = (key: string): string => this.#words.say(key);
    return [
      element("div", { class: "head" }, element("h1", {}, say("checker.title")), this.#languages()),
      element("p", { class: "lead" }, say("checker.lead")),
      this.#address(), this.#drop(), this.#expected(), this.#bar, this.#status, this.#result, this.#history,
      element("footer", {}, element("p", { class: "check-build" }, this.#words.say("check.build", { version: isolate(VERSION), build: isolate(BUILD) })),
        element("p", {}, say("checker.self"), " ", element("code", { dir: "ltr" }, "vestige --version --verbose"))),
    ];
  }

  #languages(): HTMLElement {
    const options = Object.entries(LANGUAGES).map(([code, name]) => element("option", { value: code, lang: code, selected: code === this.#words.language }, name));
    const list = element("select", { "aria-label": this.#words.say("checker.language") }, ...options);
    list.addEventListener("change", () => void new Checker(list.value, this.#catalogues));
    return list;
  }

  #address(): HTMLElement {
    const field = element("input", { type: "text", inputmode: "url", id: "address", dir: "ltr", placeholder: "https://", autocomplete: "off", spellcheck: "false" });
    const form = element("form", {},
      element("label", { for: "address" }, this.#words.say("checker.address")),
      element("div", { class: "row" }, field, element("button", {}, this.#words.say("checker.check"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) void this.#run(() => siteOfAddress(field.value.trim()));
    });
    return form;
  }

  #drop(): HTMLElement {
    const folder = element("input", { type: "file", id: "folder", webkitdirectory: true });
    const files = element("input", { type: "file", id: "files" });
    const box = element("section", { class: "drop" },
      element("p", {}, this.#words.say("checker.drop")),
      element("p", { class: "row" }, element("label", { for: "folder", class: "button" }, this.#words.say("checker.folder"), folder),
        element("label", { for: "files", class: "button" }, this.#words.say("checker.files"), files)));
    for (const input of [folder, files]) input.addEventListener("change", () => {
      if (input.files?.length) void this.#take(chosen(input.files));
      input.value = "";
    });
    for (const kind of ["dragover", "dragleave", "drop"]) box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.toggle("over", kind === "dragover");
    });
    box.addEventListener("drop", (event) => {
      if (event.dataTransfer) void dropped(event.dataTransfer).then((held) => this.#take(held));
    });
    return box;
  }

  #expected(): HTMLElement {
    return element("div", { class: "key" }, element("label", { for: "key" }, this.#words.say("checker.key")), this.#key,
      element("p", { class: "hint" }, this.#words.say("checker.key.hint")));
  }

  /** A folder, an archive, a receipt or another file of a record: each is told by what it holds. */
  async #take(held: Map<string, File>): Promise<void> {
    const [only] = held.values();
    if (held.size !== 1) return this.#run(async () => (await siteOfHeld(held)) as Site);
    if (await isZip(only)) return this.#archive(only);
    return this.#guard(async () => {
      const bytes = new Uint8Array(await only.arrayBuffer());
      const expected = await this.#expectedKey();
      const view = isReceipt(bytes) ? receiptView(bytes, expected, this.#words) : fileView(only.name, bytes, this.#site, this.#words);
      this.#answer(await view);
    });
  }

  /** An archive is an evidence bundle, or has a record within. */
  async #archive(file: File): Promise<void> {
    let files: Archive | null = null;
    await this.#guard(async () => {
      files = await openZip(file);
      if (!isBundle(files)) return;
      const { answer, view } = await bundleView(files, await this.#expectedKey(), this.#words);
      this.#answer(view);
      this.#main.dataset.verdict = answer;
    });
    const held = files as Archive | null;
    if (held && !isBundle(held)) await this.#run(() => Promise.resolve(siteOfFiles(held)));
  }

  async #run(find: () => Promise<Site>): Promise<void> {
    return this.#guard(async () => {
      const expected = await this.#expectedKey();
      this.#site = await find();
      const report = await checkRecord(this.#site, { progress: this.#progress(), ...(expected && { expected }) });
      const shown: Shown = { words: this.#words, unchanged: this.#words.say("check.unchanged.record"), origin: [] };
      const signed = expected ? "checker.key.fits" : "checker.key.none";
      const about = verdict(report) === "changed" ? [] : [element("p", { class: "key-said" }, this.#words.say(signed))];
      this.#answer(reportView(report, shown).toSpliced(1, 0, ...about));
      this.#main.dataset.verdict = verdict(report);
      this.#status.textContent = headlineOf(report, shown);
      this.#history.hidden = false;
    });
  }

  async #expectedKey(): Promise<Verifier | null> {
    return this.#key.value.trim() ? parseVkey(this.#key.value) : null;
  }

  /** Do one thing at a time, and say what went wrong in words. */
  async #guard(work: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    delete this.#main.dataset.verdict;
    this.#result.replaceChildren();
    this.#bar.hidden = false;
    this.#bar.removeAttribute("value");
    this.#status.textContent = this.#words.say("check.starting");
    try {
      requireCrypto();
      await work();
    } catch (error) {
      this.#main.dataset.verdict = "partly";
      this.#answer([headline("partly", this.#trouble(error))]);
    } finally {
      this.#busy = false;
      this.#bar.hidden = true;
    }
  }

  #trouble(error: unknown): string {
    const { say } = this.#words;
    if (error instanceof NoRecordError) return say(error.keepersOwn ? "checker.keepers-own" : "checker.no-record");
    if (error instanceof ZipError) return say("checker.bad-zip", { reason: isolate(error.message) });
    if (error instanceof NoteError) return say("checker.bad-key");
    if (error instanceof UnreachableError) return say("checker.unreachable");
    if (error instanceof TypeError && /URL/.test(error.message)) return say("checker.no-record");
    return messageOf(error, this.#words);
  }

  #answer(view: readonly HTMLElement[]): void {
    this.#status.textContent = "";
    this.#result.replaceChildren(...view);
    this.#result.focus({ preventScroll: true });
  }

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
}

const wished = navigator.languages.map((tag) => tag.split("-")[0]).find((code) => code in LANGUAGES);
// What is dropped beside the box must not replace the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
void unpacked().then((catalogues) => new Checker(wished ?? "en", catalogues));
