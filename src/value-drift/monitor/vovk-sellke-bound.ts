import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';

/**
 * The most that a p-value can say against the null hypothesis: -1 / (e p ln p), and 1 from p = 1/e up.
 *
 * An upper bound on the odds that any calibrator of the power family reaches, **not an e-value**: never multiply or
 * average it. Source: Sellke, Bayarri and Berger 2001.
 *
 * @param p - p-value, above 0 to 1.
 * @returns The bound, at least 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when p is not above 0 and at most 1.
 * @example
 * vovkSellkeBound(0.5); // => 1
 * vovkSellkeBound(0.05) > pToE(0.05); // => true
 */
export function vovkSellkeBound(p: number): number {
  if (!(p > 0 && p <= 1))
    throw new SynthproofError('OUT_OF_RANGE', `p: expected a p-value above 0 and at most 1, received ${String(p)}`, {
      argument: 'p',
    });
  const t = log(p);
  return t > -1 ? 1 : -1 / (exp(1) * p * t);
}
