import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { checkShare } from '../../stats/internal-options.ts';

/** Options of {@link pToE}. */
export interface PToEOptions {
  /**
   * `power`: kappa p^(kappa - 1). `integrated`: the average of that over kappa, (1 - p + p ln p) / (p ln(p)^2), which needs
   * no choice. Default `power`.
   */
  readonly method?: 'power' | 'integrated' | undefined;
  /** Exponent of `power`, between 0 and 1. Default 0.5: 1 / (2 sqrt p). */
  readonly kappa?: number | undefined;
}

/**
 * Turns a p-value into an e-value, so that results of different tests can be averaged or go through
 * {@link eBenjaminiHochberg}.
 *
 * Under the null hypothesis the expected e-value is at most 1. Much is lost on the way: p = .05 becomes 2.2.
 * Source: Vovk and Wang 2021, section 2. The bound -1/(e p ln p) is no e-value: {@link vovkSellkeBound}.
 *
 * @param p - p-value, above 0 to 1.
 * @param options - See {@link PToEOptions}.
 * @returns The e-value, at least 0; larger is more evidence.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when p is not above 0 and at most 1, or kappa not between 0 and 1.
 * @example
 * pToE(0.01); // => 5
 * pToE(1, { method: 'integrated' }); // => 0.5
 */
export function pToE(p: number, options: PToEOptions = {}): number {
  const { method = 'power', kappa = 0.5 } = options;
  if (!(p > 0 && p <= 1))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `p: expected a p-value above 0 and at most 1, received ${String(p)}; a test of B draws reports (1 + k) / (1 + B), never 0`,
      { argument: 'p' },
    );
  checkShare('kappa', kappa);
  if (method === 'power') return kappa === 0.5 ? 0.5 / Math.sqrt(p) : kappa * exp((kappa - 1) * log(p));
  const t = log(p);
  // Near p = 1 both parts vanish: series of (1 - p + p t) / (p t^2), with p = e^t.
  if (t > -1e-3) return 0.5 - t / 6 + (t * t) / 24 - (t * t * t) / 120;
  return (1 - p + p * t) / (p * t * t);
}
