import { SynthproofError } from '../errors.ts';
import type { GroupCell, GroupTable } from './group-table.ts';
import { MISSING_GROUP } from './internal-encode.ts';

/**
 * The group table of the rows of several group tables together: shards counted apart give the counts of the whole.
 *
 * Counts are exact whatever the split; weight sums agree to rounding (1e-12).
 *
 * @param tables - At least one; all with the same sensitive and control columns and the same kinds of outcome.
 * @returns The sum, see {@link GroupTable}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no tables, `SPEC_MISMATCH` when they count different things.
 * @example
 * const spec = { sensitive: ['sex'], label: { column: 'hired' } };
 * const one = createTable([categoryColumn('sex', ['f', 'm']), booleanColumn('hired', [true, false])]);
 * mergeGroupTables([groupTable(one, spec), groupTable(one, spec)]).rows; // => 4
 */
export function mergeGroupTables(tables: readonly GroupTable[]): GroupTable {
  const first = tables[0];
  if (first === undefined)
    throw new SynthproofError('EMPTY_INPUT', 'tables: expected at least one group table, received none', {
      argument: 'tables',
    });
  const shape = JSON.stringify([first.sensitive, first.control, first.hasLabel, first.hasPrediction, first.weighted]);
  for (const table of tables)
    if (JSON.stringify([table.sensitive, table.control, table.hasLabel, table.hasPrediction, table.weighted]) !== shape)
      throw new SynthproofError('SPEC_MISMATCH', 'tables: expected group tables of one and the same spec', {
        argument: 'tables',
      });
  const levels = first.levels.map((_, k) => unionLevels(tables.map((table) => table.levels[k]!)));
  const controlLevels = first.controlLevels.map((_, k) => unionLevels(tables.map((table) => table.controlLevels[k]!)));
  const merged = new Map<
    string,
    { stratum: readonly string[]; group: readonly string[]; n: number[]; w: number[]; w2: number[] }
  >();
  let rows = 0;
  const leftOut = { missingLabel: 0, missingPrediction: 0, missingWeight: 0 };
  for (const table of tables) {
    rows += table.rows;
    leftOut.missingLabel += table.leftOut.missingLabel;
    leftOut.missingPrediction += table.leftOut.missingPrediction;
    leftOut.missingWeight += table.leftOut.missingWeight;
    for (const cell of table.cells) {
      const key = JSON.stringify([cell.stratum, cell.group]);
      const known = merged.get(key);
      if (known === undefined)
        merged.set(key, { stratum: cell.stratum, group: cell.group, n: [...cell.n], w: [...cell.w], w2: [...cell.w2] });
      else
        for (let k = 0; k < 4; k++) {
          known.n[k]! += cell.n[k]!;
          known.w[k]! += cell.w[k]!;
          known.w2[k]! += cell.w2[k]!;
        }
    }
  }
  const order = [...controlLevels, ...levels].map((list) => new Map(list.map((level, code) => [level, code])));
  const cells: GroupCell[] = [...merged.values()].sort((a, b) => {
    const left = [...a.stratum, ...a.group];
    const right = [...b.stratum, ...b.group];
    for (let k = 0; k < left.length; k++) {
      const step = order[k]!.get(left[k]!)! - order[k]!.get(right[k]!)!;
      if (step !== 0) return step;
    }
    return 0;
  });
  return { ...first, levels, controlLevels, cells, rows, leftOut };
}

function unionLevels(lists: readonly (readonly string[])[]): string[] {
  const all = new Set<string>();
  for (const list of lists) for (const level of list) all.add(level);
  const rank = (level: string): number => (level === MISSING_GROUP ? 1 : 0);
  return [...all].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}
