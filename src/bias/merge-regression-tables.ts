import { addExact, exactText, readExactText } from './internal-exact-moments.ts';
import { mergeHeads, sortCells } from './internal-merge-levels.ts';
import { REGRESSION_SUMS, type RegressionCell, type RegressionSum, type RegressionTable } from './regression-table.ts';

/**
 * The regression table of the rows of several regression tables together: exactly what {@link regressionTable} makes of all rows
 * at once, in whatever parts and order they come.
 *
 * @param tables - At least one; all of one and the same spec.
 * @returns The sum, see {@link RegressionTable}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no tables, `SPEC_MISMATCH` when they add up different things, `BAD_VALUE`
 * for a sum that is none.
 * @example
 * const spec = { sensitive: ['sex'], label: 'y', prediction: 'guess' };
 * const one = createTable([categoryColumn('sex', ['f']), numberColumn('y', [1]), numberColumn('guess', [4])]);
 * mergeRegressionTables([regressionTable(one, spec), regressionTable(one, spec)]).cells[0].sums.e; // => '3p1'
 */
export function mergeRegressionTables(tables: readonly RegressionTable[]): RegressionTable {
  const head = mergeHeads(tables, 'regression table');
  const parts = new Map<string, RegressionCell>();
  for (const table of tables)
    for (const cell of table.cells) {
      const key = JSON.stringify([cell.stratum, cell.group]);
      const known = parts.get(key);
      parts.set(key, known === undefined ? cell : addCells(known, cell));
    }
  return { ...head, cells: sortCells([...parts.values()], head.controlLevels, head.levels) };
}

function addCells(a: RegressionCell, b: RegressionCell): RegressionCell {
  const sums = REGRESSION_SUMS.map((name) => [
    name,
    exactText(addExact(readExactText(a.sums[name]), readExactText(b.sums[name]))),
  ]);
  return { ...a, n: a.n + b.n, sums: Object.fromEntries(sums) as Record<RegressionSum, string> };
}
