import { SynthproofError } from '../errors.ts';
import type { SignScore, SignScoreOptions } from './contrast-score.ts';
import { combCounts } from './internal-comb-counts.ts';
import { combWeights } from './internal-weights.ts';

/**
 * Score of fine-grained numbers against keyed signs of narrow bins: whether values gather in the bins of sign +1.
 *
 * A value's bin is floor(value / step). Each bin weighs (count - expected) / sqrt(expected + kappa); expected is the
 * mean count of the three bins on each side, as far as they lie between the first and the last occupied bin.
 *
 * @param values - Finite numbers, any order.
 * @param step - Width of a bin, above 0, in the values' unit.
 * @param signOf - Sign of a bin, -1 or 1, by its number.
 * @param options - See {@link SignScoreOptions}.
 * @returns Score, squares and z.
 * @throws {@link SynthproofError} `BAD_NUMBER` when a value or the step is not finite, or the step is not above 0;
 * `OUT_OF_RANGE` when a bin number is no safe whole number.
 * @example
 * combScore([0.1, 0.2, 2.5], 1, (bin) => (bin === 0 ? 1 : -1)).squares > 0; // => true
 */
export function combScore(
  values: ArrayLike<number>,
  step: number,
  signOf: (bin: number) => number,
  options: SignScoreOptions = {},
): SignScore {
  const { kappa = 0.5 } = options;
  if (!Number.isFinite(step) || step <= 0)
    throw new SynthproofError('BAD_NUMBER', `step: expected a number above 0, received ${step}`, { argument: 'step' });
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!))
      throw new SynthproofError('BAD_NUMBER', `values: expected finite numbers, received ${values[i]} at ${i}`, {
        argument: 'values',
      });
    if (!Number.isSafeInteger(Math.floor(values[i]! / step)))
      throw new SynthproofError('OUT_OF_RANGE', `step: value ${values[i]} has no exact bin; take a wider step`, {
        argument: 'step',
      });
  }
  const { occupied, counts } = combCounts(Float64Array.from(values), step, null);
  const { bins: cells, weights } = combWeights(occupied, counts, kappa);
  let score = 0;
  let squares = 0;
  for (let i = 0; i < cells.length; i++) {
    score += signOf(cells[i]!) * weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  return { score, squares, z: squares > 0 ? score / Math.sqrt(squares) : null };
}
