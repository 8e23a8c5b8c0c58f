import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';

/** Checks a bandwidth or a list of them. */
export function bandwidths(sigma: number | readonly number[]): readonly number[] {
  const list = typeof sigma === 'number' ? [sigma] : sigma;
  if (list.length === 0 || !list.every((value) => value > 0 && value < Infinity)) {
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `sigma: expected a finite bandwidth above 0, or a list of them, received ${JSON.stringify(sigma)}; if all points are equal there is no distance to take it from`,
      { argument: 'sigma' },
    );
  }
  return list;
}

/** Turns squared distances into Gaussian kernel values, the mean over the bandwidths, in place. */
export function applyKernel(values: Float64Array, length: number, sigmas: readonly number[]): void {
  if (sigmas.length === 1) {
    const scale = -0.5 / (sigmas[0]! * sigmas[0]!);
    for (let i = 0; i < length; i++) values[i] = exp(scale * values[i]!);
    return;
  }
  for (let i = 0; i < length; i++) {
    let total = 0;
    for (let s = 0; s < sigmas.length; s++) total += exp((-0.5 * values[i]!) / (sigmas[s]! * sigmas[s]!));
    values[i] = total / sigmas.length;
  }
}

/** Squared maximum mean discrepancy from sums of kernel values over unordered pairs within and between two samples. */
export function mmdFromSums(
  withinX: number,
  withinY: number,
  between: number,
  n: number,
  m: number,
  biased: boolean,
): number {
  const cross = (2 * between) / (n * m);
  // A point's kernel with itself is 1: the biased form counts these, the unbiased one leaves them out.
  if (biased) return (2 * withinX + n) / (n * n) + (2 * withinY + m) / (m * m) - cross;
  return (2 * withinX) / (n * (n - 1)) + (2 * withinY) / (m * (m - 1)) - cross;
}
