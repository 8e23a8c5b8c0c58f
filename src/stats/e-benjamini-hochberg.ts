import { SynthproofError } from '../errors.ts';

/** Result of {@link eBenjaminiHochberg}. */
export interface EBenjaminiHochbergResult {
  /** Whether each hypothesis is rejected, in the order of the e-values. */
  readonly reject: readonly boolean[];
  /** Arithmetic mean: the merged e-value of the hypothesis that all hold. */
  readonly mean: number;
}

/**
 * The e-BH procedure: false discovery rate at most alpha under every dependence.
 *
 * Rejects the k hypotheses with the largest e-values, k the largest with k e_(k) / m >= 1 / alpha. Source: Wang and
 * Ramdas 2022.
 *
 * @param eValues - e-values, each >= 0 and finite.
 * @param alpha - False discovery rate, between 0 and 1.
 * @returns See {@link EBenjaminiHochbergResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `OUT_OF_RANGE`.
 * @example
 * eBenjaminiHochberg([100, 1], 0.05).reject; // => [true, false]
 */
export function eBenjaminiHochberg(eValues: readonly number[], alpha: number): EBenjaminiHochbergResult {
  const m = eValues.length;
  if (m === 0)
    throw new SynthproofError('EMPTY_INPUT', 'eValues: expected at least one e-value', { argument: 'eValues' });
  let total = 0;
  for (const e of eValues) {
    if (!(e >= 0 && e < Infinity && alpha > 0 && alpha < 1)) {
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `eValues, alpha: expected finite e-values >= 0 and alpha between 0 and 1, received ${e}, ${alpha}`,
        { argument: 'eValues' },
      );
    }
    total += e;
  }
  const sorted = eValues.slice().sort((x, y) => y - x);
  let limit = Infinity;
  for (let k = m; k >= 1; k--) {
    if (k * sorted[k - 1]! * alpha >= m) {
      limit = sorted[k - 1]!;
      break;
    }
  }
  return { reject: eValues.map((e) => e >= limit), mean: total / m };
}
