import { columnLength } from '../table/column-length.ts';
import type { Column } from '../types.ts';
import { checkSameKind } from './internal-columns.ts';
import { countByKey } from './internal-keys.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link referentialIntegrity}. */
export interface ReferentialIntegrityMeasure extends QualityMeasure {
  /** Synthetic foreign keys that name no parent. */
  readonly orphans: number;
  /** Synthetic foreign keys that are missing: left out when the real ones have missing cells too, else they count against the figure. */
  readonly missing: number;
  /** Real foreign keys that name no parent. */
  readonly realOrphans: number;
}

/**
 * Share of the synthetic foreign keys that name a row of the synthetic parent table.
 *
 * 1 = no orphan; larger is better. Source: SDMetrics 0.29, ReferentialIntegrity (there a missing foreign key also finds a
 * missing key; here it never does).
 *
 * @param real - Key of the real parent table, and the real foreign key: columns of different lengths.
 * @param synthetic - The same of the synthetic tables.
 * @returns A measure in [0, 1] whose counts are foreign keys; reason `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds.
 * @example
 * const real = [integerColumn('id', [1, 2]), integerColumn('of', [1, 1, 2])];
 * referentialIntegrity(real, [integerColumn('id', [1, 2]), integerColumn('of', [1, 2, 2, 3])]).value; // => 0.75
 */
export function referentialIntegrity(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
): ReferentialIntegrityMeasure {
  checkSameKind(real[0], synthetic[0]);
  const source = countByKey(real);
  const { orphans, missing } = countByKey(synthetic);
  const all = columnLength(synthetic[1]);
  const n = source.missing > 0 ? all - missing : all;
  const nReal = columnLength(real[1]);
  const base =
    n === 0
      ? notComputed('referentialIntegrity', 'NO_SYNTHETIC_VALUES', nReal, 0)
      : computed('referentialIntegrity', (all - missing - orphans) / n, nReal, n);
  return { ...base, orphans, missing, realOrphans: source.orphans };
}
