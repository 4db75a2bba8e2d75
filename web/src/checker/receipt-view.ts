/** What a receipt says, and what of it could be checked. */

import { headline, isolate } from "../check/view.ts";
import { element } from "../dom.ts";
import { text } from "../ledger/bytes.ts";
import { NoteError, type Verifier } from "../ledger/note.ts";
import type { Words } from "../words.ts";
import { checkReceipt, parseReceipt, type Receipt } from "./receipt.ts";

export async function receiptView(bytes: Uint8Array, expected: Verifier | null, words: Words): Promise<HTMLElement[]> {
  let receipt: Receipt;
  try {
    receipt = parseReceipt(bytes);
  } catch (error) {
    if (error instanceof NoteError) return [headline("partly", words.say("checker.receipt.none"))];
    throw error;
  }
  const found = await checkReceipt(receipt, expected);
  const broken = found.filter((finding) => finding !== "key");
  const answer = broken.length ? "changed" : found.length ? "partly" : "unchanged";
  const lines = found.length ? found.map((finding) => element("li", { "data-finding": finding }, words.say(`checker.receipt.${finding}`))) : [];
  return [
    headline(answer, words.say(`checker.receipt.${answer}`)), lines.length > 0 && element("ul", { class: "check-findings" }, ...lines), ...contents(receipt, words),
  ].filter((part) => part !== false);
}

/** The entry that the receipt is for, in its own words. */
function contents({ envelope, checkpoint, index, body }: Receipt, words: Words): HTMLElement[] {
  const { origin, size } = checkpoint;
  return [
    element("p", {}, words.say("checker.receipt.entry", { index, origin: isolate(origin), size, kind: isolate(envelope.kind), made: isolate(envelope.made) })),
    body ? element("pre", { dir: "ltr", class: "body", tabindex: 0 }, JSON.stringify(JSON.parse(text(body.json)), null, 1)) : element("p", {}, words.say("checker.receipt.bodiless")),
  ];
}
