/** Who joined a call, counted again: bodies, named persons, retracted, never one number; the same as `vestige.keeping.acts._calls`. */

import type { Finding } from "./findings.ts";
import { type Files, wordingOf } from "./recount.ts";
import type { Call, Json } from "./shapes.ts";

export interface Joined {
  readonly bodies: number;
  readonly persons: number;
  readonly retracted: number;
  readonly findings: readonly Finding[];
}

/** Count endorsements: each in the call's wording, its evidence there, nobody twice. */
export async function countJoined(call: Call, endorsements: readonly { readonly entry: string; readonly body: Json }[], read: Files): Promise<Joined> {
  const wording = await wordingOf(call);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, { entry, body }] of endorsements.entries()) {
    const number = index + 1;
    if (statusOf(body) === "candidate") continue;
    if (call.conducted === "here" && body.wording !== wording) findings.push({ file: entry, number, rule: "wording" });
    for (const file of filesOf(body)) if (!(await read(file))) findings.push({ file, number, rule: "missing" });
    const who = whoOf(body);
    if (seen.has(who)) findings.push({ file: entry, number, rule: "doubled" });
    seen.add(who);
  }
  const confirmed = endorsements.filter(({ body }) => statusOf(body) === "confirmed" && body.sample !== true);
  return {
    bodies: confirmed.filter(({ body }) => body.capacity === "body").length, persons: confirmed.filter(({ body }) => body.capacity === "person").length,
    retracted: endorsements.filter(({ body }) => statusOf(body) === "retracted").length, findings,
  };
}

const statusOf = (body: Json): unknown => body.status ?? "candidate";

function filesOf({ evidence }: Json): string[] {
  const files: unknown[] = Array.isArray(evidence) ? evidence.map((one: Json | null) => one?.file) : [];
  return files.filter((file): file is string => typeof file === "string" && /^[0-9a-f]{64}$/.test(file));
}

function whoOf({ by }: Json): string {
  const { actor, name, organisation } = (by ?? {}) as Json;
  return typeof actor === "string" ? actor : knownBy(String(name ?? ""), String(organisation ?? ""));
}

const UNSEEN = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/gu;

/** What a person or body is told apart by where no actor says who it is, as `vestige.entries.known_by` gives it: two names that differ by what no reader sees are one. */
export const knownBy = (name: string, organisation: string): string =>
  `${name} / ${organisation}`.normalize("NFKC").replace(UNSEEN, "").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
