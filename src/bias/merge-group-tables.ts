import type { GroupCell, GroupTable } from './group-table.ts';
import { mergeHeads, sortCells } from './internal-merge-levels.ts';

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
  const head = mergeHeads(tables, 'group table');
  const merged = new Map<
    string,
    { stratum: readonly string[]; group: readonly string[]; n: number[]; w: number[]; w2: number[] }
  >();
  for (const table of tables)
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
  const cells = sortCells<GroupCell>([...merged.values()], head.controlLevels, head.levels);
  return { ...head, cells };
}
