/** What a site is told by, in the list and on the map alike: the worst that is documented, what followed, and who says so. */

import { element, isolated } from "../dom.ts";
import { shapeOf } from "../shapes.ts";
import type { Words } from "../words.ts";
import { hasFollowed, leadStateOf, type Site, stateOf } from "./index.ts";

/** Write the days that a window can mean as shortly as they allow: a day, a month, a year, or a span. */
export function written(from: string | null, to: string, language: string): string {
  const last = new Date(`${to}T00:00:00Z`);
  const { known, day, month, year } = formsOf(language);
  if (!known) return numeric(from, to);
  if (!from) return `… ${day.format(last)}`;
  if (from === to) return day.format(last);
  const first = new Date(`${from}T00:00:00Z`);
  const endOfMonth = new Date(last.getTime() + 86_400_000).getUTCDate() === 1;
  const whole = (parts: string) => from.endsWith(parts) && endOfMonth;
  const form = whole("-01-01") && to.endsWith("-12-31") ? year : whole("-01") ? month : day;
  return form.formatRange(first, last);
}

interface Forms {
  /** Whether the browser can write dates in the language: Chromium knows no month of Armenian and would write it in English. */
  readonly known: boolean;
  readonly day: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly year: Intl.DateTimeFormat;
}

const forms = new Map<string, Forms>();

/** The forms of dates of a language, made once: to make one takes longer than to lay out the item that shows it. */
function formsOf(language: string): Forms {
  const kept = forms.get(language);
  if (kept) return kept;
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...options, timeZone: "UTC", calendar: "gregory" });
  const month = of({ month: "short", year: "numeric" });
  const known = month.resolvedOptions().locale.split("-")[0] === language.split("-")[0];
  const made = { known, day: of({ day: "numeric", month: "short", year: "numeric" }), month, year: of({ year: "numeric" }) };
  forms.set(language, made);
  return made;
}

/** Days in figures, the day first, for a language whose months the browser does not know. */
export function numeric(from: string | null, to: string): string {
  const day = (date: string) => date.split("-").reverse().join(".");
  if (!from) return `… ${day(to)}`;
  const [first, last] = from.endsWith("-01-01") && to.endsWith("-12-31") ? [from.slice(0, 4), to.slice(0, 4)] : [day(from), day(to)];
  return first === last ? first : `${first} – ${last}`;
}

/** The story of a site as the lines of an item. */
export function storyOf(site: Site, words: Words): (HTMLElement | false)[] {
  const { say, term, language } = words;
  const { lead } = site;
  const name = (state: string) => term(state === "contested" || state === "none" ? "finding" : "condition", state);
  const days = (from: string | null, to: string | null) => (to ? ` ${written(from, to, language)}` : "");
  const state = leadStateOf(site);
  const now = stateOf(site);
  const course = element("span", { class: "sites-state", "data-condition": state }, shapeOf(state),
    element("span", {}, lead ? `${name(state)}${days(lead.from, lead.to)}` : name(state)));
  if (hasFollowed(site)) {
    course.append(element("span", { class: "sites-then" }, say("sites.then")), shapeOf(now), element("span", {}, `${name(now)}${days(site.from, site.to)}`));
  }
  const known = site.finding !== "none" && (now !== site.finding || hasFollowed(site)) && element("span", { class: "sites-facts" }, term("finding", site.finding));
  const by = lead !== null && element("span", { class: "sites-facts" }, `${say("sites.according")} `,
    ...lead.by.flatMap((one, i) => [i > 0 && say("list.semicolon"), isolated(one, null)]));
  return [course, by, known];
}
