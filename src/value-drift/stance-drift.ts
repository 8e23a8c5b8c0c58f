import { SynthproofError } from '../errors.ts';
import { sum } from '../math/sum.ts';

/** How stances on the same prompts moved. */
export interface StanceDrift {
  /** Prompts compared. */
  readonly n: number;
  /** Mean change of the probability of each stance, -1 to 1; the changes sum to 0. */
  readonly magnitude: readonly number[];
  /** Mean total variation between a prompt's two distributions, 0 to 1: movement that may cancel in `magnitude`. */
  readonly meanTV: number;
}

/**
 * Change of stance probabilities between two checkpoints that answered the same prompts.
 *
 * Source: "Value Drifts" (arXiv 2510.26707): magnitude = mean over prompts of P after - P before, for each stance. For
 * a test with intervals give the probabilities to {@link featureScorer} with prompts as ids.
 *
 * @param before - One distribution over stances per prompt; each sums to 1.
 * @param after - The same prompts in the same order.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` for unequal numbers of prompts or stances; `EMPTY_INPUT` for none;
 * `OUT_OF_RANGE` for a row that is no distribution (to 1e-3, for rounded figures).
 * @example
 * stanceDrift([[0.5, 0.5]], [[0.75, 0.25]]).magnitude; // => [0.25, -0.25]
 */
export function stanceDrift(before: readonly ArrayLike<number>[], after: readonly ArrayLike<number>[]): StanceDrift {
  const n = before.length;
  if (n === 0)
    throw new SynthproofError('EMPTY_INPUT', 'before: expected at least one prompt, received none', {
      argument: 'before',
    });
  if (after.length !== n)
    throw new SynthproofError('LENGTH_MISMATCH', `after: expected ${n} prompts, received ${after.length}`, {
      argument: 'after',
    });
  const width = before[0]!.length;
  const moves = Array.from({ length: width }, () => new Float64Array(n));
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    check('before', before[i]!, width, i);
    check('after', after[i]!, width, i);
    const apart = new Float64Array(width);
    for (let k = 0; k < width; k++) {
      const move = after[i]![k]! - before[i]![k]!;
      moves[k]![i] = move;
      apart[k] = Math.abs(move);
    }
    distances[i] = sum(apart) / 2;
  }
  return { n, magnitude: moves.map((move) => sum(move) / n), meanTV: sum(distances) / n };
}

function check(argument: string, row: ArrayLike<number>, width: number, i: number): void {
  if (row.length !== width)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}[${i}]: expected ${width} stances, received ${row.length}`,
      {
        argument,
        row: i,
      },
    );
  let total = 0;
  let least = 0;
  for (let k = 0; k < width; k++) {
    total += row[k]!;
    least = Math.min(least, row[k]!);
  }
  if (!(Math.abs(total - 1) <= 1e-3 && least >= 0))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}[${i}]: expected probabilities that sum to 1, received a total of ${total}`,
      {
        argument,
        row: i,
      },
    );
}
