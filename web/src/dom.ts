/** Making elements without markup in strings, so that no text of a record can ever become markup. */

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Make an element; true gives an empty attribute, false, null and undefined none. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Start `begin` for each mark of this kind that no script has taken yet. */
export function takeOver(island: string, begin: (mark: HTMLElement) => void): void {
  const run = () => {
    for (const mark of document.querySelectorAll<HTMLElement>(`[data-island="${island}"]:not([data-taken])`)) {
      mark.dataset.taken = "";
      begin(mark);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}

/** The top of the site, as an address with a closing slash. */
export const siteRoot = (): URL => new URL(document.documentElement.dataset.root || "./", document.baseURI);

/** Text whose direction is its own. */
export const isolated = (text: string, language?: string | null): HTMLElement =>
  element("bdi", { lang: language || null }, text);
