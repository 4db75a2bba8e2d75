/** Checking the evidence bundle of an appeal: its list, its entries with their proofs, its documents, without asking anybody. */

import { sha256, text, toHex, utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { leafHash } from "../ledger/merkle.ts";
import { NoteError, type Verifier } from "../ledger/note.ts";
import { checkReceipt, parseReceipt, type Receipt } from "./receipt.ts";
import type { Files } from "./sources.ts";
import { ZipError } from "./zip.ts";

const MANIFEST = "manifest-sha256.txt";
const TAG_MANIFEST = "tagmanifest-sha256.txt";
const TAGS = ["bagit.txt", "bag-info.txt", MANIFEST];
const CHECKER = "data/vestige-check.html";
/** What a bundle is made of (docs/letters.md); nothing else belongs in one. */
const PART = new RegExp(
  `^(${[...TAGS, TAG_MANIFEST, CHECKER].map((path) => path.replaceAll(".", "\\.")).join("|")}` +
    "|data/(checkpoint|README\\.txt|ro-crate-metadata\\.json|withheld\\.json|letter/[^/]+|entries/\\d{6,}-[0-9a-f]{16}\\.tlog-proof|files/[^/]+))$",
);

export type Kind = "body" | "proof" | "unsigned" | "file" | "missing" | "extra" | "policy" | "letter";

export interface BundleFinding {
  readonly kind: Kind;
  readonly path: string;
}

export interface BundleReport {
  readonly findings: readonly BundleFinding[];
  readonly entries: number;
  readonly documents: number;
  readonly origin: string;
  /** The checker that lies in it, where that is not the one given: its SHA-256. */
  readonly otherChecker: string | null;
}

/** Whether files are those of an evidence bundle. */
export const isBundle = ({ paths }: Files): boolean => paths.includes("bagit.txt") && paths.some((path) => path.startsWith("data/entries/"));

/**
 * Check a bundle. `log` is the key of the log, from elsewhere; without it, who signed is left open. `isOurs` tells the checker of this version.
 *
 * Throws ZipError for an archive that programs read differently.
 */
export async function checkBundle(files: Files, log: Verifier | null, isOurs: (page: string) => boolean = () => true): Promise<BundleReport> {
  requireOneReading(files);
  const findings: BundleFinding[] = [];
  const add = (kind: Kind, path: string): unknown => findings.push({ kind, path });
  const receipts = await entriesOf(files, log, add);
  if (!receipts.some(({ envelope }) => envelope.kind === "policy")) add("policy", "data/entries");
  const proved = await Promise.all(receipts.map(async ({ leaf }) => toHex(await leafHash(leaf))));
  const earlier = await entriesOfLetter(files);
  const own = ownBodies(receipts.filter((_, at) => !earlier.has(proved[at])));
  for (const cited of new Set([...earlier, ...citedBy(own), ...(await entriesWithin(files))])) if (!proved.includes(cited)) add("missing", cited);
  const carried = documentsOf(own);
  const letters = files.paths.filter((path) => path.startsWith("data/letter/"));
  for (const path of letters) if (carried && carried.get(path)?.file !== (await hashOf(files, path))) add("letter", path);
  for (const [path, { public: shown = true }] of carried ?? []) if (shown && !letters.includes(path)) add("missing", path);
  await listed(files, new Set(findings.map(({ path }) => path)), add);
  for (const path of files.paths) if (!PART.test(path) && !findings.some((found) => found.path === path)) add("extra", path);
  const checker = await files.read(CHECKER);
  const otherChecker = checker && !isOurs(text(checker)) ? await hashOf(files, CHECKER) : null;
  return { findings, entries: receipts.length, documents: letters.length, origin: receipts[0]?.checkpoint.origin ?? "", otherChecker };
}

function requireOneReading({ paths, strange = [] }: Files): void {
  for (const reason of strange) throw new ZipError(reason);
  if (new Set(paths.map((path) => path.toLowerCase())).size < paths.length) throw new ZipError("two names in it differ by case alone");
}

async function entriesOf(files: Files, log: Verifier | null, add: (kind: Kind, path: string) => unknown): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const path of files.paths.filter((one) => one.startsWith("data/entries/"))) {
    try {
      const receipt = parseReceipt((await files.read(path)) ?? new Uint8Array());
      receipts.push(receipt);
      if (!path.startsWith(`data/entries/${String(receipt.index).padStart(6, "0")}-${toHex(await leafHash(receipt.leaf)).slice(0, 16)}.`)) add("file", path);
      for (const found of await checkReceipt(receipt, log)) if (found !== "key") add(found, path);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      add("proof", path);
    }
  }
  return receipts;
}

/** The entries that the text of the appeal as data names: what it rests on and what the record holds, among them earlier appeals. */
async function entriesOfLetter(files: Files): Promise<Set<string>> {
  for (const path of files.paths.filter((one) => /^data\/letter\/.*\.json$/.test(one))) {
    try {
      const { appeal } = JSON.parse(text((await files.read(path)) ?? new Uint8Array())) as { appeal?: { entries?: string[] } };
      if (appeal?.entries) return new Set(appeal.entries);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    }
  }
  return new Set();
}

/** The entries of the evidence that goes with the letter: with what is cited, the policies by which it was signed. */
async function entriesWithin(files: Files): Promise<string[]> {
  try {
    const { entries } = JSON.parse(text((await files.read("data/letter/evidence.json")) ?? new Uint8Array())) as { entries: { entry: unknown }[] };
    return await Promise.all(entries.map(async ({ entry }) => toHex(await leafHash(utf8(canonical(entry))))));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  return [];
}

/** The bodies of the appeal's own entry; none in the bundle of a draft. */
const ownBodies = (receipts: readonly Receipt[]) =>
  receipts.flatMap(({ envelope, body }) => (envelope.kind === "appeal" && body ? [JSON.parse(text(body.json)) as Own] : [])).filter(({ origin }) => origin === "own");

interface Carried {
  readonly name: string;
  readonly file: string;
  readonly public?: boolean;
}

interface Own {
  readonly origin: string;
  readonly documents: readonly Carried[];
  readonly answers?: readonly { readonly paragraphs?: readonly { readonly cites?: readonly string[] }[] }[];
}

/** The hashes of the entries that the appeal rests on. */
const citedBy = (own: readonly Own[]): Set<string> =>
  new Set(own.flatMap(({ answers = [] }) => answers.flatMap(({ paragraphs = [] }) => paragraphs.flatMap(({ cites = [] }) => cites))));

/** The documents that the appeal's own entry carries, by their places; null where a bundle of a draft holds no such entry. */
function documentsOf(own: readonly Own[]): Map<string, Carried> | null {
  return own.length ? new Map(own.flatMap(({ documents }) => documents.map((one) => [`data/letter/${one.name}`, one] as const))) : null;
}

/** Hold every file against the bag's list, but those of which worse is known already. */
async function listed(files: Files, known: ReadonlySet<string>, add: (kind: Kind, path: string) => unknown): Promise<void> {
  const manifest = await listIn(files, MANIFEST);
  const tags = await listIn(files, TAG_MANIFEST);
  for (const path of [...TAGS, TAG_MANIFEST]) if (!files.paths.includes(path)) add("missing", path);
  for (const path of TAGS) if (tags.size && files.paths.includes(path) && tags.get(path) !== (await hashOf(files, path))) add("file", path);
  const held = new Set(files.paths.filter((path) => path.startsWith("data/")));
  for (const [path, hash] of manifest) {
    if (!held.has(path)) add("missing", path);
    else if (!known.has(path) && (await hashOf(files, path)) !== hash) add("file", path);
  }
  for (const path of held) if (!manifest.has(path)) add("extra", path);
  for (const path of held) {
    const name = /^data\/files\/([0-9a-f]{64})/.exec(path)?.[1];
    if (name && manifest.get(path) !== name) add("file", path);
  }
}

const listIn = async (files: Files, path: string): Promise<Map<string, string>> =>
  new Map(text((await files.read(path)) ?? new Uint8Array()).split("\n").filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]));

const hashOf = async (files: Files, path: string): Promise<string> => toHex(await sha256((await files.read(path)) ?? new Uint8Array()));
