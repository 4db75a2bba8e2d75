/** The bodies of a call, its tallies, draws and audits, as far as a recount asks of them; another shape throws ShapeError. */

export interface Call { readonly wording: readonly (readonly [string, string])[]; readonly least: number; readonly conducted: string }
export interface Ending { readonly file: string; readonly count: number }
export interface Cell { readonly name: string; readonly number: number }
export interface Tally {
  readonly call: string; readonly wording: string; readonly number: number; readonly count: number; readonly total: number; readonly ended: number;
  readonly sheet: string | null; readonly endings: readonly Ending[]; readonly closing: boolean;
  readonly countries: readonly Cell[]; readonly elsewhere: number; readonly domains: readonly Cell[]; readonly other: number;
}
export interface Draw { readonly call: string; readonly size: number; readonly committed: string; readonly signer: string | null }
export interface Audit {
  readonly call: string; readonly tally: string; readonly draw: string; readonly nonce: string; readonly drawn: string; readonly signer: string | null;
  readonly asked: number; readonly yes: number; readonly no: number; readonly bad_at_most: number; readonly bad_at_worst: number;
}

export class ShapeError extends Error {
  override name = "ShapeError";
}

export type Json = Readonly<Record<string, unknown>>;

function asked<T>(value: unknown, fits: boolean, name: string): T {
  if (!fits) throw new ShapeError(`expected another ${name}`);
  return value as T;
}
const count = (value: unknown, name: string): number => asked(value, Number.isSafeInteger(value) && (value as number) >= 0, name);
const share = (value: unknown, name: string): number => asked(value, typeof value === "number" && value >= 0 && value <= 1, name);
const hash = (value: unknown, name: string): string => asked(value, typeof value === "string" && /^[0-9a-f]{64}$/.test(value), name);
const line = (value: unknown, name: string): string => asked(value, typeof value === "string", name);
const object = (value: unknown, name: string): Json => asked(value, value !== null && typeof value === "object" && !Array.isArray(value), name);
const list = <T>(value: unknown, name: string, each: (item: Json) => T): T[] =>
  asked<unknown[]>(value ?? [], Array.isArray(value ?? []), name).map((item) => each(object(item, name)));
const cells = (value: unknown, name: string): Cell[] => list(value, name, (cell) => ({ name: line(cell.name, name), number: count(cell.number, name) }));
const signerOf = ({ signed }: Json): string | null => (signed === null || signed === undefined ? null : line(object(signed, "signed").key, "signed"));

export const callOf = (body: Json): Call => ({
  wording: list(body.texts, "texts", (text) => ({ binds: text.binding ?? true, pair: [line(text.language, "texts"), hash(text.file, "texts")] as const }))
    .filter(({ binds }) => binds).map(({ pair }) => pair).sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1)),
  least: count(body.least ?? 20, "least"), conducted: line(body.conducted ?? "here", "conducted"),
});

export const tallyOf = (body: Json): Tally => ({
  call: line(body.call, "call"), wording: hash(body.wording, "wording"), number: count(body.number, "number"), count: count(body.count, "count"),
  total: count(body.total, "total"), ended: count(body.ended ?? 0, "ended"), sheet: body.sheet ? hash(body.sheet, "sheet") : null,
  endings: list(body.endings, "endings", (ending) => ({ file: hash(ending.file, "endings"), count: count(ending.count, "endings") })),
  closing: body.closing === true, countries: cells(body.countries, "countries"), elsewhere: count(body.elsewhere ?? 0, "elsewhere"),
  domains: cells(body.domains, "domains"), other: count(body.other ?? 0, "other"),
});

export const drawOf = (body: Json): Draw => ({
  call: line(body.call, "call"), size: asked(body.size, Number.isSafeInteger(body.size) && (body.size as number) >= 1 && (body.size as number) <= 100_000, "size"),
  committed: hash(body.committed, "committed"), signer: signerOf(body),
});

export const auditOf = (body: Json): Audit => ({
  call: line(body.call, "call"), tally: hash(body.tally, "tally"), draw: hash(body.draw, "draw"), nonce: hash(body.nonce, "nonce"), drawn: hash(body.drawn, "drawn"),
  asked: count(body.asked, "asked"), yes: count(body.yes, "yes"), no: count(body.no, "no"), signer: signerOf(body),
  bad_at_most: share(body.bad_at_most, "bad_at_most"), bad_at_worst: share(body.bad_at_worst, "bad_at_worst"),
});
