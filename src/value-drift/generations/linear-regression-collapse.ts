import { SynthproofError } from '../../errors.ts';
import { checkPositive, checkWhole } from '../../stats/internal-options.ts';

/** Options of {@link linearRegressionCollapse}. */
export interface LinearRegressionCollapseOptions {
  /** Rows that each generation adds (accumulate) or consists of (replace); more than `features` + 1. */
  readonly rows: number;
  /** Features of the model, from 1. */
  readonly features: number;
  /** Generations asked for: how many fits have been made, each from 1. */
  readonly generations: readonly number[];
  /** Variance of the noise of each generation's labels. Default 1. */
  readonly noise?: number | undefined;
}

/** Result of {@link linearRegressionCollapse}; risks in squared units of the label, one per generation asked for. */
export interface LinearRegressionCollapse {
  /** Expected excess risk when each generation's rows replace the ones before: grows without end, in proportion to t. */
  readonly replaceRisk: readonly number[];
  /** Bound of the excess risk when all rows are kept: the first fit's times the sum of 1 / k^2, k up to t. */
  readonly accumulateRisk: readonly number[];
  /** What `accumulateRisk` never passes: the first fit's risk times pi^2 / 6. */
  readonly accumulateUpperBound: number;
}

/**
 * Expected excess risk of a chain of linear regressions, each fitted to labels that the one before made: why keeping the
 * real rows stops collapse.
 *
 * Normal features, least squares. Replace: t times noise * d / (T - d - 1) (Dohmatob et al. 2024). Accumulate: at most
 * noise * d / (T - d - 1) times pi^2 / 6 (Gerstgrasser et al. 2024).
 *
 * @param options - See {@link LinearRegressionCollapseOptions}.
 * @returns See {@link LinearRegressionCollapse}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const { replaceRisk, accumulateUpperBound } = linearRegressionCollapse({ rows: 103, features: 2, generations: [1, 50] });
 * replaceRisk; // => [0.02, 1]
 * accumulateUpperBound < 0.033; // => true
 */
export function linearRegressionCollapse(options: LinearRegressionCollapseOptions): LinearRegressionCollapse {
  const { rows, features, generations, noise = 1 } = options;
  checkWhole('features', features, 1, 1e15);
  if (!(Number.isSafeInteger(rows) && rows > features + 1))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `rows: expected a whole number above features + 1 = ${features + 1} (else the risk is infinite), received ${String(rows)}`,
      { argument: 'rows' },
    );
  checkPositive('noise', noise);
  for (const t of generations) checkWhole('generations', t, 1, 1e6);
  const first = (noise * features) / (rows - features - 1);
  const most = generations.reduce((x, y) => Math.max(x, y), 0);
  const sums = new Float64Array(most + 1);
  for (let k = 1; k <= most; k++) sums[k] = sums[k - 1]! + 1 / (k * k);
  return {
    replaceRisk: generations.map((t) => first * t),
    accumulateRisk: generations.map((t) => first * sums[t]!),
    accumulateUpperBound: first * ((Math.PI * Math.PI) / 6),
  };
}
