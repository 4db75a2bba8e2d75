/** What a check of an evidence bundle found, in words. */

import { headline, isolate } from "../check/view.ts";
import { element } from "../dom.ts";
import type { Verifier } from "../ledger/note.ts";
import type { Words } from "../words.ts";
import { checkBundle } from "./bundle.ts";
import type { Files } from "./sources.ts";

/** The page of this checker with its parts left out; the build gives it. */
declare const CHECKER_PAGE: string;

/** Whether a page is this very checker: everything in it, since words around another's script could lie too. */
function isOurs(page: string): boolean {
  const parts: Record<string, string | null | undefined> = {
    policy: document.querySelector<HTMLMetaElement>("meta[http-equiv]")?.content,
    style: document.querySelector("style")?.textContent,
    script: document.querySelector("script")?.textContent,
  };
  return page === CHECKER_PAGE.replace(/\/\*(policy|style|script)\*\//g, (_, name: string) => parts[name] ?? "");
}

export async function bundleView(files: Files, expected: Verifier | null, words: Words): Promise<{ answer: "changed" | "unchanged" | "partly"; view: HTMLElement[] }> {
  const { findings, entries, documents, origin, otherChecker } = await checkBundle(files, expected, isOurs);
  const answer = findings.length ? "changed" : expected ? "unchanged" : "partly";
  const lines = findings.map(({ kind, path }) =>
    element("li", { "data-kind": kind, "data-file": path }, words.say(`checker.bundle.${kind}`), " ", element("code", { dir: "ltr" }, path)));
  const view = [
    headline(answer, words.say(`checker.bundle.is.${answer}`)),
    ...(lines.length ? [element("ul", { class: "check-findings" }, ...lines)] : []),
    ...(otherChecker ? [element("p", { class: "check-other" }, words.say("checker.bundle.checker"), " ", element("code", { dir: "ltr" }, otherChecker))] : []),
    element("p", {}, words.say("checker.bundle.holds", { entries, documents, origin: isolate(origin) })),
  ];
  return { answer, view };
}
