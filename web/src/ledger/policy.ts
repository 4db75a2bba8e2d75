/** Policies: whose keys may sign what. See docs/format.md. */

import { type Bytes, fromBase64, sha256, text, toHex } from "./bytes.ts";
import { hasFieldsOf } from "./kinds.ts";
import { isSoundPoint } from "./ed25519.ts";
import { COSIGNED, parseVkey, type Verifier } from "./note.ts";
import { isOrigin } from "./origin.ts";

export type Role = "log" | "contributor" | "reviewer" | "keeper";
const ROLES: readonly string[] = ["log", "contributor", "reviewer", "keeper"];

/** A key that a policy lists. */
export interface PolicyKey extends Verifier {
  readonly fingerprint: string;
  /** The handle of the key. */
  readonly owner: string;
  /** The handle of whoever is behind it: a person may have several keys. */
  readonly person: string;
  readonly role: Role;
  readonly retired: boolean;
}

export interface Policy {
  readonly name: string;
  readonly origin: string;
  readonly keys: readonly PolicyKey[];
  /** Keys of witnesses that cosign checkpoints, and how many of them must. */
  readonly witnesses: readonly Verifier[];
  readonly quorum: number;
}

interface WrittenKey {
  readonly public: string;
  readonly handle: string;
  readonly role: string;
  readonly person?: string | null;
  readonly retired?: boolean;
}

interface WrittenPolicy {
  readonly name: string;
  readonly origin: string;
  readonly keys: readonly WrittenKey[];
  readonly witnesses?: readonly { readonly vkey: string }[];
  readonly quorum?: number;
}

const HANDLE = /^[a-z0-9][a-z0-9._-]{0,39}$/;
const WITNESS = /^[^\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/u;

type Ask = (value: unknown) => boolean;
/** A text of a form, or of one to so many characters. */
const like = (form: RegExp): Ask => (value) => typeof value === "string" && form.test(value);
const upTo = (most: number): Ask => (value) => typeof value === "string" && value.length > 0 && [...value].length <= most;
const orNull = (ask: Ask): Ask => (value) => value === null || ask(value);
const within = (least: number, most: number): Ask => (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const listOf = (ask: Ask, least = 0): Ask => (value) => Array.isArray(value) && value.length >= least && value.every(ask);
/** An object with these fields and no others; those whose names end in "!" must be there. */
const objectOf = (fields: Readonly<Record<string, Ask>>): Ask => (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value)
  && Object.keys(fields).every((name) => !name.endsWith("!") || Object.hasOwn(value, name.slice(0, -1)))
  && Object.entries(value).every(([name, held]) => [name, `${name}!`].some((key) => Object.hasOwn(fields, key) && fields[key](held)));

const LINE = upTo(2_000);
/** Whether a value is a text of one to a hundred thousand characters. */
export const isText = upTo(100_000);
const LANGUAGE = like(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const BLANK = /^[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/u;
/** The fields that may be given in other languages, each once a language. */
const TRANSLATED = ["name", "description", "balance", "limits", "contact", "imprint", "licence"];
const TRANSLATIONS = listOf(objectOf({
  "language!": LANGUAGE, "field!": (value) => TRANSLATED.includes(value as string), "text!": (value) => isText(value) && !BLANK.test(value as string),
}));
const isTranslated: Ask = (value) => {
  if (!TRANSLATIONS(value)) return false;
  const given = (value as { language: string; field: string }[]).map(({ language, field }) => `${field} ${language.toLowerCase()}`);
  return given.length <= 400 && new Set(given).size === given.length;
};
/** What each field of a policy may hold. Every reader must answer alike, since rights rest on it. */
const FORMS: Readonly<Record<string, Ask>> = {
  name: LINE, origin: isOrigin, description: orNull(isText), balance: orNull(isText), limits: orNull(isText), imprint: orNull(isText),
  contact: orNull(LINE), licence: orNull(LINE), required_assessors: within(1, 20), quorum: within(0, 100),
  sensitive_cell_degrees: (value) => value === 0.1 || value === 0.5 || value === 1,
  language: orNull(LANGUAGE), translations: isTranslated, logo: orNull(like(/^[0-9a-f]{64}$/)), colour: orNull(like(/^#[0-9a-f]{6}$/)),
  languages: listOf(LANGUAGE, 1), region: listOf(like(/^[A-Z]{2}$/)),
  parties: listOf(like(/^[a-z]{1,20}:[a-z2-7]{16}$/)),
  witnesses: listOf(objectOf({ "vkey!": like(WITNESS), url: orNull(like(/^https?:\/\/[!-~]{1,500}$/)) })),
  keys: listOf(objectOf({
    "public!": like(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/), "handle!": like(HANDLE), "role!": (value) => ROLES.includes(value as string),
    person: orNull(like(HANDLE)), retired: (value) => typeof value === "boolean",
  }), 1),
};

/** Read a policy body; throws RangeError for one that breaks a rule of its form, or what JSON and vkeys throw. */
export async function parsePolicy(json: Uint8Array): Promise<Policy> {
  const written = JSON.parse(text(json)) as WrittenPolicy;
  if (!hasFieldsOf("policy", { ...written }) || !Object.entries(written).every(([name, held]) => FORMS[name](held))) {
    throw new RangeError("expected the fields of a policy");
  }
  const { name, origin, witnesses = [], quorum = 0 } = written;
  const keys = await Promise.all(written.keys.map((key) => readKey(key, origin)));
  requireRoles(keys);
  requireOnce(keys.map(({ fingerprint }) => fingerprint));
  requireOnce(keys.map(({ owner }) => owner));
  if (quorum > witnesses.length) throw new RangeError("expected a quorum that can be met");
  return { name, origin, keys, quorum, witnesses: await Promise.all(witnesses.map(({ vkey }) => readWitness(vkey))) };
}

async function readKey({ public: base64, handle, role, person, retired }: WrittenKey, origin: string): Promise<PolicyKey> {
  const publicKey: Bytes = fromBase64(base64);
  if (!isSoundPoint(publicKey)) throw new RangeError("expected a key that somebody can hold");
  return {
    name: origin, publicKey, owner: handle, role: role as Role, person: person ?? handle, fingerprint: toHex(await sha256(publicKey)),
    retired: retired === true,
  };
}

async function readWitness(vkey: string): Promise<Verifier> {
  const witness = await parseVkey(vkey);
  if (witness.algorithm !== COSIGNED) throw new RangeError("expected the key of a witness");
  return witness;
}

function requireRoles(keys: readonly PolicyKey[]): void {
  for (const role of ["keeper", "log"]) {
    if (!keys.some((key) => key.role === role && !key.retired)) throw new RangeError(`expected a ${role} key that is not retired`);
  }
}

function requireOnce(values: readonly string[]): void {
  if (new Set(values).size < values.length) throw new RangeError("expected each key and each handle once");
}

/** The keys that may sign checkpoints and manifests under a policy. */
export const logKeysOf = (policy: Policy): PolicyKey[] => policy.keys.filter((key) => key.role === "log" && !key.retired);
