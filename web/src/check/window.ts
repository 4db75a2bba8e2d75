/**
 * What stands in a window, as a list that can be compared with what a file says.
 *
 * A host knows a visit from a check: a browser says `Sec-Fetch-Mode: navigate` with the one. So the page that is looked at is compared with
 * the page that was fetched and proven: its elements, its texts, its addresses, and what hides or shows them. Left out is what a browser or a
 * helper of the reader adds without a word being changed: other attributes, and the attributes of the root and the body.
 */

/** One item for each element or text, in the order of the document. */
export type Seen = readonly string[];

export interface Difference {
  readonly seen: string;
  readonly expected: string;
}

/** Attributes that a reader sees or follows, or by which a page hides something. */
const ATTRIBUTES = ["href", "src", "srcset", "srcdoc", "alt", "title", "datetime", "class", "style", "hidden", "lang", "dir", "type", "content", "data-island", "data-entries"];
const OFTEN_CHANGED = new Set(["HTML", "BODY"]);

/** Read a document as it stands. */
export function seenIn(document: Document): Seen {
  const items: string[] = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const words = (node as Text).data.replace(/\s+/g, " ").trim();
      if (words) items.push(words);
    } else {
      items.push(written(node as Element));
    }
  }
  return items;
}

function written(element: Element): string {
  const names = OFTEN_CHANGED.has(element.tagName) ? ["lang", "dir"] : ATTRIBUTES;
  const said = names.flatMap((name) => (element.hasAttribute(name) ? [`${name}="${element.getAttribute(name)}"`] : []));
  return `<${[element.tagName.toLowerCase(), ...said].join(" ")}>`;
}

/** The first difference of the two, with what stands beside it, or null. */
export function difference(seen: Seen, expected: Seen): Difference | null {
  const length = Math.max(seen.length, expected.length);
  for (let at = 0; at < length; at++) {
    if (seen[at] === expected[at]) continue;
    return { seen: around(seen, at), expected: around(expected, at) };
  }
  return null;
}

const MOST = 160;
const AROUND = 3;

function around(items: Seen, at: number): string {
  const some = items.slice(at, at + AROUND).join(" ");
  return some.length > MOST ? `${some.slice(0, MOST)}…` : some;
}
