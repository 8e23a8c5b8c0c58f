import { SynthproofError } from '../errors.ts';
import { mean } from '../stats/mean.ts';
import { median } from '../stats/median.ts';
import { standardDeviation } from '../stats/standard-deviation.ts';
import type { Column } from '../types.ts';
import { sequencesOf } from './internal-keys.ts';
import { ksComplement } from './ks-complement.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/** Options of {@link statisticMsas}. */
export interface StatisticMsasOptions extends QualityMeasureOptions {
  /** What is computed of each sequence; `std` is the sample deviation. Default `mean`. */
  readonly statistic?: 'mean' | 'median' | 'std' | 'min' | 'max' | undefined;
}

/**
 * How alike a statistic of the sequences is (multi-sequence aggregate similarity): {@link ksComplement} of the statistic of
 * each sequence.
 *
 * 1 = the same distribution over the sequences; larger is better. Missing cells are left out of their sequence; a sequence
 * without a value (for `std`: with fewer than two) is left out. Source: SDMetrics 0.29, StatisticMSAS.
 *
 * @param real - Sequence key and numeric or datetime column of the real table, of equal length.
 * @param synthetic - The same two columns of the synthetic table.
 * @param options - See {@link StatisticMsasOptions}.
 * @returns A measure in [0, 1] whose counts are sequences; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `LENGTH_MISMATCH`, `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const key = categoryColumn('patient', ['a', 'a', 'b', 'b']);
 * const real = [key, numberColumn('pulse', [60, 70, 80, 90])];
 * statisticMsas(real, [key, numberColumn('pulse', [65, 65, 70, 70])]).value; // => 0.5
 */
export function statisticMsas(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  options: StatisticMsasOptions = {},
): QualityMeasure {
  const { statistic = 'mean', ...shared } = options;
  if (!['mean', 'median', 'std', 'min', 'max'].includes(statistic))
    throw new SynthproofError(
      'BAD_OPTION',
      `statistic: expected mean, median, std, min or max, received ${String(statistic)}`,
      { argument: 'statistic' },
    );
  const column = (pair: readonly [Column, Column], argument: string): Column => {
    const sequences = sequencesOf(pair, argument, 'statisticMsas');
    const values = Float64Array.from(sequences, (sequence) => statisticOf(sequence, statistic));
    return { kind: 'number', name: pair[1].name, values };
  };
  return { ...ksComplement(column(real, 'real'), column(synthetic, 'synthetic'), shared), metric: 'statisticMsas' };
}

function statisticOf(sequence: readonly number[], statistic: 'mean' | 'median' | 'std' | 'min' | 'max'): number {
  const present = sequence.filter((value) => !Number.isNaN(value));
  if (present.length === 0 || (statistic === 'std' && present.length < 2)) return Number.NaN;
  if (statistic === 'mean') return mean(present);
  if (statistic === 'median') return median(present);
  if (statistic === 'std') return standardDeviation(present);
  return present.reduce((a, b) => (statistic === 'min' ? Math.min(a, b) : Math.max(a, b)));
}
