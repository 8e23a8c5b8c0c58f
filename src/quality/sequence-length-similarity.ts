import type { Column } from '../types.ts';
import { checkSameKind } from './internal-columns.ts';
import { levelCounts } from './internal-keys.ts';
import { ksComplement } from './ks-complement.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/**
 * How alike the lengths of sequences are: {@link ksComplement} of the number of rows of each sequence key.
 *
 * 1 = the same distribution of lengths; larger is better. Missing keys are left out. Source: SDMetrics 0.29,
 * SequenceLengthSimilarity.
 *
 * @param real - The real sequence key, one cell a row.
 * @param synthetic - The synthetic sequence key, of the same kind.
 * @param options - See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1] whose counts are sequences; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * const key = (...cells) => categoryColumn('patient', cells);
 * sequenceLengthSimilarity(key('a', 'a', 'b', 'b'), key('c', 'c', 'd')).value; // => 0.5
 */
export function sequenceLengthSimilarity(
  real: Column,
  synthetic: Column,
  options: QualityMeasureOptions = {},
): QualityMeasure {
  checkSameKind(real, synthetic);
  const lengths = (column: Column): Column => ({ kind: 'number', name: column.name, values: levelCounts(column) });
  return { ...ksComplement(lengths(real), lengths(synthetic), options), metric: 'sequenceLengthSimilarity' };
}
