import { SynthproofError } from '../errors.ts';
import { bernoulliExp, positiveRational, reduce, uniformFrom } from './internal-exact.ts';
import type { NoiseSource } from './noise-source.ts';
import { type Rational, toRational } from './to-rational.ts';

/** Options of {@link exponentialMechanism}. */
export interface ExponentialMechanismOptions {
  /** Privacy parameter, above 0; a double counts as the exact fraction that it is. */
  readonly epsilon: number;
  /** How far one row can move any one score, above 0. Default 1. */
  readonly sensitivity?: number | undefined;
}

/**
 * Chooses the position of a good score privately: P(i) proportional to exp(epsilon score_i / (2 sensitivity)), exactly.
 *
 * A candidate is drawn uniformly and kept with probability exp(-epsilon (best - score) / (2 sensitivity)), in whole-number
 * arithmetic: no exponential is computed. It is epsilon-DP and epsilon^2 / 8-zCDP (Cesar & Rogers 2021). The running time
 * depends on the scores: do not let an observer time it. Source: McSherry & Talwar 2007.
 *
 * @param noise - Source of words; see {@link NoiseSource}.
 * @param scores - Finite; higher is better. They must be exact: whole numbers, or doubles computed alike for both tables.
 * @param options - See {@link ExponentialMechanismOptions}.
 * @returns A position in `scores`.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_NUMBER`, `OUT_OF_RANGE` (epsilon, sensitivity), `BAD_VALUE` (words
 * that are not uniform).
 * @example
 * exponentialMechanism(unsafeSeededNoise('test'), [0, 1000, 10], { epsilon: 1 }); // => 1
 */
export function exponentialMechanism(
  noise: NoiseSource,
  scores: ArrayLike<number>,
  options: ExponentialMechanismOptions,
): number {
  const penalties = exactPenalties(scores, options);
  const uniform = uniformFrom(noise);
  const count = BigInt(penalties.length);
  for (;;) {
    const candidate = Number(uniform(count));
    if (bernoulliExp(uniform, penalties[candidate]!)) return candidate;
  }
}

/** epsilon (best - score) / (2 sensitivity) of each score, exactly. */
function exactPenalties(scores: ArrayLike<number>, options: ExponentialMechanismOptions): Rational[] {
  const [en, ed] = positiveRational('epsilon', options.epsilon);
  const [sn, sd] = positiveRational('sensitivity', options.sensitivity ?? 1);
  if (scores.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'scores: expected at least one score, received none', {
      argument: 'scores',
    });
  const exact = Array.from(scores, (score) => toRational(score));
  // All denominators are powers of two, so the largest serves all.
  const scale = largest(exact.map(([, denominator]) => denominator));
  const whole = exact.map(([numerator, denominator]) => numerator * (scale / denominator));
  const best = largest(whole);
  return whole.map((score) => reduce((best - score) * en * sd, scale * ed * sn * 2n));
}

/** Math.max does not take whole numbers of any size. */
function largest(values: readonly bigint[]): bigint {
  let most = values[0]!;
  for (const value of values) if (value > most) most = value;
  return most;
}
