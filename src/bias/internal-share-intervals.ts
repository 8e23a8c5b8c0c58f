import { log } from '../math/log.ts';
import type { Interval } from '../types.ts';
import { zFor } from './internal-rates.ts';
import type { Representation } from './representation.ts';
import type { ShareComparison } from './share-comparison.ts';

/** E|X| of a standard normal variable, sqrt(2 / pi). */
const MEAN_ABSOLUTE = 0.7978845608028654;

/**
 * Interval of the total variation distance, and what chance alone gives. Chance can only add to the distance, by half the mean
 * absolute errors of the shares at most; around that the share of the groups that stand above their reference varies as any share.
 */
export function distanceIntervals(
  found: ShareComparison | null,
  referenceN: number | null,
  level: number,
): Pick<Representation, 'totalVariationInterval' | 'totalVariationExpected'> {
  if (found === null) return { totalVariationInterval: null, totalVariationExpected: null };
  const { n, share, difference, totalVariation } = found;
  const error = (p: number, rows: number | null): number => (rows === null ? 0 : (p * (1 - p)) / rows);
  let expected = 0;
  let added = 0;
  let above = 0;
  let aboveReference = 0;
  for (let g = 0; g < share.length; g++) {
    const p = share[g]!;
    const r = p - difference[g]!;
    const pooled = referenceN === null ? r : (p * n + r * referenceN) / (n + referenceN);
    expected += (MEAN_ABSOLUTE / 2) * Math.sqrt(Math.max(0, error(pooled, n) + error(pooled, referenceN)));
    added += (MEAN_ABSOLUTE / 2) * Math.sqrt(Math.max(0, error(p, n) + error(r, referenceN)));
    if (difference[g]! > 0) {
      above += p;
      aboveReference += r;
    }
  }
  const spread = Math.sqrt(Math.max(0, error(above, n) + error(aboveReference, referenceN)));
  const half = zFor(level) * Math.max(spread, expected / 2);
  return {
    totalVariationInterval: {
      lower: Math.max(0, totalVariation - added - half),
      upper: Math.min(1, totalVariation + half),
      level,
      method: 'normal, less what chance adds',
    },
    totalVariationExpected: expected,
  };
}

/** Intervals of Shannon's and Simpson's diversity: delta method, and above it the loss that a sample of even groups has. */
export function diversityIntervals(
  found: ShareComparison | null,
  level: number,
): Pick<Representation, 'shannonInterval' | 'simpsonInterval'> {
  if (found === null) return { shannonInterval: null, simpsonInterval: null };
  const { n, share, shannon, simpson } = found;
  const groups = share.filter((p) => p > 0).length;
  const z = zFor(level);
  let logs = 0;
  let cubes = 0;
  for (const p of share)
    if (p > 0) {
      logs += p * log(p) * log(p);
      cubes += p * p * p;
    }
  // Twice the rows times the shortfall from even shares is chi-square with groups - 1 degrees of freedom.
  const shortfall = groups - 1 + z * Math.sqrt(2 * (groups - 1));
  const around = (value: number, variance: number, loss: number, most: number): Interval => {
    const half = z * Math.sqrt(Math.max(0, variance) / n);
    return {
      lower: Math.max(0, value - half),
      upper: Math.max(value, Math.min(most, value + half + loss)),
      level,
      method: 'delta',
    };
  };
  const same = 1 - simpson;
  return {
    shannonInterval: around(shannon, logs - shannon * shannon, shortfall / (2 * n), log(share.length)),
    simpsonInterval: around(simpson, 4 * (cubes - same * same), shortfall / (n * groups), 1 - 1 / share.length),
  };
}
