/**
 * The loader, the only script that a page names: it finds the marks of a page and loads what they need.
 *
 * A classic script, like those that it loads, so that what can work from file:// does.
 */

import { type Seen, seenIn } from "./check/window.ts";
import { element, takeOver } from "./dom.ts";
import { begin as beginDrawing } from "./drawing.ts";
import { begin as beginDue } from "./due.ts";
import { begin as beginSwipe } from "./swipe.ts";

/** Languages with words of their own beside the English that is built in. */
const LANGUAGES = ["fr", "az", "hy", "ar", "ru", "uk"];
const SCRIPTS = ["sites", "map", "check", "count"];

declare global {
  /** What stood in the window before any island changed it. */
  var vestigeSeen: Seen | undefined;
}

const folder = new URL("./", (document.currentScript as HTMLScriptElement).src);

function load(file: string): Promise<void> {
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = new URL(file, folder).href;
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => done()); // without its words an island speaks English
    document.head.append(script);
  });
}

/** The islands' own styles come with them: a page that waits for fewer files is painted sooner. */
function styles(): Promise<void> {
  return new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: new URL("islands.css", folder).href });
    for (const event of ["load", "error"]) link.addEventListener(event, () => done());
    document.head.append(link);
  });
}

async function start(): Promise<void> {
  const islands = new Set([...document.querySelectorAll<HTMLElement>("[data-island]")].map(({ dataset }) => dataset.island ?? ""));
  if (!islands.size) return;
  if (islands.has("check")) globalThis.vestigeSeen = seenIn(document); // before any island changes what stands there
  const language = document.documentElement.lang.split("-")[0];
  const words = LANGUAGES.includes(language) ? [`words-${language}.js`, ...(islands.has("count") ? [`count-words-${language}.js`] : [])] : [];
  await Promise.all([styles(), ...words.map(load)]);
  takeOver("swipe", beginSwipe);
  takeOver("drawing", beginDrawing);
  takeOver("due", beginDue);
  await Promise.all(SCRIPTS.filter((name) => islands.has(name)).map((name) => load(`${name}.js`)));
}

/** Once the next frame has been painted, that of the page's text: it is to be read at once, and what scripts add can come a moment later. */
function afterPaint(then: () => void): void {
  if (document.visibilityState === "hidden") then(); // no frame comes
  else requestAnimationFrame(() => setTimeout(then));
}

/** Once all of the page is there: its text need not wait for this script, and so this script may come first. */
function whenParsed(then: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", then, { once: true });
  else then();
}

whenParsed(() => afterPaint(() => void start()));
