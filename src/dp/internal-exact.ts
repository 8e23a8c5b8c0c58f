import { SynthproofError } from '../errors.ts';
import type { NoiseSource } from './noise-source.ts';
import { type Rational, toRational } from './to-rational.ts';

/** Uniform whole numbers from 0 to `bound - 1`. Everything random here goes through it, so that tests can script it. */
export type UniformSource = (bound: bigint) => bigint;

/** After so many rejections in a row (chance below 2^-1000 each time) the source is broken, not unlucky. */
const MOST_REJECTIONS = 1000;

/** Exactly uniform whole numbers from words: as many bits as the bound needs, rejected when they reach it. */
export function uniformFrom(noise: NoiseSource): UniformSource {
  return (bound) => {
    if (bound <= 1n) return 0n;
    const bits = (bound - 1n).toString(2).length;
    const words = Math.ceil(bits / 32);
    const top = bits - 32 * (words - 1);
    const mask = top === 32 ? 0xffffffff : (1 << top) - 1;
    for (let attempt = 0; attempt < MOST_REJECTIONS; attempt++) {
      let value = BigInt((nextWord(noise) & mask) >>> 0);
      for (let w = 1; w < words; w++) value = (value << 32n) | BigInt(nextWord(noise));
      if (value < bound) return value;
    }
    throw new SynthproofError(
      'BAD_VALUE',
      `noise: ${MOST_REJECTIONS} draws in a row were rejected, so the words of "${noise.source}" are not uniform; use another source`,
      { argument: 'noise' },
    );
  };
}

function nextWord(noise: NoiseSource): number {
  const word = noise.nextUint32();
  if (word >>> 0 !== word)
    throw new SynthproofError('BAD_VALUE', `noise: expected whole words from 0 to 2^32 - 1, received ${word}`, {
      argument: 'noise',
    });
  return word;
}

/** A positive number or fraction as a fraction in lowest terms. */
export function positiveRational(argument: string, value: number | Rational): Rational {
  const [numerator, denominator] = typeof value === 'number' ? toRational(value) : value;
  if (numerator <= 0n || denominator <= 0n)
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a value above 0, received ${String(value)}`, {
      argument,
    });
  return reduce(numerator, denominator);
}

/** Lowest terms; the reference draws over the reduced denominator, so the order of draws depends on it. */
export function reduce(numerator: bigint, denominator: bigint): Rational {
  const divisor = gcd(numerator, denominator);
  return divisor === 1n ? [numerator, denominator] : [numerator / divisor, denominator / divisor];
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** True with probability exp(-x), x in [0, 1]: von Neumann's alternating series (CKS 2020, Algorithm 1, lines 1 to 8). */
function bernoulliExpBelow1(uniform: UniformSource, [numerator, denominator]: Rational): boolean {
  let k = 1n;
  for (;;) {
    // Bernoulli(x / k) in lowest terms: x is reduced, so only k can share a factor with its numerator.
    const divisor = k === 1n ? 1n : gcd(numerator, k);
    if (uniform((denominator * k) / divisor) >= numerator / divisor) return k % 2n === 1n;
    k++;
  }
}

/** True with probability exp(-x) for any reduced x >= 0 (Algorithm 1, lines 9 to 16). */
export function bernoulliExp(uniform: UniformSource, [numerator, denominator]: Rational): boolean {
  let rest = numerator;
  while (rest > denominator) {
    if (!bernoulliExpBelow1(uniform, ONE)) return false;
    rest -= denominator;
  }
  return bernoulliExpBelow1(uniform, rest === 0n ? ZERO : rest === denominator ? ONE : [rest, denominator]);
}

const ONE: Rational = [1n, 1n];
const ZERO: Rational = [0n, 1n];

/** Discrete Laplace of a reduced scale: P(y) proportional to exp(-|y| / scale) (Algorithm 2). */
export function discreteLaplace(uniform: UniformSource, scale: Rational): bigint {
  for (;;) {
    const negative = uniform(2n) < 1n;
    const magnitude = geometricExp(uniform, scale);
    if (negative && magnitude === 0n) continue;
    return negative ? -magnitude : magnitude;
  }
}

/** P(k) proportional to exp(-k / scale), k >= 0. */
function geometricExp(uniform: UniformSource, [t, s]: Rational): bigint {
  let u = uniform(t);
  while (!bernoulliExp(uniform, reduce(u, t))) u = uniform(t);
  let v = 0n;
  while (bernoulliExp(uniform, ONE)) v++;
  return (v * t + u) / s;
}

/** Discrete Gaussian of a reduced sigma^2: P(y) proportional to exp(-y^2 / 2 sigma^2) (Algorithm 3). */
export function discreteGaussian(uniform: UniformSource, sigma2: Rational): bigint {
  const [n, d] = sigma2;
  const t = floorRoot(n / d) + 1n;
  const scale: Rational = [t, 1n];
  for (;;) {
    const candidate = discreteLaplace(uniform, scale);
    // (|y| - sigma^2 / t)^2 / (2 sigma^2), with sigma^2 = n / d, over one denominator.
    const distance = (candidate < 0n ? -candidate : candidate) * t * d - n;
    if (bernoulliExp(uniform, reduce(distance * distance, 2n * n * d * t * t))) return candidate;
  }
}

/** Largest whole number whose square is at most x. */
function floorRoot(x: bigint): bigint {
  if (x < 2n) return x;
  // Newton from above.
  let root = 1n << BigInt((x.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
