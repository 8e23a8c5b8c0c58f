import { SynthproofError } from '../errors.ts';
import type { GroupCell, GroupTable } from './group-table.ts';
import { sortCells, unionLevels } from './internal-merge-levels.ts';

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
  const cells = sortCells<GroupCell>([...merged.values()], controlLevels, levels);
  return { ...first, levels, controlLevels, cells, rows, leftOut };
}
