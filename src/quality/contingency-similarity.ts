import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column } from '../types.ts';
import { codedColumn } from './internal-coded.ts';
import { cellVariation, countCells, cramersVOfCells } from './internal-contingency.ts';
import { checkedOptions, checkedShare, computed, notComputed } from './internal-measure.ts';
import { checkPair } from './internal-pairs.ts';
import { variationInterval } from './internal-variation.ts';
import type { QualityMeasure, QualityReason } from './quality-measure.ts';

/** Options of {@link contingencySimilarity}. */
export interface ContingencySimilarityOptions {
  /** Number of equal-width bins of a numeric or datetime column, 1 to 10,000. Default 10. */
  readonly bins?: number | undefined;
  /**
   * Whose range makes the bins: `real` = one set of edges from the real column, the outer bins open;
   * `own` = each side by its own edges, as SDMetrics' quality report does (blind to any change of scale or place; the
   * greatest value shares a bin with missing cells). Default `real`.
   */
  readonly binning?: 'real' | 'own' | undefined;
  /** No figure unless Cramer's V of the real pair is larger than this; 0 to 1. Default 0: every pair counts. */
  readonly realAssociationThreshold?: number | undefined;
  /** Nominal coverage of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link contingencySimilarity}. */
export interface ContingencySimilarityMeasure extends QualityMeasure {
  /** Cramer's V of the real pair, 0 to 1; null when a column has a single level. */
  readonly realAssociation: number | null;
}

/**
 * One minus the total variation distance between two cross tables: how alike the joint shares of two columns are.
 *
 * 1 = equal joint shares, 0 = no combination in common; larger is better. Missing is a level of its own. Numeric and
 * datetime columns are binned. Sampling alone lowers the figure, the more so the more cells there are: read it beside a
 * noise floor; the interval allows for it (McDiarmid's inequality plus the plugged-in bias).
 * Source: SDMetrics 0.29, ContingencySimilarity.
 *
 * @param real - Two columns of the real table, of equal length.
 * @param synthetic - The same two columns of the synthetic table.
 * @param options - See {@link ContingencySimilarityOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES` (no rows), `NOT_FINITE`, `ONE_LEVEL`, `BELOW_THRESHOLD`.
 * @throws {@link SynthproofError} `KIND_MISMATCH`, `LENGTH_MISMATCH`, `OUT_OF_RANGE`, `BAD_OPTION`.
 * @example
 * const a = categoryColumn('a', ['x', 'x', 'y', 'y']);
 * const b = categoryColumn('b', ['u', 'u', 'v', 'v']);
 * contingencySimilarity([a, b], [a, categoryColumn('b', ['u', 'u', 'v', 'u'])]).value; // => 0.75
 */
export function contingencySimilarity(
  real: readonly [Column, Column],
  synthetic: readonly [Column, Column],
  options: ContingencySimilarityOptions = {},
): ContingencySimilarityMeasure {
  const { bins = 10, binning = 'real' } = options;
  const { level } = checkedOptions({ level: options.level });
  const threshold = checkedShare(options.realAssociationThreshold, 0, 'realAssociationThreshold');
  if (!Number.isInteger(bins) || bins < 1 || bins > 10000)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `bins: expected a whole number from 1 to 10000, received ${String(bins)}`,
      {
        argument: 'bins',
      },
    );
  if (binning !== 'real' && binning !== 'own')
    throw new SynthproofError('BAD_OPTION', `binning: expected 'real' or 'own', received ${String(binning)}`, {
      argument: 'binning',
    });
  checkPair(real, 'real');
  checkPair(synthetic, 'synthetic');
  const nReal = columnLength(real[0]);
  const nSynthetic = columnLength(synthetic[0]);
  const failed = (reason: QualityReason, realAssociation: number | null): ContingencySimilarityMeasure => ({
    ...notComputed('contingencySimilarity', reason, nReal, nSynthetic),
    realAssociation,
  });
  const first = codedColumn(real[0], synthetic[0], bins, binning === 'own');
  const second = codedColumn(real[1], synthetic[1], bins, binning === 'own');
  if (nReal === 0) return failed('NO_REAL_VALUES', null);
  if (nSynthetic === 0) return failed('NO_SYNTHETIC_VALUES', null);
  if (first === null || second === null) return failed('NOT_FINITE', null);
  const counts = countCells(
    { first: first.real, second: second.real },
    { first: first.synthetic, second: second.synthetic },
    first.size,
    second.size,
  );
  const association = cramersVOfCells(counts, first.size, second.size);
  if (threshold > 0 && association === null) return failed('ONE_LEVEL', null);
  if (threshold > 0 && association! <= threshold) return failed('BELOW_THRESHOLD', association);
  const variation = cellVariation(counts);
  const interval = variationInterval(variation, level);
  return {
    ...computed('contingencySimilarity', 1 - variation.distance, nReal, nSynthetic, interval),
    realAssociation: association,
  };
}
