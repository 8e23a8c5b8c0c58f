import { chiSquareUpperTail, exp, log, normalQuantile } from '../math/index.ts';
import type { Interval } from '../types.ts';
import { requireLength, requireLevel } from './internal-check.ts';
import { requireTwoByTwo } from './internal-two-by-two.ts';

/** A chi-square statistic with its p-value. */
export interface ChiSquareFigure {
  /** The statistic; null when it is undefined. */
  readonly statistic: number | null;
  /** Degrees of freedom. */
  readonly df: number;
  /** p-value; 1 when the statistic is undefined. */
  readonly pValue: number;
}

/** Result of {@link mantelHaenszel}. */
export interface MantelHaenszelResult {
  /** Mantel-Haenszel pooled odds ratio; null when undefined. */
  readonly oddsRatio: number | null;
  /** Mantel-Haenszel pooled ratio of row rates; null when undefined. */
  readonly riskRatio: number | null;
  /** Standard error of the logarithm of the pooled odds ratio (Robins, Breslow and Greenland 1986); null when undefined. */
  readonly logOddsRatioError: number | null;
  /** Interval of the pooled odds ratio; null when undefined. */
  readonly interval: Interval | null;
  /** Cochran-Mantel-Haenszel test of no association given the strata. */
  readonly test: ChiSquareFigure;
  /** The same with continuity correction. */
  readonly corrected: ChiSquareFigure;
  /** Breslow-Day test that the odds ratios of the strata are equal. */
  readonly homogeneity: ChiSquareFigure;
  /** The same with Tarone's correction (1985). */
  readonly tarone: ChiSquareFigure;
  /** Strata left out because they hold fewer than two counts. */
  readonly skipped: number;
}

/**
 * Association in 2 by 2 tables over strata: pooled odds ratio, Cochran-Mantel-Haenszel test, Breslow-Day homogeneity.
 *
 * Guards against Simpson's paradox: the strata are never added up.
 *
 * @param tables - One table of two rows of two whole counts per stratum.
 * @param level - Coverage of the interval, default 0.95.
 * @returns See {@link MantelHaenszelResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * mantelHaenszel([[[10, 5], [5, 10]], [[20, 10], [10, 20]]]).oddsRatio; // => 4
 */
export function mantelHaenszel(
  tables: readonly (readonly ArrayLike<number>[])[],
  level: number = 0.95,
): MantelHaenszelResult {
  requireLength('tables', tables.length, 1);
  requireLevel(level);
  const strata = tables.map((table) => requireTwoByTwo(table)).filter(([a, b, c, d]) => a + b + c + d >= 2);
  let r = 0;
  let s = 0;
  let pr = 0;
  let psqr = 0;
  let qs = 0;
  let riskTop = 0;
  let riskBottom = 0;
  let difference = 0;
  let spread = 0;
  for (const [a, b, c, d] of strata) {
    const n = a + b + c + d;
    r += (a * d) / n;
    s += (b * c) / n;
    pr += ((a + d) * a * d) / (n * n);
    psqr += ((a + d) * b * c + (b + c) * a * d) / (n * n);
    qs += ((b + c) * b * c) / (n * n);
    riskTop += (a * (c + d)) / n;
    riskBottom += (c * (a + b)) / n;
    difference += a - ((a + b) * (a + c)) / n;
    spread += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  const oddsRatio = r > 0 && s > 0 ? r / s : null;
  const error = oddsRatio === null ? null : Math.sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s));
  const z = normalQuantile(0.5 + level / 2);
  const size = Math.abs(difference);
  return {
    oddsRatio,
    riskRatio: riskBottom > 0 ? riskTop / riskBottom : null,
    logOddsRatioError: error,
    interval:
      oddsRatio === null || error === null
        ? null
        : {
            lower: exp(log(oddsRatio) - z * error),
            upper: exp(log(oddsRatio) + z * error),
            level,
            method: 'mantel-haenszel',
          },
    test: figure(spread > 0 ? (size * size) / spread : null, 1),
    corrected: figure(spread > 0 ? (Math.max(0, size - 0.5) * Math.max(0, size - 0.5)) / spread : null, 1),
    ...homogeneityOf(strata, oddsRatio),
    skipped: tables.length - strata.length,
  };
}

function figure(statistic: number | null, df: number): ChiSquareFigure {
  return { statistic, df, pValue: statistic === null || df < 1 ? 1 : chiSquareUpperTail(statistic, df) };
}

/** Breslow-Day and Tarone statistics at the pooled odds ratio. */
function homogeneityOf(
  strata: readonly (readonly [number, number, number, number])[],
  oddsRatio: number | null,
): { homogeneity: ChiSquareFigure; tarone: ChiSquareFigure } {
  const df = strata.length - 1;
  if (oddsRatio === null || df < 1) return { homogeneity: figure(null, df), tarone: figure(null, df) };
  let sum = 0;
  let shift = 0;
  let spread = 0;
  for (const [a, b, c, d] of strata) {
    const row = a + b;
    const column = a + c;
    const e = expectedCell(row, column, a + b + c + d, oddsRatio);
    const variance = 1 / (1 / e + 1 / (row - e) + 1 / (column - e) + 1 / (d - a + e));
    if (!(variance > 0)) continue;
    sum += ((a - e) * (a - e)) / variance;
    shift += a - e;
    spread += variance;
  }
  return {
    homogeneity: figure(sum, df),
    tarone: figure(spread > 0 ? Math.max(0, sum - (shift * shift) / spread) : sum, df),
  };
}

/** First cell of the table with these margins and odds ratio: the root of a quadratic, in its stable form. */
function expectedCell(row: number, column: number, n: number, oddsRatio: number): number {
  if (oddsRatio === 1) return (row * column) / n;
  const a = 1 - oddsRatio;
  const b = n - row - column + oddsRatio * (row + column);
  const c = -oddsRatio * row * column;
  return (-2 * c) / (b + Math.sqrt(b * b - 4 * a * c));
}
