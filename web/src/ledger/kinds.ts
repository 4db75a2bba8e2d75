/** The kinds of entries that this check knows, and whether a body is one of its kind: by the schemas of docs/format/, and by what its fields must agree in. */

import { RULES } from "./agreement.ts";
import { KINDS, SCHEMAS } from "./schemas.ts";

export const isKnownKind = (kind: string): boolean => Object.hasOwn(KINDS, kind);

/** Whether a body is one of its kind. What an outsider has signed in it is asked apart (`innerFits`). */
export const isOfKind = (kind: string, body: unknown): boolean => askAt(KINDS[kind])(body);

type Ask = (value: unknown) => boolean;
type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => value !== null && typeof value === "object" && !Array.isArray(value);

const asks = new Map<number, Ask>();
/** What is asked of a value by the schema at a place, read at the first use. */
function askAt(place: number): Ask {
  let ask = asks.get(place);
  if (!ask) asks.set(place, (ask = FORMS[SCHEMAS[place][0]](SCHEMAS[place].slice(1))));
  return ask;
}

/** Whether a number lies between the two that are written, either of which may be missing. */
const within = (written: string): (value: number) => boolean => {
  const [least, most] = written.split(" ");
  return (value) => value >= (least ? Number(least) : -Infinity) && value <= (most ? Number(most) : Infinity);
};
const number = (written: string, also: (value: number) => boolean): Ask => {
  const isWithin = within(written);
  return (value) => typeof value === "number" && isWithin(value) && also(value);
};
const like = (pattern: RegExp): Ask => (value) => typeof value === "string" && pattern.test(value);

/** How each form of schema is asked, by its first character; web/make_schemas.py says what they mean. */
const FORMS: Readonly<Record<string, (written: string) => Ask>> = {
  "?": () => (value) => typeof value === "boolean",
  "'": (written) => {
    const isWithin = within(written);
    return (value) => typeof value === "string" && isWithin([...value].length); // characters, not UTF-16 units
  },
  "~": (written) => like(new RegExp(`^${written}$`, "u")),
  "=": (written) => (value) => typeof value === "string" && written.split("|").includes(value),
  "#": (written) => (value) => written.split("|").map(Number).includes(value as number),
  "i": (written) => number(written, Number.isInteger),
  "f": (written) => number(written, () => true),
  ">": (written) => number(written, (value) => value > parseFloat(written)),
  "[": (written) => {
    const [place, ...bounds] = written.split(" ");
    const isWithin = within(bounds.join(" "));
    return (value) => Array.isArray(value) && isWithin(value.length) && value.every(askAt(Number(place)));
  },
  "*": (written) => {
    const [names, values] = written.split(" ").map(Number);
    return (value) => isObject(value) && Object.entries(value).every(([name, held]) => askAt(names)(name) && askAt(values)(held));
  },
  "{": (written) => {
    const [fields, rule] = written.split("}");
    const read = [...fields.matchAll(/(\w+)(!?)(\??):(\d+)/g)].map(([, name, must, nullable, place]) => ({ name, must, nullable, place: Number(place) }));
    const known = new Map(read.map((field) => [field.name, field]));
    return (value) => isObject(value) && read.every(({ name, must }) => !must || Object.hasOwn(value, name))
      && Object.entries(value).every(([name, held]) => {
        const field = known.get(name);
        return field !== undefined && ((held === null && field.nullable !== "") || askAt(field.place)(held));
      }) && (!rule || RULES[rule](value));
  },
};
