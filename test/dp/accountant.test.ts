import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  discreteGaussianDelta,
  discreteGaussianNorm,
  discreteGaussianVariance,
  gaussianDelta,
  zcdpDelta,
  zcdpDeltaStandard,
  zcdpEpsilon,
  zcdpRho,
} from '../../src/dp/index.ts';

const rhos = fc.double({ min: 1e-4, max: 5, noNaN: true });
const epsilons = fc.double({ min: 0.01, max: 20, noNaN: true });

test('known values of the reference accountant', () => {
  expect(zcdpEpsilon(0.001, 1e-5)).toBeCloseTo(0.15733539316121553, 12);
  expect(zcdpDelta(0.001, 0.1)).toBeCloseTo(0.0005831789195745867, 14);
  expect(zcdpRho(0.1, 1e-5)).toBeCloseTo(0.00043299372940180947, 14);
});

test('conversions are inverse to each other, and on the safe side', () => {
  fc.assert(
    fc.property(rhos, fc.constantFrom(1e-5, 1e-6, 1e-9, 1e-12), (rho, delta) => {
      const epsilon = zcdpEpsilon(rho, delta);
      expect(zcdpDelta(rho, epsilon)).toBeLessThanOrEqual(delta);
      const back = zcdpRho(epsilon, delta);
      expect(zcdpDelta(back, epsilon)).toBeLessThanOrEqual(delta);
      expect(Math.abs(back / rho - 1)).toBeLessThan(1e-9);
    }),
    { numRuns: 40 },
  );
});

test('monotone; never above the standard bound, never below one Gaussian mechanism of the same rho', () => {
  fc.assert(
    fc.property(rhos, epsilons, (rho, epsilon) => {
      const delta = zcdpDelta(rho, epsilon);
      expect(zcdpDelta(rho * 1.1, epsilon)).toBeGreaterThanOrEqual(delta);
      expect(zcdpDelta(rho, epsilon * 1.1)).toBeLessThanOrEqual(delta);
      if (epsilon >= rho) expect(delta).toBeLessThanOrEqual(zcdpDeltaStandard(rho, epsilon) * (1 + 1e-9));
      expect(gaussianDelta({ sigma2: 1 / (2 * rho), epsilon })).toBeLessThanOrEqual(delta * (1 + 1e-6) + 1e-300);
    }),
  );
});

test('the discrete Gaussian meets the continuous one at large variance, and its definition at small', () => {
  for (const epsilon of [0, 0.1, 1]) {
    const exact = discreteGaussianDelta({ sigma2: 1e6, epsilon, sensitivity: 100 });
    expect(exact).toBeCloseTo(gaussianDelta({ sigma2: 1e6, epsilon, sensitivity: 100 }), 5);
  }
  for (const sigma2 of [0.1, 0.4999, 0.5, 1, 30]) {
    let norm = 0;
    let second = 0;
    let delta = 0;
    for (let k = -400; k <= 400; k++) {
      const mass = Math.exp((-k * k) / (2 * sigma2));
      norm += mass;
      second += k * k * mass;
      delta += Math.max(0, mass - Math.exp(0.7) * Math.exp((-(k - 2) * (k - 2)) / (2 * sigma2)));
    }
    expect(discreteGaussianNorm(sigma2) / norm).toBeCloseTo(1, 12);
    expect(discreteGaussianVariance(sigma2) / (second / norm)).toBeCloseTo(1, 9);
    expect(discreteGaussianDelta({ sigma2, epsilon: 0.7, sensitivity: 2 })).toBeCloseTo(delta / norm, 12);
  }
});

test('edges, and what is refused', () => {
  expect(zcdpDelta(0, 0)).toBe(0);
  expect(zcdpEpsilon(0, 1e-9)).toBe(0);
  expect(zcdpRho(1, 1)).toBe(0);
  expect(zcdpEpsilon(3, 1)).toBe(0);
  expect(zcdpDelta(1e-300, 1)).toBe(0);
  expect(Number.isFinite(zcdpEpsilon(1e6, 1e-9))).toBe(true);
  for (const bad of [
    () => zcdpDelta(-1, 1),
    () => zcdpDelta(Number.NaN, 1),
    () => zcdpEpsilon(1, 0),
    () => zcdpEpsilon(1, 2),
    () => zcdpRho(-1, 0.1),
    () => zcdpDeltaStandard(1, Number.POSITIVE_INFINITY),
    () => gaussianDelta({ sigma2: 0, epsilon: 1 }),
    () => discreteGaussianDelta({ sigma2: 1, epsilon: 1, sensitivity: 0.5 }),
    () => discreteGaussianDelta({ sigma2: 1e12, epsilon: 1 }),
    () => discreteGaussianNorm(-1),
    () => discreteGaussianVariance(Number.NaN),
  ])
    expect(bad).toThrow(/expected/);
});
