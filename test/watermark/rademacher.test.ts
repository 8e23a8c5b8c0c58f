import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayerSum } from '../../src/watermark/internal-layer-sum.ts';
import { rademacherChernoffLog10P } from '../../src/watermark/rademacher-chernoff-log10-p.ts';
import { rademacherExactTail } from '../../src/watermark/rademacher-exact-tail.ts';
import { rademacherLog10P } from '../../src/watermark/rademacher-log10-p.ts';

const smallWeights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 24 });

/** P(sum of sign x weight >= score) by listing all signs. */
function enumerated(weights: readonly number[], score: number): number {
  let hits = 0;
  for (let signs = 0; signs < 1 << weights.length; signs++) {
    let sum = 0;
    weights.forEach((weight, i) => {
      sum += (signs >> i) & 1 ? weight : -weight;
    });
    if (sum >= score) hits++;
  }
  return hits / 2 ** weights.length;
}

test('the exact tail equals the enumeration of all signs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 10 }),
      fc.integer({ min: -60, max: 60 }),
      (weights, score) => {
        expect(rademacherExactTail(weights, score)).toBeCloseTo(enumerated(weights, score), 12);
      },
    ),
  );
});

test('both bounds lie above the exact tail, for every weights and score', () => {
  fc.assert(
    fc.property(smallWeights, fc.double({ min: 0, max: 1.2, noNaN: true }), (weights, place) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      fc.pre(total > 0);
      const score = Math.round(place * total);
      const exact = rademacherExactTail(weights, score);
      const z = score / Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
      const slack = 1 + 1e-9;
      expect(10 ** rademacherLog10P(z) * slack).toBeGreaterThanOrEqual(exact);
      if (score <= total) expect(10 ** rademacherChernoffLog10P(weights, score) * slack).toBeGreaterThanOrEqual(exact);
    }),
    { numRuns: 500 },
  );
});

test('the detector rounds weights up, so its Chernoff bound is never below the exact one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.double({ min: -20, max: 20, noNaN: true })), { minLength: 1, maxLength: 60 }),
      (units) => {
        const layer = new LayerSum();
        for (const [plus, weight] of units) layer.add(plus ? 1 : -1, weight);
        const p = layer.log10P();
        if (layer.squares === 0) {
          expect(p).toBeNull();
          return;
        }
        const exact = rademacherChernoffLog10P(
          units.map(([, weight]) => weight),
          layer.score,
        );
        expect(p!).toBeGreaterThanOrEqual(Math.min(exact, rademacherLog10P(layer.z()!)) - 1e-9);
        expect(p!).toBeLessThanOrEqual(0);
      },
    ),
  );
});

test('the Chernoff bound is exact where every sign must be plus', () => {
  expect(rademacherChernoffLog10P([3, 1, 2, 5], 11)).toBeCloseTo(Math.log10(1 / 16), 12);
  expect(rademacherChernoffLog10P([3, 1, 2, 5], 11 - 1e-9)).toBeGreaterThan(Math.log10(1 / 16) - 1e-6);
});

test('far tails stay finite and fall with z', () => {
  const values = [0, 1, 5, 40, 250, 5000].map((z) => rademacherLog10P(z));
  for (let i = 1; i < values.length; i++) expect(values[i]!).toBeLessThan(values[i - 1]! + 1e-12);
  expect(values.every(Number.isFinite)).toBe(true);
  expect(rademacherLog10P(-8)).toBe(0);
});

test('hypotheses are a Bonferroni factor', () => {
  expect(rademacherLog10P(12, 1000)).toBeCloseTo(rademacherLog10P(12) + 3, 10);
});

test.each([
  ['z is NaN', () => rademacherLog10P(Number.NaN), 'BAD_NUMBER'],
  ['no hypothesis', () => rademacherLog10P(1, 0), 'OUT_OF_RANGE'],
  ['infinitely many', () => rademacherLog10P(1, Infinity), 'OUT_OF_RANGE'],
  ['a fractional weight', () => rademacherExactTail([0.5], 0), 'BAD_NUMBER'],
  ['a negative weight', () => rademacherExactTail([-1], 0), 'BAD_NUMBER'],
  ['weights too large', () => rademacherExactTail([2_000_000], 0), 'OUT_OF_RANGE'],
  ['a score of NaN', () => rademacherExactTail([1], Number.NaN), 'BAD_NUMBER'],
  ['an infinite weight', () => rademacherChernoffLog10P([Infinity], 1), 'BAD_NUMBER'],
  ['an infinite score', () => rademacherChernoffLog10P([1], Infinity), 'BAD_NUMBER'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
