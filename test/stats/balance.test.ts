import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, normal } from '../../src/random/index.ts';
import { entropyBalance, rake } from '../../src/stats/index.ts';
import { codeOf } from '../code-of.ts';

describe('entropyBalance', () => {
  const rng = createRng('balance');
  const features = [0, 1, 2].map(() => Float64Array.from({ length: 200 }, () => normal(rng)));

  test('meets the targets with positive weights that sum to 1', () => {
    const found = entropyBalance(features, [0.3, -0.2, 0.1]);
    expect(found.status).toBe('met');
    for (const [j, target] of [0.3, -0.2, 0.1].entries()) expect(found.reached[j]).toBeCloseTo(target, 10);
    expect(Math.min(...found.weights)).toBeGreaterThan(0);
    expect(found.weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(found.effectiveSize).toBeLessThan(200);
    expect(found.divergence).toBeGreaterThan(0);
  });

  test('weights are the tilt that the coefficients say (Karush-Kuhn-Tucker)', () => {
    const { weights, coefficients } = entropyBalance(features, [0.5, 0, -0.4]);
    const tilt = Array.from({ length: 200 }, (_, i) =>
      Math.exp(coefficients.reduce((total, c, j) => total + c * features[j]![i]!, 0)),
    );
    const total = tilt.reduce((a, b) => a + b);
    for (let i = 0; i < 200; i++) expect(weights[i]).toBeCloseTo(tilt[i]! / total, 12);
  });

  test('the present means need no weights, and base weights are kept then', () => {
    const base = Float64Array.from({ length: 200 }, (_, i) => 1 + (i % 3));
    const total = base.reduce((a, b) => a + b);
    const means = features.map((x) => x.reduce((sum, value, i) => sum + (value * base[i]!) / total, 0));
    const { weights, divergence } = entropyBalance(features, means, { baseWeights: base });
    expect(divergence).toBeLessThan(1e-12);
    for (let i = 0; i < 200; i++) expect(weights[i]).toBeCloseTo(base[i]! / total, 10);
  });

  test('collinear features with agreeing targets are met', () => {
    const twice = Float64Array.from(features[0]!, (x) => 2 * x + 1);
    const { status, reached } = entropyBalance([features[0]!, twice], [0.25, 1.5]);
    expect(status).toBe('met');
    expect(reached[1]).toBeCloseTo(1.5, 9);
  });

  test('names the feature that no weighting can bring to its target', () => {
    const outside = entropyBalance(features, [0, 9, 0]);
    expect([outside.status, outside.worst]).toEqual(['infeasible', 1]);
    const twice = Float64Array.from(features[0]!, (x) => 2 * x);
    expect(entropyBalance([features[0]!, twice], [0.25, 0.9]).status).not.toBe('met');
    expect(entropyBalance([[3, 3, 3]], [4])).toMatchObject({ status: 'infeasible', worst: 0 });
    expect(entropyBalance([[3, 3, 3]], [3]).status).toBe('met');
  });

  test('a target on the border is approached, not claimed', () => {
    const { status, weights } = entropyBalance([[0, 0, 1, 1]], [1]);
    expect(status === 'met' ? weights[0]! < 1e-9 : status === 'not-converged').toBe(true);
  });

  test('survives wide scales', () => {
    const wide = Float64Array.from(features[0]!, (x) => 1e9 + 1e-3 * x);
    const { status, reached } = entropyBalance([wide], [1e9 + 2e-4]);
    expect(status).toBe('met');
    expect(reached[0]! - 1e9).toBeCloseTo(2e-4, 6);
  });

  test('refuses bad input', () => {
    expect(codeOf(() => entropyBalance([], []))).toBe('EMPTY_INPUT');
    expect(codeOf(() => entropyBalance([[]], [0]))).toBe('EMPTY_INPUT');
    expect(codeOf(() => entropyBalance([[1, 2]], [0, 1]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => entropyBalance([[1, 2], [1]], [0, 1]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => entropyBalance([[1, Number.NaN]], [0]))).toBe('BAD_NUMBER');
    expect(codeOf(() => entropyBalance([[1, 2]], [1.5], { baseWeights: [1, 0] }))).toBe('OUT_OF_RANGE');
  });
});

describe('rake', () => {
  const amounts = fc.integer({ min: 1, max: 40 });

  test('meets the margins of any table without zeros and keeps the odds ratios', () => {
    fc.assert(
      fc.property(
        fc.array(amounts, { minLength: 6, maxLength: 6 }),
        fc.array(amounts, { minLength: 6, maxLength: 6 }),
        (start, other) => {
          const rows = [0, 1].map((r) => other[3 * r]! + other[3 * r + 1]! + other[3 * r + 2]!);
          const columns = [0, 1, 2].map((c) => other[c]! + other[3 + c]!);
          const { status, cells } = rake(
            start,
            [2, 3],
            [
              { axes: [0], totals: rows },
              { axes: [1], totals: columns },
            ],
          );
          expect(status).toBe('met');
          expect(cells[0]! + cells[1]! + cells[2]!).toBeCloseTo(rows[0]!, 8);
          expect(cells[1]! + cells[4]!).toBeCloseTo(columns[1]!, 8);
          const odds = (t: ArrayLike<number>): number => (t[0]! * t[4]!) / (t[1]! * t[3]!);
          expect(odds(cells) / odds(start)).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  test('zeros stay zeros', () => {
    const { status, cells } = rake(
      [0, 2, 3, 4],
      [2, 2],
      [
        { axes: [0], totals: [3, 7] },
        { axes: [1], totals: [4, 6] },
      ],
    );
    expect([status, cells[0]]).toEqual(['met', 0]);
    expect(cells[1]).toBeCloseTo(3, 9);
  });

  test('names the margin that blocks', () => {
    expect(
      rake(
        [0, 0, 1, 1],
        [2, 2],
        [
          { axes: [1], totals: [1, 1] },
          { axes: [0], totals: [1, 1] },
        ],
      ),
    ).toMatchObject({
      status: 'infeasible',
      worst: { margin: 1, level: 0, wanted: 1, reached: 0 },
    });
    // A diagonal table has equal margins: unequal ones do not exist.
    const { status, worst } = rake(
      [1, 0, 0, 1],
      [2, 2],
      [
        { axes: [0], totals: [1, 3] },
        { axes: [1], totals: [3, 1] },
      ],
    );
    expect(status).toBe('infeasible');
    expect(Math.abs(worst.reached - worst.wanted)).toBeGreaterThan(0.5);
  });

  test('refuses bad input', () => {
    const margin = { axes: [0], totals: [1, 1] };
    expect(codeOf(() => rake([1, 1, 1], [2, 2], [margin]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => rake([1, -1], [2], [margin]))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => rake([1, Number.NaN], [2], [margin]))).toBe('BAD_NUMBER');
    expect(codeOf(() => rake([1, 1], [2], []))).toBe('EMPTY_INPUT');
    expect(codeOf(() => rake([1, 1], [2], [{ axes: [1], totals: [1, 1] }]))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => rake([1, 1, 1, 1], [2, 2], [margin, { axes: [1], totals: [5, 1] }]))).toBe('OUT_OF_RANGE');
  });
});
