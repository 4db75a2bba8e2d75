/** Checking files against the manifest. */

import { sha256, toHex } from "../ledger/bytes.ts";
import { type Manifest, parseManifest, signerOf } from "../ledger/checkpoint.ts";
import { NoteError } from "../ledger/note.ts";
import type { Policy } from "../ledger/policy.ts";
import { CHECKPOINT, findingFrom, required, whyNoNote } from "./ledger.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Reader, type Site } from "./site.ts";

export const MANIFEST = "manifest";

/** The manifest, or the finding that there is none to read. */
export async function readManifest(site: Site): Promise<Manifest | Finding> {
  try {
    return parseManifest(await required(site, MANIFEST));
  } catch (error) {
    return error instanceof NoteError ? { kind: "modified", file: MANIFEST, why: await whyNoNote(site, MANIFEST) } : findingFrom(error);
  }
}

/** Whether a key that may has signed the manifest. */
export const checkManifest = async (manifest: Manifest, policy: Policy): Promise<Finding[]> =>
  (await signerOf(manifest, policy)) ? [] : [{ kind: "unsigned", file: MANIFEST }];

/** Whether these files have the bytes that the manifest lists. */
export async function checkFiles(
  site: Reader, manifest: Manifest, paths: readonly string[], progress: (done: number) => void,
): Promise<Finding[]> {
  let done = 0;
  const found = await inParallel(paths, async (file): Promise<Finding | null> => {
    const expected = manifest.files.get(file);
    if (expected === undefined) return { kind: "unexpected", file };
    try {
      const digest = await digestOf(site, file);
      if (digest === null) return { kind: "missing", file };
      if (/^file\//.test(file) && !file.endsWith(`/${expected}`)) return { kind: "modified", file }; // not the preserved file of that name, whoever lists it
      return digest === expected ? null : { kind: "modified", file, ...(await onlyLineEnds(site, file, expected) && { why: "line-ends" }) };
    } catch (error) {
      return findingFrom(error);
    } finally {
      progress(++done);
    }
  });
  return found.filter((finding) => finding !== null);
}

/** The manifest covers what a checkpoint says, not who signed it: witnesses may add their lines after publication. */
async function digestOf(site: Reader, file: string): Promise<string | null> {
  if (file !== CHECKPOINT) return site.digest(file);
  const bytes = await site.read(file);
  return bytes && toHex(await sha256(bytes.subarray(0, endOfText(bytes))));
}

/** Where the text of a note ends: after the line feed before its last empty line, or at the end of what is no note. */
function endOfText(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at--) if (bytes[at] === 0x0a && bytes[at - 1] === 0x0a) return at;
  return bytes.length;
}

/** Whether a file would fit if its lines ended as they did when it was signed: git and old file transfers rewrite them. */
async function onlyLineEnds(site: Site, file: string, expected: string): Promise<boolean> {
  const bytes = await site.read(file);
  if (!bytes?.includes(0x0d)) return false;
  const kept = bytes.filter((byte, at) => !(byte === 0x0d && bytes[at + 1] === 0x0a));
  return toHex(await sha256(kept)) === expected;
}

/** Whether the manifest speaks of the record at all: of its checkpoint, and so of any file. */
export function checkCovers({ files }: Manifest): Finding[] {
  if (!files.size) return [{ kind: "missing", file: MANIFEST }];
  return files.has(CHECKPOINT) ? [] : [{ kind: "unexpected", file: CHECKPOINT }];
}

/** Bodies and preserved files that the manifest lists though no entry that stands commits to them. */
export function checkUnexpected(manifest: Manifest, bodies: ReadonlySet<string>): Finding[] {
  return [...manifest.files.keys()]
    .filter((file) => /^body\/../.test(file) && !bodies.has(file))
    .map((file) => ({ kind: "unexpected", file }));
}

/** What systems, hosts and people leave in a folder: the same as `vestige.record.verify._foreign`. */
const FOREIGN = new RegExp([
  String.raw`(?:^|/)(?:\.DS_Store|\._[^/]*|\.localized|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|\.gitignore|\.gitattributes|\.gitkeep|\.nojekyll`,
  String.raw`|\.htaccess|\.nextcloudsync\.log|\.sync_[^/]*\.db|\.~lock\.[^/]*#|~\$[^/]*)$`,
  String.raw`|^(?:CNAME|_headers|_redirects|netlify\.toml|vercel\.json|robots\.txt|google[0-9a-f]+\.html)$`,
  String.raw`|^(?:\.git|\.well-known|\.Trashes|\.Trash-\d+|\.Spotlight-V100|\.fseventsd|\$RECYCLE\.BIN|System Volume Information|__MACOSX)(?:/|$)`,
].join(""), "i");

/** Files that lie there though the manifest does not list them: those that somebody could take for a part of the record, and the others. */
export function checkUnlisted(paths: readonly string[], manifest: Manifest): { findings: Finding[]; foreign: string[] } {
  const unlisted = paths.filter((path) => path !== MANIFEST && !manifest.files.has(path));
  const foreign = unlisted.filter((path) => FOREIGN.test(path));
  return { foreign, findings: unlisted.filter((path) => !FOREIGN.test(path)).map((file) => ({ kind: "unexpected", file })) };
}
