import { compareCorrelations } from './correlation-similarity.ts';
import { cellVariation, countCells, cramersVOfCells } from './internal-contingency.ts';
import { type Correlation, pearsonOfCells } from './internal-correlation.ts';
import { ksInterval, ksOfSorted } from './internal-ks.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { PreparedColumn } from './internal-quality-sides.ts';
import { regularisedTv } from './internal-tv.ts';
import { countCodes, variationInterval, variationOf } from './internal-variation.ts';
import type { QualityMeasure, QualityMode } from './quality-measure.ts';

/** How a table is scored. */
export interface ScoreSettings {
  readonly mode: QualityMode;
  readonly level: number;
  readonly correlationThreshold: number;
  readonly associationThreshold: number;
}

/** KS complement of numbers, TV complement of levels. */
export function shapeOf(real: PreparedColumn, synthetic: PreparedColumn, settings: ScoreSettings): QualityMeasure {
  const { mode, level } = settings;
  if (real.sorted && synthetic.sorted) {
    const n = real.sorted.length;
    const m = synthetic.sorted.length;
    if (n === 0) return notComputed('ksComplement', 'NO_REAL_VALUES', 0, m);
    if (m === 0) return notComputed('ksComplement', 'NO_SYNTHETIC_VALUES', n, 0);
    const distance = ksOfSorted(real.sorted, synthetic.sorted);
    return computed('ksComplement', 1 - distance, n, m, ksInterval(distance, n, m, level));
  }
  // The last code is missing: it is left out.
  const a = countCodes(real.codes!, real.size - 1);
  const b = countCodes(synthetic.codes!, real.size - 1);
  const variation = variationOf(a, b);
  const { nReal, nSynthetic } = variation;
  if (nReal === 0) return notComputed('tvComplement', 'NO_REAL_VALUES', 0, nSynthetic);
  if (nSynthetic === 0) return notComputed('tvComplement', 'NO_SYNTHETIC_VALUES', nReal, 0);
  const value = mode === 'compat' ? regularisedTv(a, b) : 1 - variation.distance;
  return computed('tvComplement', value, nReal, nSynthetic, variationInterval(variation, level));
}

/** A pair's figure and what the thresholds look at. */
export interface PairScore {
  readonly trend: QualityMeasure;
  readonly realCorrelation: number | null;
  readonly syntheticCorrelation: number | null;
  readonly realAssociation: number | null;
  readonly meetsThreshold: boolean;
}

/** Correlation similarity of two numeric columns, contingency similarity otherwise. */
export function trendOf(
  real: readonly [PreparedColumn, PreparedColumn],
  synthetic: readonly [PreparedColumn, PreparedColumn],
  settings: ScoreSettings,
): PairScore {
  if (real[0].cells && real[1].cells && synthetic[0].cells && synthetic[1].cells)
    return correlationTrend(
      pearsonOfCells(real[0].cells, real[1].cells),
      () => pearsonOfCells(synthetic[0].cells!, synthetic[1].cells!),
      settings,
    );
  return contingencyTrend(real, synthetic, settings);
}

function correlationTrend(
  real: Correlation,
  correlateSynthetic: () => Correlation,
  settings: ScoreSettings,
): PairScore {
  const threshold = settings.correlationThreshold;
  const strength = real.value === null ? null : Math.abs(real.value);
  const meetsThreshold = threshold === 0 || (strength !== null && strength > threshold);
  // The reference compares with <= even at threshold 0, so a correlation of exactly 0 has no figure there.
  if (strength !== null && (!meetsThreshold || (settings.mode === 'compat' && strength === 0)))
    return {
      trend: notComputed('correlationSimilarity', 'BELOW_THRESHOLD', real.n, 0),
      realCorrelation: real.value,
      syntheticCorrelation: null,
      realAssociation: null,
      meetsThreshold,
    };
  const synthetic = correlateSynthetic();
  return {
    trend: compareCorrelations(real, synthetic, settings.level, false),
    realCorrelation: real.value,
    syntheticCorrelation: synthetic.value,
    realAssociation: null,
    meetsThreshold,
  };
}

function contingencyTrend(
  real: readonly [PreparedColumn, PreparedColumn],
  synthetic: readonly [PreparedColumn, PreparedColumn],
  settings: ScoreSettings,
): PairScore {
  const metric = 'contingencySimilarity';
  const threshold = settings.associationThreshold;
  const [first, second] = real;
  const [otherFirst, otherSecond] = synthetic;
  const result = (trend: QualityMeasure, realAssociation: number | null, meetsThreshold: boolean): PairScore => ({
    trend,
    realCorrelation: null,
    syntheticCorrelation: null,
    realAssociation,
    meetsThreshold,
  });
  if (!first.codes || !second.codes || !otherFirst.codes || !otherSecond.codes)
    return result(notComputed(metric, 'NOT_FINITE', 0, 0), null, threshold === 0);
  const n = first.codes.length;
  const m = otherFirst.codes.length;
  if (n === 0) return result(notComputed(metric, 'NO_REAL_VALUES', 0, m), null, threshold === 0);
  if (m === 0) return result(notComputed(metric, 'NO_SYNTHETIC_VALUES', n, 0), null, threshold === 0);
  const counts = countCells(
    { first: first.codes, second: second.codes },
    { first: otherFirst.codes, second: otherSecond.codes },
    first.size,
    second.size,
  );
  const association = cramersVOfCells(counts, first.size, second.size);
  if (threshold > 0 && association === null) return result(notComputed(metric, 'ONE_LEVEL', n, m), null, false);
  if (threshold > 0 && association! <= threshold)
    return result(notComputed(metric, 'BELOW_THRESHOLD', n, m), association, false);
  const variation = cellVariation(counts);
  return result(
    computed(metric, 1 - variation.distance, n, m, variationInterval(variation, settings.level)),
    association,
    true,
  );
}

/** Mean of the numbers; null when there is none. */
export function meanOfPresent(values: readonly (number | null)[]): number | null {
  let total = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    total += value;
    count++;
  }
  return count === 0 ? null : total / count;
}
