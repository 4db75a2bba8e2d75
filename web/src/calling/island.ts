/** "Count again" on the page of a call: a button, what is being done, the numbers as the files give them, and what does not fit. */

import { messageOf, requireCrypto } from "../check/obstacles.ts";
import { type Site, siteAt } from "../check/site.ts";
import { element, siteRoot, takeOver } from "../dom.ts";
import { jsonIn, type Words, wordsFor } from "../words.ts";
import type { Finding, Recount } from "./findings.ts";
import { type HeldCall, heldCall } from "./held.ts";
import { countJoined, type Joined } from "./joined.ts";
import { recount } from "./recount.ts";

/** How many findings are shown one by one. */
const MOST = 50;

class CountIsland {
  readonly #words: Words;
  readonly #mark: HTMLElement;
  readonly #site: Site = siteAt(siteRoot());
  readonly #status = element("p", { role: "status", class: "check-status" });
  readonly #bar = element("progress", { hidden: true });
  readonly #result = element("div", { class: "check-result", tabindex: -1 });
  readonly #button: HTMLButtonElement;

  constructor(mark: HTMLElement) {
    this.#mark = mark;
    this.#words = wordsFor(mark);
    this.#button = element("button", { type: "button", class: "count-button" }, this.#words.say("count.button"));
    this.#bar.setAttribute("aria-label", this.#words.say("count.starting"));
    this.#button.addEventListener("click", () => void this.#run());
    mark.append(this.#button, this.#bar, this.#status, this.#result);
  }

  async #run(): Promise<void> {
    this.#button.disabled = true;
    this.#bar.hidden = false;
    this.#bar.removeAttribute("value");
    this.#result.replaceChildren();
    this.#mark.removeAttribute("data-verdict");
    this.#status.className = "check-status";
    this.#status.textContent = this.#words.say("count.starting");
    try {
      requireCrypto();
      await this.#count();
    } catch (error) {
      this.#say("partly", messageOf(error, this.#words));
    } finally {
      this.#button.disabled = false;
      this.#bar.hidden = true;
    }
  }

  async #count(): Promise<void> {
    const { call: id } = jsonIn(this.#mark.querySelector("script[data-call]"));
    const held = await heldCall(this.#site, String(id));
    if (!held) return this.#say("partly", this.#words.say("count.gone"));
    const read = (name: string) => this.#site.read(`file/${name.slice(0, 2)}/${name}`);
    const joined = await countJoined(held.call, held.endorsements, read);
    const crowd = await recount(held.call, held.steps, read, held.audits, (done) => this.#progress(done, held.steps.length));
    this.#show(held, joined, crowd);
  }

  #progress(done: number, total: number): void {
    this.#bar.max = total;
    this.#bar.value = done;
    this.#status.textContent = this.#words.say("count.running", { done, total });
  }

  #show(held: HeldCall, joined: Joined, crowd: Recount): void {
    const findings = [...held.findings, ...joined.findings, ...crowd.findings];
    const { bodies, persons, retracted } = joined;
    const { sheets, counted, ended } = crowd;
    const say = (key: string, values: Readonly<Record<string, number>> = {}) => element("p", {}, this.#words.say(key, values));
    this.#result.replaceChildren(
      say("count.joined", { bodies, persons, retracted }),
      held.steps.length ? say("count.crowd", { standing: counted - ended, counted, sheets, ended }) : say("count.none"),
      ...(held.unaudited ? [say("count.unaudited", { number: held.unaudited })] : []),
      ...(held.able ? [] : [say("count.unable")]),
      ...(findings.length ? [this.#list(findings)] : []),
      say("count.meaning"),
    );
    if (findings.length) this.#say("changed", this.#words.say("count.wrong", { count: findings.length }));
    else if (!held.able) this.#say("partly", this.#words.say("count.partly"));
    else this.#say("unchanged", this.#words.say("count.fits"));
    this.#result.focus({ preventScroll: true });
  }

  #list(findings: readonly Finding[]): HTMLElement {
    const rows = findings.slice(0, MOST).map(({ file, number, rule }) => element("li", {},
      `${this.#words.say(`count.rule.${rule}`)} `, element("code", { dir: "ltr" }, file), ` ${this.#words.say("count.at", { number })}`));
    const more = findings.length - rows.length;
    return element("ul", { class: "check-findings" }, ...rows, more > 0 && element("li", {}, this.#words.say("count.more", { count: more })));
  }

  #say(verdict: string, message: string): void {
    this.#mark.dataset.verdict = verdict;
    this.#status.className = `check-status check-headline check-${verdict}`;
    this.#status.textContent = message;
  }
}

takeOver("count", (mark) => void new CountIsland(mark));
