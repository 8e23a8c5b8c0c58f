import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import type { Column } from '../types.ts';
import { checkSameKind, levelPair } from './internal-columns.ts';
import { checkedOptions, computed, notComputed } from './internal-measure.ts';
import { countCodes } from './internal-variation.ts';
import type { QualityMeasure, QualityMeasureOptions } from './quality-measure.ts';

/** Result of {@link csTest}. */
export interface CsTestMeasure extends QualityMeasure {
  /** The statistic; null when there is no figure. */
  readonly statistic: number | null;
  /** Degrees of freedom: levels less one. */
  readonly degreesOfFreedom: number;
}

/**
 * p-value of a chi-square test that two columns have the same shares of levels; small = they differ.
 *
 * Missing is a level. `strict` mode is Pearson's test of homogeneity on the counts. `compat` mode is what SDMetrics computes:
 * the test on shares, as if each column had one row. That is near 1 whatever the columns hold: do not read it. With many
 * rows a harmless difference is significant: prefer {@link tvComplement}. Source: SDMetrics 0.29, CSTest.
 *
 * @param real - Category, boolean or other column.
 * @param synthetic - Column of the same kind.
 * @param options - See {@link QualityMeasureOptions}; `level` is not used.
 * @returns A measure in [0, 1]; reasons `NO_REAL_VALUES`, `NO_SYNTHETIC_VALUES`.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for columns of different kinds; `BAD_OPTION`, `OUT_OF_RANGE` for options.
 * @example
 * const column = (a, b) => categoryColumn('c', [...new Array(a).fill('x'), ...new Array(b).fill('y')]);
 * csTest(column(50, 50), column(70, 30)).statistic; // => 25 / 3
 */
export function csTest(real: Column, synthetic: Column, options: QualityMeasureOptions = {}): CsTestMeasure {
  const { mode } = checkedOptions(options);
  checkSameKind(real, synthetic);
  const pair = levelPair(real, synthetic);
  const size = pair.labels.length + 1;
  const a = countCodes(pair.real, size);
  const b = countCodes(pair.synthetic, size);
  const [n, m] = [pair.real.length, pair.synthetic.length];
  const failed = { statistic: null, degreesOfFreedom: 0 };
  if (n === 0) return { ...notComputed('csTest', 'NO_REAL_VALUES', 0, m), ...failed };
  if (m === 0) return { ...notComputed('csTest', 'NO_SYNTHETIC_VALUES', n, 0), ...failed };
  const levels = Array.from({ length: size }, (_, l) => l).filter((l) => a[l]! + b[l]! > 0);
  const novel = levels.filter((l) => a[l] === 0).length;
  let statistic = 0;
  for (const l of levels) {
    if (mode === 'compat') {
      // The reference gives a level that the real column lacks 1e-6 rows.
      const expected = (a[l]! > 0 ? a[l]! : 1e-6) / (n + novel * 1e-6);
      statistic += ((b[l]! / m - expected) * (b[l]! / m - expected)) / expected;
    } else {
      const gap = a[l]! * m - b[l]! * n;
      statistic += ((gap / (a[l]! + b[l]!)) * gap) / (n * m);
    }
  }
  const degreesOfFreedom = levels.length - 1;
  const value = degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom);
  return { ...computed('csTest', value, n, m), statistic, degreesOfFreedom };
}
