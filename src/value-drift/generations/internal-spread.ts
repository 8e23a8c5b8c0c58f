import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { studentTQuantile } from '../../math/student-t-quantile.ts';
import { studentTUpperTail } from '../../math/student-t-upper-tail.ts';
import type { Interval } from '../../types.ts';
import { codeTexts } from '../internal-labels.ts';
import type { ValueProfile } from '../profile-values.ts';

/** Variance of a generation beside the origin's. */
export interface SpreadChange {
  /** Mean over values of variance over the origin's. */
  readonly ratio: number | null;
  readonly interval?: Interval | undefined;
  /** One-sided p-value of a ratio of at least 1 - tolerance. */
  readonly pValue: number | null;
}

/**
 * Mean ratio of variances, tested on the log scale with the standard error of its influence function: what each item, or
 * each cluster, adds to the figure. So correlated values and heavy tails need no assumption.
 */
export function spreadChange(
  origin: ValueProfile,
  current: ValueProfile,
  tolerance: number,
  level: number,
): SpreadChange {
  const values = origin.values
    .map((_, v) => v)
    .filter((v) => (origin.values[v]!.sd ?? 0) > 0 && current.values[v]!.sd !== null);
  if (values.length === 0) return { ratio: null, pValue: null };
  const ratios = values.map((v) => {
    const scale = current.values[v]!.sd! / origin.values[v]!.sd!;
    return scale * scale;
  });
  const total = ratios.reduce((x, y) => x + y, 0);
  const ratio = total / values.length;
  if (!(ratio < 1e150)) return { ratio: null, pValue: null };
  // Every value is constant: no error to speak of, and all variance is gone.
  if (ratio === 0) return { ratio, pValue: 0 };
  const weights = ratios.map((r) => r / total);
  const a = influence(origin, values, weights);
  const b = influence(current, values, weights);
  const df = Math.min(a.units, b.units) - 1;
  // Half the log, the log of a standard deviation, is nearer to normal than the ratio itself.
  const se = Math.sqrt(a.variance + b.variance) / 2;
  if (!(df >= 1 && se > 0)) return { ratio, pValue: null };
  const centre = log(ratio) / 2;
  const pValue = studentTUpperTail(-(centre - log1p(-tolerance) / 2) / se, df);
  const reach = studentTQuantile((1 + level) / 2, df) * se;
  return {
    ratio,
    interval: { lower: exp(2 * (centre - reach)), upper: exp(2 * (centre + reach)), level, method: 'influence' },
    pValue,
  };
}

/** Variance of the log of a weighted sum of variances: squares of what the units (items or clusters) add to it. */
function influence(
  profile: ValueProfile,
  values: readonly number[],
  weights: readonly number[],
): { variance: number; units: number } {
  const { columns, clusters } = profile.scores!;
  const codes = clusters === undefined ? null : codeTexts(clusters).codes;
  const parts = new Float64Array(profile.n);
  values.forEach((v, k) => {
    const { mean, sd, n } = profile.values[v]!;
    if (!(sd! > 0)) return;
    const column = columns[v]!;
    for (let i = 0; i < column.length; i++) {
      if (column[i]! - column[i]! !== 0) continue;
      const z = (column[i]! - mean!) / sd!;
      parts[codes === null ? i : codes[i]!]! += (weights[k]! * (z * z - 1)) / n;
    }
  });
  let units = profile.n;
  if (codes !== null) {
    units = 0;
    for (const code of codes) units = Math.max(units, code + 1);
  }
  let squares = 0;
  for (let i = 0; i < units; i++) squares += parts[i]! * parts[i]!;
  return { variance: (squares * units) / Math.max(1, units - 1), units };
}

/** Share of scores outside the origin's 5 % and 95 % quantiles, the mean over values. */
export function tailMass(origin: ValueProfile, current: ValueProfile): number | null {
  let total = 0;
  let values = 0;
  origin.values.forEach(({ quantiles }, v) => {
    const { n } = current.values[v]!;
    if (quantiles.length === 0 || n === 0) return;
    const low = quantiles[0]!;
    const high = quantiles[quantiles.length - 1]!;
    let outside = 0;
    for (const x of current.scores!.columns[v]!) if (x - x === 0 && (x < low || x > high)) outside++;
    total += outside / n;
    values++;
  });
  return values === 0 ? null : total / values;
}
