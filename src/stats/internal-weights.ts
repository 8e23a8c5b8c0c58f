import { SynthproofError } from '../errors.ts';
import { sum } from '../math/sum.ts';
import { requireFinite, requireLength, requireSameLength } from './internal-check.ts';

/** Checks values and their weights and returns the total weight, above 0. */
export function totalWeight(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  requireLength('values', values.length, 1);
  requireSameLength('weights', weights.length, values.length);
  requireFinite('values', values);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new SynthproofError('BAD_VALUE', `weights[${i}]: expected a finite weight >= 0, received ${weight}`, {
        argument: 'weights',
        row: i,
      });
    }
  }
  const total = sum(weights);
  if (!(total > 0 && total < Infinity)) {
    throw new SynthproofError(
      'EMPTY_INPUT',
      `weights: expected a finite total above 0, received ${total}; give at least one row a weight`,
      { argument: 'weights' },
    );
  }
  return total;
}

/** Sum of weight times f(value) in index order, with a running correction (Knuth's exact error of each addition). */
export function weightedSum(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  centre: number,
  power: 1 | 2,
): number {
  let total = 0;
  let correction = 0;
  for (let i = 0; i < values.length; i++) {
    const d = values[i]! - centre;
    const term = weights[i]! * (power === 1 ? d : d * d);
    const next = total + term;
    const added = next - total;
    correction += total - (next - added) + (term - added);
    total = next;
  }
  return total + correction;
}
