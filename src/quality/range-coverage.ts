import type { Column } from '../types.ts';
import { checkContinuous, checkSameKind, numericCells, sortedValues } from './internal-columns.ts';
import { computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure } from './quality-measure.ts';

/**
 * Share of the real column's range that the synthetic column spans.
 *
 * 1 = reaches both ends (or beyond), 0 = none of it; larger is better. One extreme synthetic value is enough for 1, so
 * no interval is given. Missing cells and NaN are left out. Source: SDMetrics 0.29, RangeCoverage.
 *
 * @param real - Number, integer or datetime column.
 * @param synthetic - Column of the same kind.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`, `CONSTANT_REAL`, `NOT_FINITE`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when the columns hold no numbers or are of different kinds.
 * @example
 * rangeCoverage(numberColumn('x', [0, 5, 10]), numberColumn('x', [2, 8])).value; // => 0.6
 */
export function rangeCoverage(real: Column, synthetic: Column): QualityMeasure {
  checkContinuous(real, 'real', 'rangeCoverage');
  checkSameKind(real, synthetic);
  const a = sortedValues(numericCells(real));
  const b = sortedValues(numericCells(synthetic));
  if (a.length === 0) return notComputed('rangeCoverage', 'NO_REAL_VALUES', 0, b.length);
  const low = a[0]!;
  const high = a[a.length - 1]!;
  if (low === high) return notComputed('rangeCoverage', 'CONSTANT_REAL', a.length, b.length);
  if (b.length === 0) return notComputed('rangeCoverage', 'NO_SYNTHETIC_VALUES', a.length, 0);
  const range = high - low;
  if (!Number.isFinite(range)) return notComputed('rangeCoverage', 'NOT_FINITE', a.length, b.length);
  const lostBelow = Math.max((b[0]! - low) / range, 0);
  const lostAbove = Math.max((high - b[b.length - 1]!) / range, 0);
  return computed('rangeCoverage', Math.max(1 - (lostBelow + lostAbove), 0), a.length, b.length);
}
