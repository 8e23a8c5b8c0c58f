import { requireLength, requireProbability } from './internal-check.ts';
import { selectInPlace } from './internal-select.ts';

/**
 * Sample quantile of type 7 (Hyndman and Fan 1996): linear interpolation at position p (n - 1); what numpy and R do by
 * default. Found by selection, without a full sort.
 *
 * @param values - Numbers in any order; not changed. NaN anywhere gives NaN.
 * @param p - Probability, 0 to 1.
 * @returns The quantile, in the unit of the values.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for no values, `OUT_OF_RANGE` for p outside [0, 1].
 * @example
 * quantile([4, 1, 3, 2], 0.25); // => 1.75
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  const n = values.length;
  requireLength('values', n, 1);
  requireProbability('p', p);
  const copy = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return NaN;
    copy[i] = value;
  }
  const position = p * (n - 1);
  const index = Math.floor(position);
  const low = selectInPlace(copy, index, 0, n - 1);
  const weight = position - index;
  if (weight === 0) return low;
  let high = Infinity;
  for (let i = index + 1; i < n; i++) if (copy[i]! < high) high = copy[i]!;
  if (low === high) return low;
  return low + weight * (high - low);
}
