/** Checking files against the manifest. */

import { equal, sha256, toHex } from "../ledger/bytes.ts";
import { type Checkpoint, type Manifest, parseManifest, signedBy } from "../ledger/note.ts";
import type { Policy } from "../ledger/envelope.ts";
import { keepersOf } from "./entries.ts";
import type { Finding } from "./report.ts";
import { inParallel, type Site } from "./site.ts";

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

/** Whether a keeper has signed the manifest and it speaks of this state of the ledger. */
export async function checkManifest(manifest: Manifest, checkpoint: Checkpoint, policy: Policy): Promise<Finding[]> {
  const keys = keepersOf(policy).map((key) => ({ ...key, name: `${policy.origin}/manifest` }));
  if (!(await signedBy(manifest.note, keys))) return [{ kind: "unsigned", file: MANIFEST }];
  const same = manifest.origin === checkpoint.origin && manifest.size === checkpoint.size && equal(manifest.root, checkpoint.root);
  return same ? [] : [{ kind: "modified", file: MANIFEST }];
}

/** Whether these files have the bytes that the manifest lists. */
export async function checkFiles(
  site: Site, manifest: Manifest, paths: readonly string[], progress: (done: number) => void,
): Promise<Finding[]> {
  let done = 0;
  const found = await inParallel(paths, async (file): Promise<Finding | null> => {
    const expected = manifest.files.get(file);
    if (expected === undefined) return { kind: "unexpected", file };
    const bytes = await site.read(file);
    progress(++done);
    if (bytes === null) return { kind: "missing", file };
    return toHex(await sha256(bytes)) === expected ? null : { kind: "modified", file };
  });
  return found.filter((finding) => finding !== null);
}

/** Bodies and preserved files that the manifest lists though no entry that stands commits to them. */
export function checkUnexpected(manifest: Manifest, bodies: ReadonlySet<string>): Finding[] {
  return [...manifest.files.keys()]
    .filter((file) => /^body\/../.test(file) && !bodies.has(file))
    .map((file) => ({ kind: "unexpected", file }));
}
