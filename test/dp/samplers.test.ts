import { describe, expect, test } from 'vitest';
import {
  discreteGaussianNorm,
  exponentialMechanism,
  exponentialMechanismProbabilities,
  type NoiseSource,
  sampleBernoulliExp,
  sampleDiscreteGaussian,
  sampleDiscreteLaplace,
  toRational,
  unsafeSeededNoise,
} from '../../src/dp/index.ts';
import { discreteGaussian, discreteLaplace, type UniformSource, uniformFrom } from '../../src/dp/internal-exact.ts';
import { chiSquareUpperTail } from '../../src/math/index.ts';

/** The uniform source of the reference's scripted draws. */
function scripted(seed: bigint): UniformSource {
  let x = seed;
  return (bound) => {
    x = (6364136223846793005n * x + 1442695040888963407n) % 2n ** 64n;
    return (x >> 16n) % bound;
  };
}

/** p of a chi-square test of whole draws against weights over -reach to reach, tails pooled at 5 expected draws. */
function chiSquareP(draws: Float64Array, weight: (y: number) => number, reach: number): number {
  const observed = new Float64Array(2 * reach + 1);
  for (const y of draws) observed[Math.max(-reach, Math.min(reach, y)) + reach]!++;
  const weights = Array.from(observed, (_, i) => weight(i - reach));
  const total = weights.reduce((a, b) => a + b, 0);
  let statistic = 0;
  let cells = 0;
  let pooledSeen = 0;
  let pooledExpected = 0;
  weights.forEach((mass, i) => {
    const expected = (draws.length * mass) / total;
    if (expected < 5) {
      pooledSeen += observed[i]!;
      pooledExpected += expected;
      return;
    }
    statistic += (observed[i]! - expected) ** 2 / expected;
    cells++;
  });
  if (pooledExpected > 1) {
    statistic += (pooledSeen - pooledExpected) ** 2 / pooledExpected;
    cells++;
  }
  return chiSquareUpperTail(statistic, cells - 1);
}

describe('scripted draws are those of the reference, draw by draw', () => {
  test('discrete Gaussian, sigma2 1 and 7/2', () => {
    const one = scripted(5n);
    expect(Array.from({ length: 10 }, () => Number(discreteGaussian(one, [1n, 1n])))).toEqual([
      -2, 0, -1, 0, 0, -1, 2, 2, 0, 0,
    ]);
    const seven = scripted(5n);
    expect(Array.from({ length: 10 }, () => Number(discreteGaussian(seven, [7n, 2n])))).toEqual([
      -2, 3, -2, -1, 3, -1, -1, 0, -3, 0,
    ]);
  });

  test('discrete Laplace, scale 1 and 1/3', () => {
    const one = scripted(5n);
    expect(Array.from({ length: 10 }, () => Number(discreteLaplace(one, [1n, 1n])))).toEqual([
      -2, 1, 0, -1, 1, -1, 0, 1, 1, 2,
    ]);
    const third = scripted(5n);
    expect(Array.from({ length: 18 }, () => Number(discreteLaplace(third, [1n, 3n])))).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });
});

describe('20,000 draws have the stated distribution', () => {
  test.each([0.3, 3.5, 40])('discrete Gaussian, sigma2 %d', (sigma2) => {
    const draws = sampleDiscreteGaussian(unsafeSeededNoise('chi'), sigma2, 20_000);
    expect(chiSquareP(draws, (y) => Math.exp((-y * y) / (2 * sigma2)), 60)).toBeGreaterThan(0.001);
    expect(discreteGaussianNorm(sigma2)).toBeGreaterThan(1);
  });

  test.each([0.5, 2.75])('discrete Laplace, scale %d', (scale) => {
    const draws = sampleDiscreteLaplace(unsafeSeededNoise('chi'), scale, 20_000);
    expect(chiSquareP(draws, (y) => Math.exp(-Math.abs(y) / scale), 60)).toBeGreaterThan(0.001);
  });

  test('uniform below a bound of more than one word', () => {
    const uniform = uniformFrom(unsafeSeededNoise('chi'));
    const bound = 3n * 2n ** 33n;
    const draws = Float64Array.from({ length: 20_000 }, () => Number(uniform(bound) >> 33n));
    expect(chiSquareP(draws, (y) => (y >= 0 && y < 3 ? 1 : 0), 3)).toBeGreaterThan(0.001);
    expect(uniform(1n)).toBe(0n);
  });

  test('the coin exp(-x)', () => {
    const noise = unsafeSeededNoise('coin');
    for (const x of [0, 0.25, 1, 2.5]) {
      let heads = 0;
      for (let i = 0; i < 4000; i++) if (sampleBernoulliExp(noise, x)) heads++;
      expect(Math.abs(heads / 4000 - Math.exp(-x))).toBeLessThan(0.03);
    }
    expect(sampleBernoulliExp(noise, [1_000_000n, 1n])).toBe(false);
  });

  test('the exponential mechanism', () => {
    const noise = unsafeSeededNoise('chi');
    const scores = [3.5, 0, 2, 3, -7];
    const options = { epsilon: 1.3, sensitivity: 2 };
    const wanted = exponentialMechanismProbabilities(scores, options);
    const draws = Float64Array.from({ length: 20_000 }, () => exponentialMechanism(noise, scores, options));
    expect(chiSquareP(draws, (y) => wanted[y] ?? 0, 5)).toBeGreaterThan(0.001);
  });
});

test('fractions are exact', () => {
  expect(toRational(-2.5)).toEqual([-5n, 2n]);
  expect(toRational(0)).toEqual([0n, 1n]);
  const [n, d] = toRational(5e-324);
  expect(n).toBe(1n);
  expect(d).toBe(2n ** 1074n);
  const [m, e] = toRational(0.1);
  expect(Number(m) / Number(e)).toBe(0.1);
});

test('broken sources and bad arguments are refused, never looped on', () => {
  const stuck: NoiseSource = { source: 'stuck', nextUint32: () => 0xffffffff };
  expect(() => sampleDiscreteGaussian(stuck, 3, 1)).toThrow(/not uniform/);
  const broken: NoiseSource = { source: 'broken', nextUint32: () => 0.5 };
  expect(() => sampleDiscreteLaplace(broken, 3, 1)).toThrow(/whole words/);
  const noise = unsafeSeededNoise('x');
  for (const bad of [
    () => sampleDiscreteGaussian(noise, 0, 1),
    () => sampleDiscreteGaussian(noise, Number.NaN, 1),
    () => sampleDiscreteGaussian(noise, 1, -1),
    () => sampleDiscreteLaplace(noise, [1n, 0n], 1),
    () => sampleBernoulliExp(noise, -1),
    () => exponentialMechanism(noise, [], { epsilon: 1 }),
    () => exponentialMechanism(noise, [Number.NaN], { epsilon: 1 }),
    () => exponentialMechanism(noise, [1], { epsilon: 0 }),
    () => exponentialMechanismProbabilities([], { epsilon: 1 }),
    () => exponentialMechanismProbabilities([Number.POSITIVE_INFINITY], { epsilon: 1 }),
    () => exponentialMechanismProbabilities([1], { epsilon: 1, sensitivity: 0 }),
  ])
    expect(bad).toThrow(/expected/);
});
