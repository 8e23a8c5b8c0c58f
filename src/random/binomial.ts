import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { log1p } from '../math/log1p.ts';
import type { Rng } from '../types.ts';
import { checkCount } from './internal-check.ts';
import { stirlingCorrection } from './internal-stirling.ts';
import { uniform } from './uniform.ts';
import { uniformOpen } from './uniform-open.ts';

/**
 * The number of successes in n independent trials. Time does not grow with n.
 *
 * Inversion when n min(p, 1 - p) < 10, else Hormann's transformed rejection (BTRS, 1993) with the exact ratio of
 * probabilities written through Stirling corrections.
 *
 * @param rng - Source of words.
 * @param n - Trials, 0 to 2^53 - 1.
 * @param p - Probability of success, 0 to 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when n or p is outside its range.
 * @example
 * const heads = binomial(createRng('demo'), 100, 0.5);
 * heads >= 0 && heads <= 100; // => true
 */
export function binomial(rng: Rng, n: number, p: number): number {
  checkCount('n', n);
  if (!(p >= 0 && p <= 1))
    throw new SynthproofError('OUT_OF_RANGE', `p: expected a number from 0 to 1, received ${String(p)}`, {
      argument: 'p',
    });
  if (p > 0.5) return n - successes(rng, n, 1 - p);
  return successes(rng, n, p);
}

function successes(rng: Rng, n: number, p: number): number {
  if (n === 0 || p === 0) return 0;
  return n * p < 10 ? byInversion(rng, n, p) : byRejection(rng, n, p);
}

function byInversion(rng: Rng, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = exp(n * log1p(-p));
  // Mean below 10: beyond 120 lies less than 1e-80, so reaching it is rounding, and the draw starts again.
  const last = Math.min(n, 120);
  for (;;) {
    let u = uniform(rng);
    let probability = none;
    for (let k = 0; k <= last; k++) {
      if (u < probability) return k;
      u -= probability;
      probability *= ((n - k) / (k + 1)) * odds;
    }
  }
}

function byRejection(rng: Rng, n: number, p: number): number {
  const q = 1 - p;
  const ratio = p / q;
  const spread = Math.sqrt(n * p * q);
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const rest = n - mode + 1;
  const atMode =
    (mode + 0.5) * log((mode + 1) / (ratio * rest)) + stirlingCorrection(mode) + stirlingCorrection(n - mode);
  for (;;) {
    const u = uniformOpen(rng) - 0.5;
    const v = uniformOpen(rng);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    const left = n - k + 1;
    const bound =
      atMode +
      (n + 1) * log1p((k - mode) / left) +
      (k + 0.5) * log((left * ratio) / (k + 1)) -
      stirlingCorrection(k) -
      stirlingCorrection(n - k);
    if (log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}
