import { newcombeInterval } from '../stats/newcombe-interval.ts';
import { columnLength } from '../table/column-length.ts';
import { missingCount } from '../table/missing-count.ts';
import type { Column } from '../types.ts';
import { checkedOptions, computed, foldedInterval, notComputed } from './internal-measure.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/** Result of {@link missingValueSimilarity}. */
export interface MissingValueSimilarityMeasure extends QualityMeasure {
  /** Share of missing real cells; null without rows. */
  readonly realShare: number | null;
  /** Share of missing synthetic cells; null without rows. */
  readonly syntheticShare: number | null;
}

/**
 * One minus the difference between the shares of missing cells.
 *
 * 1 = equal shares; larger is better. Only the validity bitmap says what is missing: NaN in a number column is a value.
 * The interval folds Newcombe's interval of the difference of two shares. Source: SDMetrics 0.29, MissingValueSimilarity.
 *
 * @param real - Any column.
 * @param synthetic - Any column.
 * @param options - Only `level` has an effect. See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES` for a column without rows.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * missingValueSimilarity(numberColumn('x', [1, null, 3, 4]), numberColumn('x', [1, 2, 3, 4])).value; // => 0.75
 */
export function missingValueSimilarity(
  real: Column,
  synthetic: Column,
  options: QualityMeasureOptions = {},
): MissingValueSimilarityMeasure {
  const { level } = checkedOptions(options);
  const nReal = columnLength(real);
  const nSynthetic = columnLength(synthetic);
  const realMissing = missingCount(real);
  const syntheticMissing = missingCount(synthetic);
  const realShare = nReal > 0 ? realMissing / nReal : null;
  const syntheticShare = nSynthetic > 0 ? syntheticMissing / nSynthetic : null;
  if (realShare === null || syntheticShare === null) {
    const reason = realShare === null ? 'NO_REAL_VALUES' : 'NO_SYNTHETIC_VALUES';
    return { ...notComputed('missingValueSimilarity', reason, nReal, nSynthetic), realShare, syntheticShare };
  }
  const difference = newcombeInterval(realMissing, nReal, syntheticMissing, nSynthetic, level);
  const value = 1 - Math.abs(realShare - syntheticShare);
  const base = computed(
    'missingValueSimilarity',
    value,
    nReal,
    nSynthetic,
    foldedInterval(difference, 1, 'newcombe-folded'),
  );
  return { ...base, realShare, syntheticShare };
}
