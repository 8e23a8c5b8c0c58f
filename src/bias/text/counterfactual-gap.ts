import { SynthproofError } from '../../errors.ts';
import { binomialUpperTail } from '../../math/binomial-upper-tail.ts';
import { meanInterval } from '../../stats/mean-interval.ts';
import { wilsonInterval } from '../../stats/wilson-interval.ts';
import type { Interval, Measure } from '../../types.ts';

/** Options of {@link counterfactualGap}. */
export interface CounterfactualGapOptions {
  /** Scores at or above it are positive decisions: gives the flip rate. Default none. */
  readonly threshold?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link counterfactualGap}. */
export interface CounterfactualGap {
  /** Mean of the original scores minus the swapped ones; 0 = the swap does not matter. Student's interval of the paired differences. */
  readonly gap: Measure;
  /** Mean absolute difference: unequal treatment that cancels in `gap` shows here. */
  readonly meanAbsoluteGap: number;
  /** Student's interval of it, from 0. */
  readonly meanAbsoluteInterval: Interval;
  /** Two-sided sign test of the differences; ties left out. */
  readonly pValue: number;
  /** Share of texts whose decision changes with the swap, 0 to 1, with Wilson's interval; null without a threshold. */
  readonly flipRate: Measure | null;
}

/**
 * What swapping identities does to a scorer: paired gap of scores and rate of flipped decisions.
 *
 * Score each text and its {@link swapIdentities} counterpart; leave out texts in which nothing was swapped.
 * Source: Garg et al. 2019 (counterfactual token fairness).
 *
 * @param original - Scores of the texts.
 * @param swapped - Scores of their counterparts, same order.
 * @param options - See {@link CounterfactualGapOptions}.
 * @returns See {@link CounterfactualGap}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for fewer than two texts, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * const found = counterfactualGap([0.9, 0.4, 0.7], [0.6, 0.4, 0.4], { threshold: 0.5 });
 * [Math.round(found.gap.value * 100), found.flipRate.value]; // => [20, 0.3333333333333333]
 */
export function counterfactualGap(
  original: ArrayLike<number>,
  swapped: ArrayLike<number>,
  options: CounterfactualGapOptions = {},
): CounterfactualGap {
  const { threshold, level = 0.95 } = options;
  const n = original.length;
  if (n < 2)
    throw new SynthproofError('EMPTY_INPUT', `original: expected at least two scores, received ${n}`, {
      argument: 'original',
    });
  if (swapped.length !== n)
    throw new SynthproofError('LENGTH_MISMATCH', `swapped: expected ${n} scores, received ${swapped.length}`, {
      argument: 'swapped',
    });
  const differences = new Float64Array(n);
  let sum = 0;
  let absolute = 0;
  let above = 0;
  let below = 0;
  let flips = 0;
  for (let i = 0; i < n; i++) {
    const gap = original[i]! - swapped[i]!;
    if (!Number.isFinite(gap))
      throw new SynthproofError(
        'BAD_NUMBER',
        `original, swapped: expected finite scores, received ${original[i]} and ${swapped[i]} at ${i}`,
        { argument: 'original', row: i },
      );
    differences[i] = gap;
    sum += gap;
    absolute += Math.abs(gap);
    if (gap > 0) above++;
    if (gap < 0) below++;
    if (threshold !== undefined && original[i]! >= threshold !== swapped[i]! >= threshold) flips++;
  }
  const spread = meanInterval(differences.map(Math.abs), level);
  return {
    gap: {
      metric: 'counterfactualGap',
      value: sum / n,
      range: [null, null],
      goal: 'zero',
      n,
      interval: meanInterval(differences, level),
    },
    meanAbsoluteGap: absolute / n,
    meanAbsoluteInterval: { ...spread, lower: Math.max(0, spread.lower) },
    pValue: above + below === 0 ? 1 : Math.min(1, 2 * binomialUpperTail(Math.max(above, below), above + below, 0.5)),
    flipRate:
      threshold === undefined
        ? null
        : {
            metric: 'counterfactualFlipRate',
            value: flips / n,
            range: [0, 1],
            goal: 'zero',
            n,
            interval: wilsonInterval(flips, n, level),
          },
  };
}
