import { log } from '../math/log.ts';
import type { Interval } from '../types.ts';
import { clampUnit } from './internal-measure.ts';

/** Distance between two tables of counts over the same cells. */
export interface Variation {
  /** Total variation distance, 0 to 1. */
  readonly distance: number;
  /** Upper bound (plugged in) of how much sampling alone raises the expected distance. */
  readonly excess: number;
  /** Total of the first table. */
  readonly nReal: number;
  /** Total of the second table. */
  readonly nSynthetic: number;
}

/**
 * Total variation distance of counts. The numerator is a sum of whole numbers (exact while nReal * nSynthetic stays
 * under 2^52), so the order of the cells does not matter to the last bit.
 */
export function variationOf(real: ArrayLike<number>, synthetic: ArrayLike<number>): Variation {
  let nReal = 0;
  let nSynthetic = 0;
  for (let i = 0; i < real.length; i++) {
    nReal += real[i]!;
    nSynthetic += synthetic[i]!;
  }
  let difference = 0;
  let excess = 0;
  for (let i = 0; i < real.length; i++) {
    const a = real[i]!;
    const b = synthetic[i]!;
    if (a === 0 && b === 0) continue;
    difference += Math.abs(a * nSynthetic - b * nReal);
    const p = a / nReal;
    const q = b / nSynthetic;
    excess += Math.sqrt((p * (1 - p)) / nReal + (q * (1 - q)) / nSynthetic);
  }
  return { distance: difference / (2 * nReal * nSynthetic), excess: excess / 2, nReal, nSynthetic };
}

/**
 * Interval of 1 - total variation distance.
 *
 * McDiarmid's inequality holds the observed distance near its expectation (one row moves it by at most 1/n), and the
 * expectation lies above the true distance by at most half the sum of the cells' standard errors (plugged in).
 */
export function variationInterval(variation: Variation, level: number): Interval {
  const { distance, excess, nReal, nSynthetic } = variation;
  const deviation = Math.sqrt((log(2 / (1 - level)) / 2) * (1 / nReal + 1 / nSynthetic));
  return {
    lower: clampUnit(1 - distance - deviation),
    upper: clampUnit(1 - distance + deviation + excess),
    level,
    method: 'mcdiarmid-plug-in-bias',
  };
}

/** Counts of each code below `size`; codes outside are ignored. */
export function countCodes(codes: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < size) counts[code] = counts[code]! + 1;
  }
  return counts;
}
