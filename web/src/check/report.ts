/** What a check found, as values; words come later, in the reader's language. */

/** The findings of docs/format.md, kept apart. */
export type Kind = "modified" | "missing" | "unexpected" | "unsigned" | "not-allowed" | "malformed";

/** Why, where the kind alone would leave a reader to guess. */
export type Why =
  /** The checkpoint's hash is not that of the tiles of its size. */
  | "other-root"
  /** No signed note, no checkpoint, no manifest. */
  | "no-note"
  | "too-large"
  /** Signed by a log of another name or by another key than the one that was asked for. */
  | "other-key"
  /** The text in the window is not that of the file. */
  | "window"
  /** A page's JSON tells other entries than the page. */
  | "twin"
  /** An earlier checkpoint is not the beginning of this ledger. */
  | "other-history"
  /** A witness's line that does not fit. */
  | "cosignature"
  /** Only the ends of lines differ: a tool that moved the copy rewrote them. */
  | "line-ends"
  /** A rule of who may do what, or of the form of an entry: see ledger/rules.ts. */
  | `rule-${string}`;

export interface Finding {
  readonly kind: Kind;
  /** The file, from the top of the site. */
  readonly file: string;
  /** The entry, when one is meant. */
  readonly entry?: number;
  readonly why?: Why;
  /** What stands there, and what was signed, in a few words of the page itself. */
  readonly seen?: string;
  readonly expected?: string;
}

export type StepName = "checkpoint" | "tree" | "proofs" | "signatures" | "bodies" | "files" | "window";

/** Why a step could not be done. */
export type Obstacle = "no-ed25519" | "no-policy" | "no-ledger" | "no-manifest" | "unknown-kind" | "quorum";

export interface Step {
  readonly name: StepName;
  /** How many things were looked at. */
  readonly checked: number;
  readonly findings: readonly Finding[];
  readonly obstacle?: Obstacle;
}

/** A key that was met. */
export interface KeySeen {
  readonly fingerprint: string;
  readonly owner: string;
  readonly role: string;
  readonly retired: boolean;
  /** The key as other log clients read it, for the key that signs the log. */
  readonly vkey?: string;
}

/** A witness that cosigned the checkpoint, and when by its clock; `size` where it saw an earlier one, of so many entries. */
export interface WitnessSeen {
  readonly name: string;
  readonly time: Date;
  readonly size?: number;
}

export interface Report {
  readonly steps: readonly Step[];
  readonly ledger?: { readonly origin: string; readonly size: number; readonly root: string };
  readonly keys: readonly KeySeen[];
  readonly witnesses: readonly WitnessSeen[];
  /** Files beside the record that no reader would take for a part of it. */
  readonly foreign: readonly string[];
  /** How many entries are of kinds that this check does not know. */
  readonly unknown?: Readonly<Record<string, number>>;
}

export const findingsOf = (report: Report): Finding[] => report.steps.flatMap((step) => step.findings);

/** "changed" when anything was found, "partly" when a step could not be done, else "unchanged". */
export function verdict(report: Report): "unchanged" | "changed" | "partly" {
  if (findingsOf(report).length) return "changed";
  return report.steps.some((step) => step.obstacle) ? "partly" : "unchanged";
}

export const step = (name: StepName, checked: number, findings: readonly Finding[], obstacle?: Obstacle): Step =>
  obstacle ? { name, checked, findings, obstacle } : { name, checked, findings };
