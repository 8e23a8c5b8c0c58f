import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import type { Rng } from '../types.ts';
import { stirlingCorrection } from './internal-stirling.ts';
import { uniform } from './uniform.ts';
import { uniformOpen } from './uniform-open.ts';

/**
 * A Poisson count. Inversion below a mean of 10, else Hormann's transformed rejection (PTRS, 1993).
 *
 * @param rng - Source of words.
 * @param mean - From 0 to 1e15, so that counts stay exact.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when the mean is outside that range.
 * @example
 * poisson(createRng('demo'), 3) >= 0; // => true
 */
export function poisson(rng: Rng, mean: number): number {
  if (!(mean >= 0 && mean <= 1e15))
    throw new SynthproofError('OUT_OF_RANGE', `mean: expected a number from 0 to 1e15, received ${String(mean)}`, {
      argument: 'mean',
    });
  return mean < 10 ? byInversion(rng, mean) : byRejection(rng, mean);
}

function byInversion(rng: Rng, mean: number): number {
  const none = exp(-mean);
  for (;;) {
    let u = uniform(rng);
    let probability = none;
    // Beyond 120 lies less than 1e-80: reaching it is rounding, and the draw starts again.
    for (let k = 0; k <= 120; k++) {
      if (u < probability) return k;
      u -= probability;
      probability *= mean / (k + 1);
    }
  }
}

function byRejection(rng: Rng, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniformOpen(rng) - 0.5;
    const v = uniformOpen(rng);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    // log P(k) = k log(mean) - mean - log(k!), with log(k!) by Stirling's form so that the large parts cancel exactly.
    const logProbability =
      k * log(mean / (k + 1)) + (k + 1 - mean) - 0.5 * log(6.283185307179586 * (k + 1)) - stirlingCorrection(k);
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= logProbability) return k;
  }
}
