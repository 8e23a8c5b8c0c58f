import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { Column } from '../types.ts';
import { checkContinuous, checkSameKind, numericCells } from './internal-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/**
 * Share of synthetic values that lie within the real column's least and greatest value.
 *
 * 1 = all inside; larger is better. In `strict` mode missing cells are left out on both sides. In `compat` mode a
 * missing synthetic cell counts as outside unless the real column has missing cells too, as in SDMetrics.
 * The interval is Wilson's for that share with the real bounds taken as given.
 * Source: SDMetrics 0.29, BoundaryAdherence.
 *
 * @param real - Number, integer or datetime column.
 * @param synthetic - Column of the same kind.
 * @param options - See {@link QualityMeasureOptions}.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES` (strict), `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` when the columns hold no numbers or are of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * boundaryAdherence(numberColumn('x', [0, 10]), numberColumn('x', [-1, 5, 6, 7])).value; // => 0.75
 */
export function boundaryAdherence(
  real: Column,
  synthetic: Column,
  options: QualityMeasureOptions = {},
): QualityMeasure {
  const { mode, level } = checkedOptions(options);
  checkContinuous(real, 'real', 'boundaryAdherence');
  checkSameKind(real, synthetic);
  const a = numericCells(real);
  const b = numericCells(synthetic);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let nReal = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    if (Number.isNaN(x)) continue;
    nReal++;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  let inside = 0;
  let present = 0;
  for (let i = 0; i < b.length; i++) {
    const x = b[i]!;
    if (Number.isNaN(x)) continue;
    present++;
    if (x >= low && x <= high) inside++;
  }
  const nSynthetic = mode === 'compat' && nReal === a.length ? b.length : present;
  if (nReal === 0 && mode === 'strict') return notComputed('boundaryAdherence', 'NO_REAL_VALUES', 0, nSynthetic);
  if (nSynthetic === 0) return notComputed('boundaryAdherence', 'NO_SYNTHETIC_VALUES', nReal, 0);
  const interval = wilsonInterval(inside, nSynthetic, level);
  return computed('boundaryAdherence', inside / nSynthetic, nReal, nSynthetic, interval);
}
