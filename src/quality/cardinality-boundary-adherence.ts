import type { Column } from '../types.ts';
import { checkSameKind } from './internal-columns.ts';
import { countByKey } from './internal-keys.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/** Result of {@link cardinalityBoundaryAdherence}. */
export interface CardinalityBoundaryMeasure extends QualityMeasure {
  /** Fewest and most children of a real parent; null without real parents. */
  readonly realRange: readonly [number, number] | null;
}

/**
 * Share of the synthetic parents whose number of children lies between the fewest and the most that a real parent has.
 *
 * 1 = all; larger is better. Source: SDMetrics 0.29, CardinalityBoundaryAdherence.
 *
 * @param real - Key of the real parent table, and the real foreign key: columns of different lengths.
 * @param synthetic - The same of the synthetic tables.
 * @returns A measure in [0, 1] whose counts are parents; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds.
 * @example
 * const real = [integerColumn('id', [1, 2]), integerColumn('of', [1, 1, 2])];
 * cardinalityBoundaryAdherence(real, [integerColumn('id', [1, 2]), integerColumn('of', [1])]).value; // => 0.5
 */
export function cardinalityBoundaryAdherence(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
): CardinalityBoundaryMeasure {
  checkSameKind(real[0], synthetic[0]);
  const a = countByKey(real).children;
  const b = countByKey(synthetic).children;
  const metric = 'cardinalityBoundaryAdherence';
  if (a.length === 0) return { ...notComputed(metric, 'NO_REAL_VALUES', 0, b.length), realRange: null };
  const low = a.reduce((least, count) => Math.min(least, count), Infinity);
  const high = a.reduce((most, count) => Math.max(most, count), 0);
  const realRange = [low, high] as const;
  if (b.length === 0) return { ...notComputed(metric, 'NO_SYNTHETIC_VALUES', a.length, 0), realRange };
  let inside = 0;
  for (const count of b) if (count >= low && count <= high) inside++;
  return { ...computed(metric, inside / b.length, a.length, b.length), realRange };
}
