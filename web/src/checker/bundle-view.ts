/** What a check of an evidence bundle found, in words. */

import { headline, isolate } from "../check/view.ts";
import { element } from "../dom.ts";
import type { Verifier } from "../ledger/note.ts";
import type { Words } from "../words.ts";
import { checkBundle } from "./bundle.ts";
import type { Files } from "./sources.ts";

export async function bundleView(files: Files, expected: Verifier | null, words: Words): Promise<{ answer: "changed" | "unchanged" | "partly"; view: HTMLElement[] }> {
  const { findings, entries, documents, origin } = await checkBundle(files, expected);
  const answer = findings.length ? "changed" : expected ? "unchanged" : "partly";
  const lines = findings.map(({ kind, path }) =>
    element("li", { "data-kind": kind, "data-file": path }, words.say(`checker.bundle.${kind}`), " ", element("code", { dir: "ltr" }, path)));
  const view = [
    headline(answer, words.say(`checker.bundle.is.${answer}`)),
    ...(lines.length ? [element("ul", { class: "check-findings" }, ...lines)] : []),
    element("p", {}, words.say("checker.bundle.holds", { entries, documents, origin: isolate(origin) })),
  ];
  return { answer, view };
}
