/**
 * What the fields of a body must agree in beyond its schema: docs/format.md, "What fields must agree in"; the twin of the types of
 * `vestige.entries`. Each rule is asked of an object that its schema has let pass, so that fields are of their types.
 */

import { MOVEMENTS, TRANSLATED } from "./schemas.ts";
import { firstDay, isBlank, lastDay, SPACE } from "./values.ts";

/** Its schema has seen to the types of all fields. */
type Held = Readonly<Record<string, any>>;

const given = (value: unknown): boolean => value !== null && value !== undefined;
const list = (value: Held[] | undefined): readonly Held[] => value ?? [];
const areOnce = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const isOrdered = (first: string | null, last: string | null): boolean => first !== null && last !== null && first <= last;
/** Whether days exist and come in this order, as far as they are given. */
const areDays = (first?: string | null, last?: string | null): boolean =>
  [first, last].every((day) => !given(day) || firstDay(day as string)) && (!first || !last || first <= last);
/** Whether any evidence comes from the side of the one who acted. */
const isOwnSide = (evidence: Held[] | undefined): boolean => list(evidence).some(({ what }) => what !== "heard");

/** Whether only fields that may be are given in other languages, each once a language. */
export function areTranslations(kind: string, { translations }: Held): boolean {
  const fields = TRANSLATED[kind].split(" ");
  return list(translations).every(({ field }) => fields.includes(field)) && areOnce(list(translations).map(({ field, language }) => `${field} ${language.toLowerCase()}`));
}

/** The bounds of a window, null where there is none, or no such day. */
const beginOf = ({ start }: Held): string | null => (given(start) ? firstDay(start) : null);
const endOf = ({ start, end }: Held): string | null => lastDay(end ?? start);

let movements: RegExp[] | null = null;
/** Whether a text would tell of a visit where somebody sleeps, drives or stands. Python's classes and borders of words know more than ASCII, and all Turkish i are one to it. */
function tellsMovement(text: string): boolean {
  const [behind, ahead] = ["(?<=[\\p{L}\\p{N}_])", "(?=[\\p{L}\\p{N}_])"];
  const border = `(?:${behind}${ahead.replace("=", "!")}|${behind.replace("=", "!")}${ahead})`;
  movements ??= MOVEMENTS.map((one) => new RegExp(one.replaceAll("\\b", border).replaceAll("\\d", "\\p{Nd}").replaceAll("\\s", `[${SPACE}]`), "iu"));
  return movements.some((one) => one.test(text.replace(/[\u0130\u0131]/g, "i")));
}

const textsOf = ({ titles, purpose, note, funding, seen, clearance }: Held): readonly (string | null | undefined)[] => [
  ...titles.map(({ text }: Held) => text), purpose, note, ...funding.map(({ by }: Held) => by), ...list(seen).map(({ why }) => why),
  ...list(clearance).map(({ evidence }) => evidence.detail),
];

const isWholeCall = ({ texts, modes = [], paid_by, keep_until, sealed_to }: Held): boolean =>
  list(texts).some(({ binding }) => binding !== false) && modes.length > 0 && list(paid_by).length > 0
  && (!modes.includes("counted") || (given(keep_until) && list(sealed_to).length > 0));

/** A table of readers by cells, none of which may single anybody out. */
const isTable = (body: Held, name: string): boolean => {
  const [cells, other] = [list(body[name]), body[`${name}_other`] ?? 0];
  return areOnce(cells.map((cell) => cell.name)) && cells.every(({ number }) => number >= body.least) && !(cells.length && other > 0 && other < body.least);
};

/** By the name of the type, which `web/make_schemas.py` writes beside the schema of each that has a rule of its own. */
export const RULES: Readonly<Record<string, (held: Held) => boolean>> = {
  Name: ({ text }) => !isBlank(text),
  Translation: ({ text }) => !isBlank(text),
  DateWindow: (held) => {
    const { when, start, end } = held;
    if (given(start) !== (when !== "before") || given(end) !== (when !== "on")) return false;
    return when === "before" ? endOf(held) !== null : isOrdered(beginOf(held), endOf(held));
  },
  Designation: ({ since, until }) => !given(since) || !given(until) || isOrdered(firstDay(since), lastDay(until)),
  Speaker: ({ name, role, organisation, actor }) => [name, role, organisation, actor].some(given),
  Span: ({ start, end }) => end > start,
  Evidence: ({ what, source, file, detail }) =>
    what === "dns" ? given(detail) : ["key", "heard"].includes(what) || given(source) || given(file),
  Actor: (held) => areTranslations("actor", held),
  Site: (held) => areTranslations("site", held),
  Study: (held) => areTranslations("study", held),
  Assessment: (held) => areTranslations("assessment", held),
  Source: (held) => areTranslations("source", held) && (held.form === "reference" || given(held.file)),
  Statement: (held) => areTranslations("statement", held) && (!list(held.spans).length || given(held.file))
    && (!given(held.progress) || (held.acts ?? []).some((act: string) => act.startsWith("undertaking:"))),
  Observation: ({ p_value, abstained }) => given(p_value) !== given(abstained),
  AppealParagraph: ({ role, sentence, cites }) => role !== "fact" || (given(sentence) && list(cites).length > 0),
  Appeal: (held) => areTranslations("appeal", held) && (held.origin === "recorded"
    ? given(held.source) : [held.form_file, held.draft, held.checkpoint].every(given) && list(held.documents).length > 0),
  Dispatch: (held) => areTranslations("dispatch", held),
  Reply: (held) => areTranslations("reply", held) && (held.type !== "extension" || given(held.due)),
  Call: (held) => [held.closes, held.keep_until, held.collection_destroyed].every((day) => areDays(held.opens, day))
    && areOnce(list(held.texts).map(({ language }) => language))
    && areOnce(held.modes ?? []) && (held.conducted === "elsewhere" ? list(held.sources).length > 0 : isWholeCall(held)),
  Endorsement: ({ status = "candidate", evidence, signed, retracted_on }) =>
    (status === "candidate" || isOwnSide(evidence)) && given(signed) === list(evidence).some(({ what }) => what === "key")
    && (status === "retracted") === given(retracted_on),
  Tally: ({ closed, sheet, count, ended = 0, total, countries, domains }) =>
    areDays(closed) && given(sheet) === count > 0 && ended <= total && count <= total && areOnce(list(countries).map(({ name }) => name))
    && areOnce(list(domains).map(({ name }) => name)) && list(countries).every(({ name }) => /^[A-Z]{2}$/.test(name)),
  Draw: () => true,
  Audit: ({ asked, yes, no, silent, bounced }) => yes + no + silent + bounced === asked,
  Seen: ({ access, said_by }) => access !== "refused" || given(said_by),
  Visit: (held) => {
    const { conducted, embargo, sources, window, planned, invited } = held;
    if (conducted === "elsewhere" ? !list(sources).length : !given(embargo)) return false;
    if (given(embargo) && embargo <= (endOf(window) as string)) return false;
    return areOnce(list(planned).map(({ site }) => site)) && areOnce(list(invited).map(({ category }) => category)) && !textsOf(held).some((text) => text && tellsMovement(text));
  },
  Invitation: ({ sent, answered, answer, consent = "none", evidence }) =>
    areDays(sent, answered) && ((!["accepted", "declined"].includes(answer) && consent === "none") || isOwnSide(evidence)),
  Gathering: ({ level, part_of, outcomes = [] }) =>
    (level !== "series" || !given(part_of)) && (level !== "session" || given(part_of)) && areOnce(outcomes),
  Undertaking: ({ due }) => !given(due) || lastDay(due) !== null,
  Reach: (held) => held.views_low <= held.views && (!list(held.countries).length || given(held.database))
    && ["languages", "pages", "downloads", "referrers", "countries"].every((name) => isTable(held, name)),
};
