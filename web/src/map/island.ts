/** The place of a map: loads the map once it comes into view, or by a button where the reader saves data. */

import { element, takeOver } from "../dom.ts";
import { fromDisk } from "../sites/load.ts";
import { type Words, wordsFor } from "../words.ts";

interface View {
  show(mark: HTMLElement, words: Words, assets: string): Promise<void>;
}

const assets = new URL("./", (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI).href;

function begin(mark: HTMLElement): void {
  if (fromDisk()) {
    delete mark.dataset.taken; // what stands inside says that the map needs a web server
    return;
  }
  const words = wordsFor(mark);
  if (mark.dataset.load === "click" || savesData()) offer(mark, words);
  else whenSeen(mark, () => void load(mark, words));
}

const savesData = (): boolean => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

function offer(mark: HTMLElement, words: Words): void {
  const button = element("button", { type: "button", class: "map-show" }, words.say("map.show"));
  button.addEventListener("click", () => void load(mark, words));
  mark.prepend(button);
}

/** Wait until the page has loaded and the place is near the window: the first view must not wait for a map. */
function whenSeen(mark: HTMLElement, then: () => void): void {
  const watch = () => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      whenIdle(then);
    }, { rootMargin: "200px" });
    observer.observe(mark);
  };
  if (document.readyState === "complete") watch();
  else addEventListener("load", watch, { once: true });
}

/** After what the reader is doing; Safari knows no idle callback. */
function whenIdle(then: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: 1000 });
  else setTimeout(then, 100);
}

async function load(mark: HTMLElement, words: Words): Promise<void> {
  const status = element("p", { role: "status" }, words.say("map.loading"));
  mark.prepend(status);
  try {
    if (!document.createElement("canvas").getContext("webgl2")) throw new NoWebGlError();
    await styles();
    const view = (await import(new URL("map-view.js", assets).href)) as View;
    await view.show(mark, words, assets);
  } catch (error) {
    const reason = words.say(error instanceof NoWebGlError ? "map.reason.webgl" : "map.reason.network");
    status.textContent = words.say("map.unavailable", { reason });
    console.warn(error);
  }
}

class NoWebGlError extends Error {}

function styles(): Promise<void> {
  return new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: new URL("map-view.css", assets).href });
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
    document.head.append(link);
  });
}

takeOver("map", begin);
