import { SynthproofError } from '../errors.ts';
import { fillContrastWeights } from './internal-weights.ts';

/** A sum of signed weights and what is needed to judge it. */
export interface SignScore {
  /** Sum of sign x weight. */
  readonly score: number;
  /** Sum of weight^2: the variance of the score over fair signs. */
  readonly squares: number;
  /** score / sqrt(squares); null when all weights are 0. */
  readonly z: number | null;
}

/** Options of {@link contrastScore} and {@link combScore}. */
export interface SignScoreOptions {
  /** Added to the expected count under the root, so that rare cells do not dominate. Default 0.5. */
  readonly kappa?: number | undefined;
}

/**
 * Score of a contingency table against keyed signs: how far the counts lean to the cells of sign +1.
 *
 * Each cell weighs (count - expected) / sqrt(expected + kappa), where expected is row sum x column sum / total; empty
 * cells count too. The weights know no key, so over fair signs the score has mean 0 and variance `squares`,
 * whatever the table.
 *
 * @param counts - Counts, one inner array a row.
 * @param signs - Signs in the same shape, each -1 or 1.
 * @param options - See {@link SignScoreOptions}.
 * @returns Score, squares and z.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when shapes differ.
 * @example
 * contrastScore([[2, 0], [0, 2]], [[1, -1], [-1, 1]]).z; // => 2
 */
export function contrastScore(
  counts: readonly ArrayLike<number>[],
  signs: readonly ArrayLike<number>[],
  options: SignScoreOptions = {},
): SignScore {
  const { kappa = 0.5 } = options;
  const rows = counts.length;
  const columns = rows === 0 ? 0 : counts[0]!.length;
  const flat = new Float64Array(rows * columns);
  if (signs.length !== rows) throw mismatch('signs', rows, signs.length, 'rows');
  for (let r = 0; r < rows; r++) {
    if (counts[r]!.length !== columns) throw mismatch('counts', columns, counts[r]!.length, 'cells in each row');
    if (signs[r]!.length !== columns) throw mismatch('signs', columns, signs[r]!.length, 'cells in each row');
    flat.set(counts[r]!, r * columns);
  }
  const weights = new Float64Array(flat.length);
  fillContrastWeights(weights, flat, rows, columns, kappa);
  let score = 0;
  let squares = 0;
  for (let r = 0, at = 0; r < rows; r++)
    for (let c = 0; c < columns; c++, at++) {
      score += signs[r]![c]! * weights[at]!;
      squares += weights[at]! * weights[at]!;
    }
  return { score, squares, z: squares > 0 ? score / Math.sqrt(squares) : null };
}

function mismatch(argument: string, expected: number, received: number, what: string): SynthproofError {
  return new SynthproofError('LENGTH_MISMATCH', `${argument}: expected ${expected} ${what}, received ${received}`, {
    argument,
  });
}
