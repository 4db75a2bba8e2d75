/** A report as a reader sees it: the answer, each step, what was found, and what it means and does not. */

import { element } from "../dom.ts";
import type { Words } from "../words.ts";
import { type Finding, findingsOf, type KeySeen, type Report, type Step, verdict } from "./report.ts";

const MOST_SHOWN = 100;
const SIGNS = { unchanged: "✓", changed: "✕", partly: "!" } as const;
export type Answer = keyof typeof SIGNS;

/** Text of its own direction within a message: Unicode isolates, since a message is no markup. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;

export interface Shown {
  readonly words: Words;
  /** The headline where nothing was found. */
  readonly unchanged: string;
  /** Where the ledger shows an entry, when there are pages to show it. */
  readonly entryPage?: (index: number) => string;
  /** Which build of the check this is, and where its script came from. */
  readonly origin: readonly HTMLElement[];
}

export function headlineOf(report: Report, { words, unchanged }: Shown): string {
  const answer = verdict(report);
  if (answer === "unchanged") return unchanged;
  const finding = words.say("check.changed", { count: findingsOf(report).length });
  return answer === "changed" ? words.say("check.changed.headline", { finding }) : words.say("check.partly");
}

export const headline = (answer: Answer, text: string): HTMLElement =>
  element("p", { class: `check-headline check-${answer}` }, sign(answer), text);

const sign = (answer: Answer): HTMLElement => element("span", { class: "check-sign", "aria-hidden": "true" }, SIGNS[answer]);

/** Everything below the button. */
export const reportView = (report: Report, shown: Shown): HTMLElement[] => [
  headline(verdict(report), headlineOf(report, shown)),
  element("ol", { class: "check-steps" }, ...report.steps.map((step) => stepView(step, shown))),
  meaningView(report, shown),
];

function stepView({ name, checked, findings, obstacle }: Step, shown: Shown): HTMLElement {
  const { words } = shown;
  const answer = findings.length ? "changed" : obstacle ? "partly" : "unchanged";
  const outcome = findings.length
    ? words.say("check.changed", { count: findings.length })
    : obstacle ? words.say(`check.obstacle.${obstacle}`)
    : words.say("check.fine", { count: checked });
  return element("li", { class: `check-step check-${answer}`, "data-step": name },
    sign(answer), element("span", { class: "check-step-name" }, words.say(`check.step.${name}`)), ": ", outcome, findings.length > 0 && findingsView(findings, shown));
}

export function findingsView(findings: readonly Finding[], shown: Shown): HTMLElement {
  const more = findings.length - MOST_SHOWN;
  const list = element("ul", { class: "check-findings" }, ...findings.slice(0, MOST_SHOWN).map((finding) => findingView(finding, shown)));
  if (more > 0) list.append(element("li", {}, shown.words.say("check.more", { count: more })));
  return list;
}

function findingView({ kind, file, entry, why, seen, expected }: Finding, { words, entryPage }: Shown): HTMLElement {
  const place = entry === undefined ? null : words.say("check.entry", { index: entry });
  return element("li", { "data-kind": kind, "data-file": file, "data-why": why },
    element("strong", {}, words.say(`check.kind.${kind}`)), ": ", element("code", { dir: "ltr" }, file),
    place && element("span", {}, " (", entryPage && entry !== undefined ? element("a", { href: entryPage(entry) }, place) : place, ")"),
    why && element("p", { class: "check-why" }, words.say(`check.why.${why}`)),
    seen !== undefined && quoted(words.say("check.seen"), seen), expected !== undefined && quoted(words.say("check.expected"), expected));
}

const quoted = (label: string, words: string): HTMLElement =>
  element("p", { class: "check-quoted" }, label, " ", element("q", {}, element("bdi", {}, words || "—")));

function meaningView(report: Report, { words, origin }: Shown): HTMLElement {
  const say = (key: string): HTMLElement => element("p", {}, words.say(key));
  const { ledger, keys, witnesses, foreign, unknown = {} } = report;
  return element("details", { class: "check-meaning", open: true },
    element("summary", {}, words.say("check.meaning")),
    say(verdict(report) === "changed" ? "check.meaning.changed" : "check.meaning.does"), say("check.meaning.not"), ...origin,
    ledger && element("p", {}, words.say("check.ledger", { origin: isolate(ledger.origin), count: ledger.size, root: isolate(ledger.root) })),
    ...Object.entries(unknown).map(([kind, count]) => element("p", { class: "check-unknown" }, words.say("check.unknown", { count, kind: isolate(kind) }))),
    ...keys.filter(({ vkey }) => vkey).map((key) => logKeyView(key, words)),
    keys.length > 0 && element("p", {}, words.say("check.keys")),
    keys.length > 0 && element("ul", { class: "check-keys" }, ...keys.map((key) => keyView(key, words))),
    keys.length > 0 && witnessesView(witnesses, words),
    foreign.length > 0 && element("p", {}, words.say("check.foreign", { count: foreign.length }), " ", element("code", { dir: "ltr" }, foreign.slice(0, 10).join(", "))));
}

const logKeyView = ({ vkey }: KeySeen, words: Words): HTMLElement =>
  element("p", { class: "check-vkey" }, words.say("check.vkey"), " ", element("code", { dir: "ltr" }, vkey));

function keyView({ owner, role, retired, fingerprint }: KeySeen, words: Words): HTMLElement {
  const said = [words.say(`check.key.${role}`), retired && words.say("check.key.retired")].filter(Boolean).join(", ");
  return element("li", {}, element("bdi", {}, owner), ` (${said}) `, element("code", { dir: "ltr" }, fingerprint));
}

function witnessesView(witnesses: Report["witnesses"], words: Words): HTMLElement {
  if (!witnesses.length) return element("p", {}, words.say("check.witnesses.none"));
  const moment = new Intl.DateTimeFormat(words.language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return element("div", {}, element("p", {}, words.say("check.witnesses")), element("ul", { class: "check-witnesses" }, ...witnesses.map(({ name, time, size }) =>
    element("li", {}, element("code", { dir: "ltr" }, name), " · ", element("time", { datetime: time.toISOString() }, `${moment.format(time)} UTC`),
      size !== undefined && ` · ${words.say("check.witnesses.size", { count: size })}`))));
}
