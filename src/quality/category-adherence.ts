import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { Column } from '../types.ts';
import { checkSameKind, levelPair } from './internal-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import { countCodes } from './internal-variation.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/**
 * Share of synthetic cells whose level occurs in the real column.
 *
 * 1 = no invented level; larger is better. Missing counts as a level: a missing synthetic cell adheres when the real
 * column has a missing cell too. The interval is Wilson's for that share. Source: SDMetrics 0.29, CategoryAdherence.
 *
 * @param real - Category, boolean or other column.
 * @param synthetic - Column of the same kind.
 * @param options - Only `level` has an effect. See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1]; reason `NO_SYNTHETIC_VALUES` when the synthetic column has no row.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * categoryAdherence(categoryColumn('c', ['a', 'b']), categoryColumn('c', ['a', 'a', 'b', 'z'])).value; // => 0.75
 */
export function categoryAdherence(
  real: Column,
  synthetic: Column,
  options: QualityMeasureOptions = {},
): QualityMeasure {
  const { level } = checkedOptions(options);
  checkSameKind(real, synthetic);
  const { real: a, synthetic: b, labels } = levelPair(real, synthetic);
  // One more cell for missing.
  const realCounts = countCodes(a, labels.length + 1);
  const syntheticCounts = countCodes(b, labels.length + 1);
  if (b.length === 0) return notComputed('categoryAdherence', 'NO_SYNTHETIC_VALUES', a.length, 0);
  let known = 0;
  for (let i = 0; i <= labels.length; i++) if (realCounts[i]! > 0) known += syntheticCounts[i]!;
  return computed('categoryAdherence', known / b.length, a.length, b.length, wilsonInterval(known, b.length, level));
}
