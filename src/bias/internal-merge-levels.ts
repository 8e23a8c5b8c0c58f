import { SynthproofError } from '../errors.ts';
import type { GroupedTable } from './grouped-table.ts';
import { MISSING_GROUP } from './internal-encode.ts';

/** All levels of several shards of a column: by size for whole numbers, else by code unit; `(missing)` last. */
function unionLevels(lists: readonly (readonly string[])[], whole = false): string[] {
  const all = new Set<string>();
  for (const list of lists) for (const level of list) all.add(level);
  const rank = (level: string): number => (level === MISSING_GROUP ? 1 : 0);
  return [...all].sort((a, b) => rank(a) - rank(b) || (whole ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0));
}

/** Puts cells into the order of their levels, controls first; cells of one group keep theirs. */
export function sortCells<C extends { readonly stratum: readonly string[]; readonly group: readonly string[] }>(
  cells: readonly C[],
  controlLevels: readonly (readonly string[])[],
  levels: readonly (readonly string[])[],
): C[] {
  const order = [...controlLevels, ...levels].map((list) => new Map(list.map((level, code) => [level, code])));
  return [...cells].sort((a, b) => {
    const left = [...a.stratum, ...a.group];
    const right = [...b.stratum, ...b.group];
    for (let k = 0; k < left.length; k++) {
      const step = order[k]!.get(left[k]!)! - order[k]!.get(right[k]!)!;
      if (step !== 0) return step;
    }
    return 0;
  });
}

/** What a merge reads of a table beside its cells. */
interface TableHead extends GroupedTable {
  readonly kind: string;
  readonly hasLabel?: boolean;
  readonly hasPrediction?: boolean;
  readonly leftOut: Readonly<Record<string, number>>;
}

/** The first of some tables with the levels and row counts of all of them; refuses none, and tables of different specs. */
export function mergeHeads<T extends TableHead>(tables: readonly T[], kind: string): T {
  const first = tables[0];
  if (first === undefined)
    throw new SynthproofError('EMPTY_INPUT', `tables: expected at least one ${kind}, received none`, {
      argument: 'tables',
    });
  const shapeOf = (table: T): string =>
    JSON.stringify([
      table.kind,
      table.version,
      table.sensitive,
      table.control,
      table.wholeLevels,
      table.hasLabel ?? null,
      table.hasPrediction ?? null,
      table.weighted,
    ]);
  const leftOut: Record<string, number> = {};
  let rows = 0;
  for (const table of tables) {
    if (shapeOf(table) !== shapeOf(first))
      throw new SynthproofError('SPEC_MISMATCH', `tables: expected ${kind}s of one and the same spec`, {
        argument: 'tables',
      });
    rows += table.rows;
    for (const [why, n] of Object.entries(table.leftOut)) leftOut[why] = (leftOut[why] ?? 0) + n;
  }
  const union = (of: (table: T) => readonly (readonly string[])[], skip: number): string[][] =>
    of(first).map((_, k) =>
      unionLevels(
        tables.map((table) => of(table)[k]!),
        first.wholeLevels[skip + k],
      ),
    );
  return {
    ...first,
    levels: union((table) => table.levels, first.control.length),
    controlLevels: union((table) => table.controlLevels, 0),
    rows,
    leftOut,
  };
}
