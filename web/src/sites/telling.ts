/** The type, the countries and the conditions of a site, in the page's language and in English. */

import type { Words } from "../words.ts";
import type { Site } from "./index.ts";
import type { Telling } from "./search.ts";

export function tellingIn(words: Words): Telling {
  const english = new Intl.DisplayNames("en", { type: "region" });
  const country = (code: string): string[] => {
    const name = /^[A-Z]{2}$/.test(code) ? (english.of(code) ?? code) : code;
    return [words.term("country", code), name, name.replace("&", "and")];
  };
  const term = (list: string, value: string | null | undefined): string[] => (value ? [words.term(list, value), value] : []);
  return ({ type, countries, condition, lead, finding }: Site) => [
    ...term("type", type), ...countries.flatMap(country), ...term("condition", lead?.condition), ...term("condition", condition),
    ...(finding === "contested" ? term("finding", finding) : []),
  ];
}
