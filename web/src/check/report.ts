/** What a check found, as values; words come later, in the reader's language. */

/** The four findings of docs/format.md, kept apart. */
export type Kind = "modified" | "missing" | "unexpected" | "unsigned";

export interface Finding {
  readonly kind: Kind;
  /** The file, from the top of the site. */
  readonly file: string;
  /** The entry, when one is meant. */
  readonly entry?: number;
}

export type StepName = "checkpoint" | "tree" | "proofs" | "signatures" | "bodies" | "files";

/** Why a step could not be done. */
export type Obstacle = "no-ed25519" | "no-policy" | "no-ledger" | "no-manifest";

export interface Step {
  readonly name: StepName;
  /** How many things were looked at. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly obstacle?: Obstacle;
}

export interface Report {
  readonly steps: readonly Step[];
  readonly ledger?: { readonly origin: string; readonly size: number; readonly root: string };
  /** Fingerprints of the keys that were met, with the name the policy gives their owner. */
  readonly keys: readonly { readonly fingerprint: string; readonly owner: string; readonly keeper: boolean }[];
}

export const findingsOf = (report: Report): Finding[] => report.steps.flatMap((step) => step.findings);

/** "changed" when anything was found, "partly" when a step could not be done, else "unchanged". */
export function verdict(report: Report): "unchanged" | "changed" | "partly" {
  if (findingsOf(report).length) return "changed";
  return report.steps.some((step) => step.obstacle) ? "partly" : "unchanged";
}
