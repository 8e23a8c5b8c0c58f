import type { Column } from '../types.ts';
import { checkContinuous, checkSameKind, pointsOf, sortedValues } from './internal-columns.ts';
import { ksInterval, ksOfSorted, roundTo14 } from './internal-ks.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/**
 * One minus the two-sample Kolmogorov-Smirnov distance of a numeric or datetime column: how alike two distributions are.
 *
 * 1 = the same empirical distribution, 0 = disjoint; larger is better. Missing cells and NaN are left out. In `compat`
 * mode values are rounded to 14 decimals first, as SDMetrics does (this erases columns whose unit is very small).
 * The interval is a Dvoretzky-Kiefer-Wolfowitz band: valid at every sample size, conservative.
 * Source: SDMetrics 0.29, KSComplement.
 *
 * @param real - Number, integer or datetime column.
 * @param synthetic - Column of the same kind; number and integer may be mixed.
 * @param options - See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when the columns hold no numbers or are of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * ksComplement(numberColumn('x', [1, 2, 3, 4]), numberColumn('x', [1, 2, 3, 40])).value; // => 0.75
 */
export function ksComplement(real: Column, synthetic: Column, options: QualityMeasureOptions = {}): QualityMeasure {
  const { mode, level } = checkedOptions(options);
  checkContinuous(real, 'real', 'ksComplement');
  checkSameKind(real, synthetic);
  const a = sortedValues(pointsOf(real));
  const b = sortedValues(pointsOf(synthetic));
  if (a.length === 0) return notComputed('ksComplement', 'NO_REAL_VALUES', 0, b.length);
  if (b.length === 0) return notComputed('ksComplement', 'NO_SYNTHETIC_VALUES', a.length, 0);
  if (mode === 'compat') {
    roundTo14(a);
    roundTo14(b);
  }
  const distance = ksOfSorted(a, b);
  return computed('ksComplement', 1 - distance, a.length, b.length, ksInterval(distance, a.length, b.length, level));
}
