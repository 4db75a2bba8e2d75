/**
 * The check of a whole record: every entry, every signature, every body, every file.
 *
 * It answers "unchanged since it was entered, by somebody who held the key", and not that what was entered is so. It reads only published
 * files, so that it asks no more trust of the host than the bytes themselves earn.
 */

import { bodyPath } from "../ledger/envelope.ts";
import type { Leaf } from "../ledger/rules.ts";
import { entryAt, Judgement } from "./entries.ts";
import { checkCovers, checkUnexpected, checkUnlisted } from "./files.ts";
import { checkpointStep, filesStep, type Ground, listedIn, notWorthWalking, type Options, readGround, summary } from "./ground.ts";
import { readLedger } from "./ledger.ts";
import { type Finding, type Report, type Step, step } from "./report.ts";
import type { Site } from "./site.ts";
import { earlierWitnesses, withEarlier } from "./witnessed.ts";

/** Check everything that is published. */
export async function checkRecord(from: Site, options: Options = {}): Promise<Report> {
  const ground = await readGround(from, options);
  const { checkpoint, steps } = ground;
  const everyFile = ground.manifest ? [...ground.manifest.files.keys()] : [];
  const onlyFiles = async (before: readonly Step[]): Promise<Report> =>
    ({ steps: [...before, ...(await filesStep(ground, null, everyFile))], foreign: [], ...(await summary(checkpoint, [])) });
  if (!checkpoint) return onlyFiles(steps);
  const stop = await notWorthWalking(ground, checkpoint);
  if (stop) return { steps: [...steps, step("checkpoint", 1, stop)], foreign: [], ...(await summary(checkpoint, [])) };
  const { size } = checkpoint;
  const ledger = await readLedger(ground.site, checkpoint, (done) => ground.progress("tree", done, size));
  const tree = step("tree", size, ledger.findings);
  if (!ledger.leaves) return onlyFiles([...steps, tree]);
  const entries = await Promise.all(ledger.leaves.map((leaf, index) => entryAt(index, leaf)));
  const judgement = new Judgement(ground.site, false, listedIn(ground));
  if (ground.able) await judgement.judge(entries, () => true, (done) => ground.progress("signatures", done, size));
  const { policy, policies } = judgement.rules;
  const files = unlisted(ground, entries);
  const earlier = await earlierWitnesses(ground, checkpoint, policies);
  const known = await summary(checkpoint, policies);
  return {
    steps: [
      withEarlier(await checkpointStep(ground, checkpoint, policy), earlier), ...steps, tree, signaturesStep(ground, judgement, entries, size),
      await bodiesStep(ground, judgement, entries), ...(await filesStep(ground, policy, everyFile, files.findings)),
    ],
    foreign: files.foreign, unknown: judgement.unknown(entries), ...known, witnesses: [...known.witnesses, ...earlier.seen],
  };
}

/** Files that no entry and no line of the manifest asks for. */
function unlisted({ manifest, site }: Ground, entries: readonly Leaf[]): { findings: Finding[]; foreign: string[] } {
  if (!manifest) return { findings: [], foreign: [] };
  const known = new Set(entries.flatMap(({ envelope }) => (envelope ? [bodyPath(envelope.body)] : [])));
  const lying = checkUnlisted(site.paths ?? [], manifest);
  return { findings: [...checkCovers(manifest), ...checkUnexpected(manifest, known), ...lying.findings], foreign: lying.foreign };
}

/** Which entries do not count, and why: nobody signed them that may, or they break a rule. */
export function signaturesStep({ able }: Ground, judgement: Judgement, entries: readonly Leaf[], size: number): Step {
  if (!able) return step("signatures", 0, [], "no-ed25519");
  return step("signatures", entries.length, judgement.findings(entries, size), judgement.rules.policy ? undefined : "no-policy");
}

/** The bodies of these entries; what the manifest does not list is `missing` unless it is `excused`. */
export async function bodiesStep(
  { manifest, progress }: Ground, judgement: Judgement, entries: readonly Leaf[], excused: (path: string) => boolean = () => false,
): Promise<Step> {
  const listed = (path: string): boolean => manifest?.files.has(path) ?? false;
  progress("bodies", 0, entries.length);
  const findings = await judgement.bodies(entries, listed, excused);
  return step("bodies", entries.length, findings, Object.keys(judgement.unknown(entries)).length ? "unknown-kind" : undefined);
}

