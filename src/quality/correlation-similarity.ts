import { SynthproofError } from '../errors.ts';
import type { Column } from '../types.ts';
import { checkContinuous, checkSameKind, numericCells } from './internal-columns.ts';
import {
  type Correlation,
  correlationDifferenceInterval,
  pearsonOfCells,
  spearmanOfCells,
} from './internal-correlation.ts';
import { checkedOptions, checkedShare, computed, foldedInterval, notComputed } from './internal-measure.ts';
import { checkPair } from './internal-pairs.ts';
import type { QualityMeasure, QualityMode } from './quality-measure.ts';

/** Options of {@link correlationSimilarity}. */
export interface CorrelationSimilarityOptions {
  /** `pearson` (linear) or `spearman` (ranks). Default `pearson`. */
  readonly coefficient?: 'pearson' | 'spearman' | undefined;
  /** No figure unless the real correlation is larger than this in size; 0 to 1. Default 0: every pair counts. */
  readonly realCorrelationThreshold?: number | undefined;
  /**
   * In `compat` mode a real correlation of exactly 0 gives no figure at threshold 0, as in SDMetrics; in `strict` mode
   * it does. Default `strict`.
   */
  readonly mode?: QualityMode | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link correlationSimilarity}. */
export interface CorrelationSimilarityMeasure extends QualityMeasure {
  /** The coefficient that was compared. */
  readonly coefficient: 'pearson' | 'spearman';
  /** Real correlation, -1 to 1, or null. */
  readonly real: number | null;
  /** Synthetic correlation; null also when the real one is under the threshold. */
  readonly synthetic: number | null;
}

/**
 * One minus half the difference between the correlations of two numeric columns.
 *
 * 1 = the same correlation, 0 = +1 against -1; larger is better. Two unrelated columns score about .5 against a perfect
 * relation, so read it beside a noise floor. Rows in which either cell is missing are left out. Blind to a change of
 * scale or place: see {@link ksComplement} for those. The interval joins Fisher's z intervals (Zou 2007).
 * Source: SDMetrics 0.29, CorrelationSimilarity.
 *
 * @param real - Two number, integer or datetime columns of the real table, of equal length.
 * @param synthetic - The same two columns of the synthetic table.
 * @param options - See {@link CorrelationSimilarityOptions}.
 * @returns A measure in [0, 1]; reasons `CONSTANT_REAL`, `CONSTANT_SYNTHETIC`, `TOO_FEW_VALUES`, `NOT_FINITE`, `BELOW_THRESHOLD`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `LENGTH_MISMATCH`, `BAD_OPTION`, `OUT_OF_RANGE`.
 * @example
 * const x = numberColumn('x', [1, 2, 3]);
 * const y = numberColumn('y', [1, 2, 3]);
 * correlationSimilarity([x, y], [x, numberColumn('y', [3, 2, 1])]).value; // => 0
 */
export function correlationSimilarity(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  options: CorrelationSimilarityOptions = {},
): CorrelationSimilarityMeasure {
  const { coefficient = 'pearson' } = options;
  const { mode, level } = checkedOptions(options);
  if (coefficient !== 'pearson' && coefficient !== 'spearman')
    throw new SynthproofError(
      'BAD_OPTION',
      `coefficient: expected 'pearson' or 'spearman', received ${String(coefficient)}`,
      { argument: 'coefficient' },
    );
  const threshold = checkedShare(options.realCorrelationThreshold, 0, 'realCorrelationThreshold');
  checkPair(real, 'real');
  checkPair(synthetic, 'synthetic');
  for (let k = 0; k < 2; k++) {
    checkContinuous(real[k]!, 'real', 'correlationSimilarity');
    checkSameKind(real[k]!, synthetic[k]!);
  }
  const correlate = coefficient === 'spearman' ? spearmanOfCells : pearsonOfCells;
  const r1 = correlate(numericCells(real[0]), numericCells(real[1]));
  const applied = threshold > 0 || mode === 'compat';
  if (r1.value !== null && applied && Math.abs(r1.value) <= threshold)
    return {
      ...notComputed('correlationSimilarity', 'BELOW_THRESHOLD', r1.n, 0),
      coefficient,
      real: r1.value,
      synthetic: null,
    };
  const r2 = correlate(numericCells(synthetic[0]), numericCells(synthetic[1]));
  return {
    ...compareCorrelations(r1, r2, level, coefficient === 'spearman'),
    coefficient,
    real: r1.value,
    synthetic: r2.value,
  };
}

/** The measure from two correlations. */
export function compareCorrelations(
  real: Correlation,
  synthetic: Correlation,
  level: number,
  ranks: boolean,
): QualityMeasure {
  const metric = 'correlationSimilarity';
  if (real.value === null || synthetic.value === null) {
    const [reason, side] = real.reason ? [real.reason, 'REAL' as const] : [synthetic.reason!, 'SYNTHETIC' as const];
    return notComputed(metric, reason === 'CONSTANT' ? `CONSTANT_${side}` : reason, real.n, synthetic.n);
  }
  const difference = correlationDifferenceInterval(real.value, real.n, synthetic.value, synthetic.n, level, ranks);
  const interval = difference && foldedInterval(difference, 2, 'zou-fisher-z-folded');
  return computed(metric, 1 - Math.abs(real.value - synthetic.value) / 2, real.n, synthetic.n, interval);
}
