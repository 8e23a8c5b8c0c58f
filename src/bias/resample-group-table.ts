import { SynthproofError } from '../errors.ts';
import { multinomial } from '../random/multinomial.ts';
import type { Rng } from '../types.ts';
import type { GroupTable } from './group-table.ts';

/**
 * One bootstrap resample of a group table: what drawing its rows with replacement would give, as a single multinomial draw
 * over the cells. It costs the same at any number of rows.
 *
 * Resample, compute any figure, take quantiles: the percentile bootstrap of Fairlearn's MetricFrame. Beware of it for a greatest minus
 * a least rate: its interval leaves 0 out even when all groups are equal; {@link demographicParityDifference} and its siblings have intervals that hold.
 *
 * @param cells - From {@link groupTable}, without weights.
 * @param rng - Source of the draw.
 * @returns A group table with as many rows. Groups may drop to no rows: they are then absent from `cells`.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a weighted table, whose cells do not tell the rows' weights.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const cells = groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } });
 * resampleGroupTable(cells, createRng('demo')).rows; // => 4
 */
export function resampleGroupTable(cells: GroupTable, rng: Rng): GroupTable {
  if (cells.weighted)
    throw new SynthproofError('SPEC_MISMATCH', 'cells: expected counts without weights; resample the rows themselves', {
      argument: 'cells',
    });
  const counts = new Float64Array(cells.cells.length * 4);
  for (let g = 0; g < cells.cells.length; g++) counts.set(cells.cells[g]!.n, g * 4);
  if (cells.rows === 0) return cells;
  const drawn = multinomial(rng, cells.rows, counts);
  const out = cells.cells.map((cell, g) => {
    const n = Array.from(drawn.subarray(g * 4, g * 4 + 4));
    return { ...cell, n, w: n, w2: n };
  });
  return { ...cells, cells: out.filter((cell) => cell.n.some((count) => count > 0)) };
}
