import type { Table } from '../types.ts';
import { checkTable } from './internal-match-columns.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/**
 * Share of columns, of those that either table has, that both have with the same name and kind.
 *
 * 1 = the same columns; larger is better. Order does not matter. Source: SDMetrics 0.29, TableStructure.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @returns A measure in [0, 1]; `nReal` and `nSynthetic` count columns; reason `NOTHING_TO_AVERAGE` when neither has a column.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` for a malformed table.
 * @example
 * const real = createTable([integerColumn('a', [1]), integerColumn('b', [1])]);
 * tableStructure(real, createTable([integerColumn('a', [1]), textColumn('b', ['1'])])).value; // => 0.3333333333333333
 */
export function tableStructure(real: Table, synthetic: Table): QualityMeasure {
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const kinds = new Map<string, string>();
  for (const column of real.columns) kinds.set(column.name, column.kind);
  let common = 0;
  for (const column of synthetic.columns) if (kinds.get(column.name) === column.kind) common++;
  const all = real.columns.length + synthetic.columns.length - common;
  if (all === 0) return notComputed('tableStructure', 'NOTHING_TO_AVERAGE', 0, 0);
  return computed('tableStructure', common / all, real.columns.length, synthetic.columns.length);
}
