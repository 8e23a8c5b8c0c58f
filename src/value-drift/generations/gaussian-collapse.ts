import { pow } from '../../math/pow.ts';
import { checkPositive, checkWhole } from '../../stats/internal-options.ts';

/** Options of {@link gaussianCollapse}. */
export interface GaussianCollapseOptions {
  /** Items that each generation is fitted to, from 2. */
  readonly items: number;
  /** Generations asked for: how many refits have been made, each from 0. */
  readonly generations: readonly number[];
  /** Variance of the first data. Default 1. */
  readonly variance?: number | undefined;
}

/** Result of {@link gaussianCollapse}; one entry per generation asked for, in squared units of the data. */
export interface GaussianCollapse {
  /** Expected variance when each refit divides by n (maximum likelihood): it decays as (1 - 1/n)^t. */
  readonly replaceBiased: readonly number[];
  /** Expected variance when each refit divides by n - 1: constant, though single chains shrink almost surely. */
  readonly replaceUnbiased: readonly number[];
  /** Expected variance (maximum likelihood) when every generation's items are kept and added to: bounded from below. */
  readonly accumulate: readonly number[];
}

/**
 * Expected variance of a chain of normal distributions, each fitted to a sample of the one before: the simplest model of
 * collapse, in closed form.
 *
 * Replace: (1 - 1/n)^t. Accumulate, n items added per generation and all kept: the product of 1 - 1/(n k^2) over
 * k = 1..t, about exp(-pi^2 / (6 n)) in the limit; refit k sees k n items. Sources: Shumailov et al. 2024; Gerstgrasser
 * et al. 2024; the product follows from the law of total variance.
 *
 * @param options - See {@link GaussianCollapseOptions}.
 * @returns See {@link GaussianCollapse}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * const { replaceBiased, accumulate } = gaussianCollapse({ items: 100, generations: [0, 1, 10] });
 * replaceBiased; // => [1, 0.99, 0.9043820750088044]
 * accumulate[2] > 0.98; // => true
 */
export function gaussianCollapse(options: GaussianCollapseOptions): GaussianCollapse {
  const { items, generations, variance = 1 } = options;
  checkWhole('items', items, 2, 1e15);
  checkPositive('variance', variance);
  for (const t of generations) checkWhole('generations', t, 0, 1e6);
  const most = generations.reduce((x, y) => Math.max(x, y), 0);
  const products = new Float64Array(most + 1);
  products[0] = variance;
  for (let t = 1; t <= most; t++) products[t] = products[t - 1]! * (1 - 1 / (items * t * t));
  return {
    replaceBiased: generations.map((t) => variance * pow(1 - 1 / items, t)),
    replaceUnbiased: generations.map(() => variance),
    accumulate: generations.map((t) => products[t]!),
  };
}
