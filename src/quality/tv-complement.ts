import type { Column } from '../types.ts';
import { checkSameKind, levelPair } from './internal-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import { regularisedTv } from './internal-tv.ts';
import { countCodes, variationInterval, variationOf } from './internal-variation.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/**
 * One minus the total variation distance between the shares of a column's levels.
 *
 * 1 = equal shares, 0 = no level in common; larger is better. Missing cells are left out (see
 * {@link missingValueSimilarity} for them). Columns of any kind are taken level by level. In `compat` mode a level that
 * the real column lacks counts as 1e-6 real rows, as in SDMetrics. Sampling alone lowers the figure, the more so the
 * more levels there are: the interval allows for it (McDiarmid's inequality plus the plugged-in bias).
 * Source: SDMetrics 0.29, TVComplement.
 *
 * @param real - Category, boolean or other column.
 * @param synthetic - Column of the same kind.
 * @param options - See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * tvComplement(categoryColumn('c', ['a', 'a', 'b', 'b']), categoryColumn('c', ['a', 'a', 'a', 'b'])).value; // => 0.75
 */
export function tvComplement(real: Column, synthetic: Column, options: QualityMeasureOptions = {}): QualityMeasure {
  const { mode, level } = checkedOptions(options);
  checkSameKind(real, synthetic);
  const pair = levelPair(real, synthetic);
  const a = countCodes(pair.real, pair.labels.length);
  const b = countCodes(pair.synthetic, pair.labels.length);
  const variation = variationOf(a, b);
  const { nReal, nSynthetic } = variation;
  if (nReal === 0) return notComputed('tvComplement', 'NO_REAL_VALUES', 0, nSynthetic);
  if (nSynthetic === 0) return notComputed('tvComplement', 'NO_SYNTHETIC_VALUES', nReal, 0);
  const value = mode === 'compat' ? regularisedTv(a, b) : 1 - variation.distance;
  return computed('tvComplement', value, nReal, nSynthetic, variationInterval(variation, level));
}
