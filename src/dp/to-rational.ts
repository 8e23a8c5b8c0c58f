import { SynthproofError } from '../errors.ts';

/** An exact fraction: numerator, and a denominator of at least 1. */
export type Rational = readonly [numerator: bigint, denominator: bigint];

/**
 * The exact fraction that a finite double is, in lowest terms. Exact samplers work on fractions only: no rounding ever
 * shows in a probability.
 *
 * @param value - A finite number.
 * @throws {@link SynthproofError} `BAD_NUMBER` for NaN and infinities.
 * @example
 * const [numerator, denominator] = toRational(0.75);
 * [String(numerator), String(denominator)]; // => ['3', '4']
 */
export function toRational(value: number): Rational {
  if (!Number.isFinite(value))
    throw new SynthproofError('BAD_NUMBER', `value: expected a finite number, received ${value}`, {
      argument: 'value',
    });
  let numerator = value;
  let shift = 0;
  // Doubling is exact, and every double becomes whole after at most 1,074 doublings.
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    shift++;
  }
  return [BigInt(numerator), 1n << BigInt(shift)];
}
