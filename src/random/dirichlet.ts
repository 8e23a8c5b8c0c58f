import { SynthproofError } from '../errors.ts';
import { exp } from '../math/exp.ts';
import type { Rng } from '../types.ts';
import { checkPositive } from './internal-check.ts';
import { logGammaDraw } from './internal-gamma.ts';

/**
 * Random shares that sum to 1 (up to rounding), from gamma numbers normalised in logarithms, so tiny concentrations
 * give a corner of the simplex rather than 0/0.
 *
 * @param rng - Source of words.
 * @param concentrations - One per share, each above 0; the mean share is its part of their sum.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when there is none; `OUT_OF_RANGE` when one is not finite and above 0.
 * @example
 * const shares = dirichlet(createRng('demo'), [1, 1, 1]);
 * Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-12; // => true
 */
export function dirichlet(rng: Rng, concentrations: ArrayLike<number>): Float64Array {
  const n = concentrations.length;
  if (n === 0)
    throw new SynthproofError('EMPTY_INPUT', 'concentrations: expected at least one', { argument: 'concentrations' });
  const out = new Float64Array(n);
  let top = -Infinity;
  for (let i = 0; i < n; i++) {
    checkPositive(`concentrations[${i}]`, concentrations[i]!);
    const draw = logGammaDraw(rng, concentrations[i]!);
    out[i] = draw;
    if (draw > top) top = draw;
  }
  let total = 0;
  for (let i = 0; i < n; i++) {
    out[i] = exp(out[i]! - top);
    total += out[i]!;
  }
  for (let i = 0; i < n; i++) out[i] = out[i]! / total;
  return out;
}
