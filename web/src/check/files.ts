/** Checking files against the manifest. */

import { type Manifest, parseManifest, signedBy } from "../ledger/note.ts";
import type { Policy } from "../ledger/envelope.ts";
import { keepersOf } from "./entries.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Reader, type Site } from "./site.ts";

export const MANIFEST = "manifest";

/** The manifest, or the finding that there is none to read. */
export async function readManifest(site: Site): Promise<Manifest | Finding> {
  const bytes = await site.read(MANIFEST);
  if (bytes === null) return { kind: "missing", file: MANIFEST };
  try {
    return parseManifest(bytes);
  } catch {
    return { kind: "modified", file: MANIFEST };
  }
}

/** Whether a keeper has signed the manifest. */
export async function checkManifest(manifest: Manifest, policy: Policy): Promise<Finding[]> {
  const signer = manifest.origin === policy.origin && (await signedBy(manifest.note, keepersOf(policy)));
  return signer ? [] : [{ kind: "unsigned", file: MANIFEST }];
}

/** Whether these files have the bytes that the manifest lists. */
export async function checkFiles(
  site: Reader, manifest: Manifest, paths: readonly string[], progress: (done: number) => void,
): Promise<Finding[]> {
  let done = 0;
  const found = await inParallel(paths, async (file): Promise<Finding | null> => {
    const expected = manifest.files.get(file);
    if (expected === undefined) return { kind: "unexpected", file };
    const digest = await site.digest(file);
    progress(++done);
    if (digest === null) return { kind: "missing", file };
    return digest === expected ? null : { kind: "modified", file };
  });
  return found.filter((finding) => finding !== null);
}

/** Bodies and preserved files that the manifest lists though no entry that stands commits to them. */
export function checkUnexpected(manifest: Manifest, bodies: ReadonlySet<string>): Finding[] {
  return [...manifest.files.keys()]
    .filter((file) => /^body\/../.test(file) && !bodies.has(file))
    .map((file) => ({ kind: "unexpected", file }));
}
