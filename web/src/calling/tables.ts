/** The k-step rule of published tables: the same as `vestige.calling._steps`. */

export interface Table {
  readonly cells: ReadonlyMap<string, number>;
  readonly rest: number;
}

export const sumOf = ({ cells, rest }: Table): number => [...cells.values()].reduce((sum, number) => sum + number, rest);

/** The names of the numbers by which any two published tables, or a table and none, single out fewer than k: cells, `rest`, `total`. */
export function breaches(published: readonly Table[], k: number): string[] {
  const history: Table[] = [{ cells: new Map(), rest: 0 }, ...published];
  const names = [...new Set(published.flatMap(({ cells }) => [...cells.keys()]))].sort();
  const series: [string, number[]][] = [
    ...names.map((name): [string, number[]] => [name, history.map(({ cells }) => cells.get(name) ?? 0)]),
    ["rest", history.map(({ rest }) => rest)], ["total", history.map(sumOf)],
  ];
  return series.filter(([, values]) => leastGap(values) < k).map(([name]) => name);
}

function leastGap(values: readonly number[]): number {
  const ordered = [...new Set(values)].sort((a, b) => a - b);
  return Math.min(...ordered.slice(1).map((value, at) => value - ordered[at]));
}
