/** The box that asks for a kept checkpoint and says whether history was kept. */

import { element } from "../dom.ts";
import { utf8 } from "../ledger/bytes.ts";
import type { Words } from "../words.ts";
import { checkHistory, type History } from "./history.ts";
import { messageOf } from "./obstacles.ts";
import type { Site } from "./site.ts";
import { isolate } from "./view.ts";

/** Make the box; `today` is the address of today's checkpoint, where there is one to keep. */
export function historyBox(words: Words, site: () => Site, today: string | null): HTMLElement {
  const file = element("input", { type: "file", id: nextId(), accept: "text/plain,.txt,*/*" });
  const pasted = element("textarea", { id: nextId(), rows: 4, dir: "ltr", spellcheck: "false", autocomplete: "off" });
  const button = element("button", { type: "button" }, words.say("check.history.button"));
  const answer = element("p", { role: "status", class: "check-history-answer" });
  const compare = (bytes: Uint8Array): Promise<void> => tell(answer, words, site(), bytes);
  file.addEventListener("change", async () => {
    if (file.files?.[0]) await compare(new Uint8Array(await file.files[0].arrayBuffer()));
  });
  button.addEventListener("click", () => void compare(utf8(withLineFeed(pasted.value))));
  const box = element("details", { class: "check-history" },
    element("summary", {}, words.say("check.history.title")),
    element("p", {}, words.say("check.history.explain")),
    today && element("p", {}, element("a", { href: today, download: "checkpoint.txt" }, words.say("check.history.download"))),
    element("p", {}, element("label", { for: file.id }, words.say("check.history.file")), file),
    element("p", {}, element("label", { for: pasted.id }, words.say("check.history.text")), pasted),
    button, answer);
  takeDrops(box, compare);
  return box;
}

async function tell(place: HTMLElement, words: Words, site: Site, kept: Uint8Array): Promise<void> {
  place.textContent = words.say("check.starting");
  try {
    const history = await checkHistory(site, kept);
    place.dataset.answer = history.answer;
    place.textContent = words.say(`check.history.${history.answer}`, valuesOf(history));
  } catch (error) {
    place.dataset.answer = "unreadable";
    place.textContent = messageOf(error, words);
  }
}

let ids = 0;
const nextId = (): string => `check-${++ids}`;

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
    event.stopPropagation();
    const dropped = event.dataTransfer?.files[0];
    if (dropped) await use(new Uint8Array(await dropped.arrayBuffer()));
  });
}
