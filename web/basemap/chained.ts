/**
 * Lines in few long pieces. Natural Earth stores a boundary in many short ones, which simplifying for small scales drops one by one:
 * an agreed boundary would look dashed, and dashed means disputed.
 */

import type { Position } from "geojson";

/** Join pieces end to end wherever exactly two of them meet; every edge stays, once. */
export function chained(parts: readonly Position[][]): Position[][] {
  const meeting = new Map<string, number[]>();
  parts.forEach((part, at) => {
    for (const end of [part[0], part[part.length - 1]]) meeting.set(key(end), [...(meeting.get(key(end)) ?? []), at]);
  });
  const used = new Set<number>();
  const grow = (line: Position[]): Position[] => {
    for (;;) {
      const end = line[line.length - 1];
      const at = meeting.get(key(end)) ?? [];
      const next = at.length === 2 ? at.find((each) => !used.has(each)) : undefined;
      if (next === undefined) return line;
      used.add(next);
      const part = parts[next];
      line.push(...(key(part[0]) === key(end) ? part : part.toReversed()).slice(1));
    }
  };
  return parts.flatMap((part, at) => {
    if (used.has(at)) return [];
    used.add(at);
    return [grow(grow([...part]).toReversed())];
  });
}

const key = (position: Position): string => position.join();
