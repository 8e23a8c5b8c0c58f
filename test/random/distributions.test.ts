import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import {
  aliasTable,
  beta,
  binomial,
  categorical,
  createRng,
  dirichlet,
  exponential,
  fillShuffled,
  gamma,
  multinomial,
  normal,
  permutation,
  poisson,
  sampleWithoutReplacement,
  uniform,
  uniformInt,
  uniformOpen,
} from '../../src/random/index.ts';
import type { Rng } from '../../src/types.ts';
import { chiSquareP, ksP } from './support.ts';
import { gammaLower, lgamma } from './support-tail.ts';

const N = 200_000;
// Fixed seeds: these are known outcomes, not a lottery. 1e-4 is the promise of the evidence run at 1e6 draws.
const LEAST_P = 1e-4;

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof SynthproofError ? error.code : String(error);
  }
  return 'no error';
}

function draws(n: number, draw: () => number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = draw();
  return out;
}

/** An Rng that replays given words. */
function replay(list: readonly number[]): Rng {
  let at = 0;
  const rng: Rng = {
    nextUint32: () => list[at++]!,
    fill: (out) => out.map(() => rng.nextUint32()),
    stream: () => rng,
    state: () => ({ engine: 'replay', key: [], stream: 0, position: at }),
  };
  return rng;
}

function binomialPmf(n: number, p: number, upTo: number): Float64Array {
  return Float64Array.from({ length: upTo + 1 }, (_, k) =>
    Math.exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p)),
  );
}

describe('uniform', () => {
  test('ends of the ranges are exact', () => {
    expect(uniform(replay([0, 0]))).toBe(0);
    expect(uniform(replay([0xffffffff, 0xffffffff]))).toBe(1 - 2 ** -53);
    expect(uniform(replay([0x80000000, 0]))).toBe(0.5);
    expect(uniformOpen(replay([0, 0]))).toBe(2 ** -53);
    expect(uniformOpen(replay([0xffffffff, 0xffffffff]))).toBe(1 - 2 ** -53);
  });
  test('is uniform', () => {
    const rng = createRng('uniform');
    expect(
      ksP(
        draws(N, () => uniform(rng)),
        (x) => x,
      ),
    ).toBeGreaterThan(LEAST_P);
    expect(
      ksP(
        draws(N, () => uniformOpen(rng)),
        (x) => x,
      ),
    ).toBeGreaterThan(LEAST_P);
  });
});

describe('uniformInt', () => {
  test('rejects the words beyond the last multiple', () => {
    expect(uniformInt(replay([4294967295, 8]), 3)).toBe(2);
    expect(uniformInt(replay([4294967294]), 3)).toBe(2);
    expect(uniformInt(replay([4294967295]), 2 ** 32)).toBe(4294967295);
    expect(uniformInt(replay([0xffffffff, 0xffffffff]), 2 ** 53)).toBe(2 ** 53 - 1);
    const bound = 2 ** 52 + 1;
    expect(uniformInt(replay([0xffffffff, 0xffffffff, 0, 5]), bound)).toBe(5);
  });
  test.each([1, 2, 3, 7, 100, 1000])('bound %i is uniform', (bound) => {
    const rng = createRng(`int-${bound}`);
    const counts = new Float64Array(bound);
    for (let i = 0; i < N; i++) counts[uniformInt(rng, bound)]!++;
    if (bound > 1) expect(chiSquareP(counts, new Float64Array(bound).fill(1 / bound), N)).toBeGreaterThan(LEAST_P);
    else expect(counts[0]).toBe(N);
  });
  test('wide bounds are uniform', () => {
    const rng = createRng('wide');
    for (const bound of [3 * 2 ** 30, 2 ** 40 + 7, 2 ** 53])
      expect(
        ksP(
          draws(N, () => uniformInt(rng, bound) / bound),
          (x) => x,
        ),
      ).toBeGreaterThan(LEAST_P);
  });
  test('bad bounds are refused', () => {
    for (const bound of [0, -1, 1.5, NaN, Infinity, 2 ** 53 + 2])
      expect(code(() => uniformInt(createRng('x'), bound))).toBe('OUT_OF_RANGE');
  });
});

describe('continuous distributions', () => {
  test('normal', () => {
    const rng = createRng('normal');
    const cdf = (x: number) =>
      x < 0 ? 0.5 - gammaLower(0.5, (x * x) / 2) / 2 : 0.5 + gammaLower(0.5, (x * x) / 2) / 2;
    const sample = draws(N, () => normal(rng));
    expect(ksP(sample, cdf)).toBeGreaterThan(LEAST_P);
    expect(sample.filter((x) => Math.abs(x) > 3).length / N).toBeCloseTo(0.0027, 3);
    expect(rng.state().position).toBe(2 * N);
    expect(normal(replay([0, 0]))).toBeCloseTo(-8.2095361516013874, 10);
  });
  test('exponential', () => {
    const rng = createRng('exponential');
    expect(
      ksP(
        draws(N, () => exponential(rng)),
        (x) => 1 - Math.exp(-x),
      ),
    ).toBeGreaterThan(LEAST_P);
    expect(
      ksP(
        draws(N, () => exponential(rng, 4)),
        (x) => 1 - Math.exp(-4 * x),
      ),
    ).toBeGreaterThan(LEAST_P);
  });
  test.each([0.05, 0.3, 0.999, 1, 1.5, 7, 250])('gamma of shape %f', (shape) => {
    const rng = createRng(`gamma-${shape}`);
    expect(
      ksP(
        draws(50_000, () => gamma(rng, shape)),
        (x) => gammaLower(shape, x),
      ),
    ).toBeGreaterThan(LEAST_P);
    expect(
      ksP(
        draws(50_000, () => gamma(rng, shape, 3)),
        (x) => gammaLower(shape, x / 3),
      ),
    ).toBeGreaterThan(LEAST_P);
  });
  test('beta', () => {
    const rng = createRng('beta');
    expect(
      ksP(
        draws(N, () => beta(rng, 1, 1)),
        (x) => x,
      ),
    ).toBeGreaterThan(LEAST_P);
    expect(
      ksP(
        draws(N, () => beta(rng, 1, 4)),
        (x) => 1 - (1 - x) ** 4,
      ),
    ).toBeGreaterThan(LEAST_P);
    expect(
      ksP(
        draws(N, () => beta(rng, 0.5, 0.5)),
        (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x)),
      ),
    ).toBeGreaterThan(LEAST_P);
    const cubic = (x: number) => x * x * (3 - 2 * x);
    expect(
      ksP(
        draws(N, () => beta(rng, 2, 2)),
        cubic,
      ),
    ).toBeGreaterThan(LEAST_P);
    for (let i = 0; i < 2000; i++) {
      const x = beta(rng, 1e-4, 1e-4);
      expect(x >= 0 && x <= 1).toBe(true);
    }
  });
  test('dirichlet shares are on the simplex, with beta marginals', () => {
    const rng = createRng('dirichlet');
    const first = draws(50_000, () => dirichlet(rng, [1, 2, 2])[0]!);
    expect(ksP(first, (x) => 1 - (1 - x) ** 4)).toBeGreaterThan(LEAST_P);
    for (let i = 0; i < 500; i++) {
      const shares = dirichlet(rng, [1e-4, 1e-4, 5e-4, 1e-300]);
      expect(shares.every((x) => x >= 0 && x <= 1)).toBe(true);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
  });
  test('bad parameters are refused', () => {
    const rng = createRng('bad');
    for (const bad of [0, -1, NaN, Infinity]) {
      expect(code(() => exponential(rng, bad))).toBe('OUT_OF_RANGE');
      expect(code(() => gamma(rng, bad))).toBe('OUT_OF_RANGE');
      expect(code(() => gamma(rng, 1, bad))).toBe('OUT_OF_RANGE');
      expect(code(() => beta(rng, bad, 1))).toBe('OUT_OF_RANGE');
      expect(code(() => beta(rng, 1, bad))).toBe('OUT_OF_RANGE');
      expect(code(() => dirichlet(rng, [1, bad]))).toBe('OUT_OF_RANGE');
    }
    expect(code(() => dirichlet(rng, []))).toBe('EMPTY_INPUT');
  });
});

describe('counts', () => {
  test.each([
    [1, 0.3],
    [10, 0.5],
    [40, 0.02],
    [40, 0.98],
    [100, 0.099],
    [100, 0.1],
    [100, 0.5],
    [1000, 0.03],
    [1000, 0.7],
    [5000, 0.45],
  ])('binomial(%i, %f)', (n, p) => {
    const rng = createRng(`binomial-${n}-${p}`);
    const counts = new Float64Array(n + 1);
    for (let i = 0; i < N; i++) counts[binomial(rng, n, p)]!++;
    expect(chiSquareP(counts, binomialPmf(n, p, n), N)).toBeGreaterThan(LEAST_P);
  });
  test('binomial at the edges', () => {
    const rng = createRng('edge');
    expect(binomial(rng, 0, 0.5)).toBe(0);
    expect(binomial(rng, 9, 0)).toBe(0);
    expect(binomial(rng, 9, 1)).toBe(9);
    const huge = draws(2000, () => (binomial(rng, 2 ** 53 - 1, 0.5) - 2 ** 52) / 2 ** 25.5);
    const mean = huge.reduce((a, b) => a + b) / 2000;
    const square = huge.reduce((a, b) => a + b * b, 0) / 2000;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(square - 1)).toBeLessThan(0.15);
    const rare = draws(20_000, () => binomial(rng, 2 ** 53 - 1, 3 / 2 ** 53));
    expect(Math.abs(rare.reduce((a, b) => a + b) / 20_000 - 3)).toBeLessThan(0.06);
    for (const n of [-1, 1.5, NaN, 2 ** 53]) expect(code(() => binomial(rng, n, 0.5))).toBe('OUT_OF_RANGE');
    for (const p of [-0.1, 1.1, NaN]) expect(code(() => binomial(rng, 5, p))).toBe('OUT_OF_RANGE');
  });
  test.each([0.1, 3, 9.99, 10, 42.5, 1000])('poisson(%f)', (mean) => {
    const rng = createRng(`poisson-${mean}`);
    const size = Math.ceil(mean + 12 * Math.sqrt(mean) + 20);
    const counts = new Float64Array(size);
    for (let i = 0; i < N; i++) counts[poisson(rng, mean)]!++;
    const pmf = Float64Array.from({ length: size }, (_, k) => Math.exp(k * Math.log(mean) - mean - lgamma(k + 1)));
    expect(chiSquareP(counts, pmf, N)).toBeGreaterThan(LEAST_P);
  });
  test('poisson at the edges', () => {
    const rng = createRng('edge');
    expect(poisson(rng, 0)).toBe(0);
    const huge = poisson(rng, 1e15);
    expect(Number.isSafeInteger(huge)).toBe(true);
    expect(Math.abs(huge - 1e15)).toBeLessThan(10 * Math.sqrt(1e15));
    for (const mean of [-1, NaN, Infinity, 2e15]) expect(code(() => poisson(rng, mean))).toBe('OUT_OF_RANGE');
  });
  test('categorical follows its weights', () => {
    const rng = createRng('categorical');
    const weights = [5, 0, 1, 0.001, 3, 0, 10, 2];
    const total = weights.reduce((a, b) => a + b);
    const table = aliasTable(weights);
    const counts = new Float64Array(weights.length);
    for (let i = 0; i < N; i++) counts[categorical(rng, table)]!++;
    expect(counts[1]).toBe(0);
    expect(counts[5]).toBe(0);
    expect(
      chiSquareP(
        counts,
        weights.map((w) => w / total),
        N,
      ),
    ).toBeGreaterThan(LEAST_P);
  });
  test('an alias table restates the weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })), {
          minLength: 1,
          maxLength: 60,
        }),
        (weights) => {
          const total = weights.reduce((a, b) => a + b, 0);
          fc.pre(total > 0);
          const { probability, alias } = aliasTable(weights);
          const share = new Float64Array(weights.length);
          for (let i = 0; i < weights.length; i++) {
            share[i]! += probability[i]! / weights.length;
            share[alias[i]!]! += (1 - probability[i]!) / weights.length;
          }
          for (let i = 0; i < weights.length; i++) {
            expect(Math.abs(share[i]! - weights[i]! / total)).toBeLessThan(1e-12);
            if (weights[i] === 0) expect(share[i]).toBe(0);
          }
        },
      ),
    );
  });
  test('bad weights are refused', () => {
    expect(code(() => aliasTable([]))).toBe('EMPTY_INPUT');
    expect(code(() => aliasTable([0, 0]))).toBe('EMPTY_INPUT');
    expect(code(() => aliasTable([1, -1]))).toBe('OUT_OF_RANGE');
    expect(code(() => aliasTable([1, NaN]))).toBe('OUT_OF_RANGE');
    expect(code(() => aliasTable([1e308, 1e308]))).toBe('OUT_OF_RANGE');
    expect(code(() => multinomial(createRng('x'), -1, [1]))).toBe('OUT_OF_RANGE');
    expect(code(() => multinomial(createRng('x'), 5, [0]))).toBe('EMPTY_INPUT');
  });
  test('multinomial counts sum to n, with binomial marginals and the right covariance', () => {
    const rng = createRng('multinomial');
    const weights = [2, 0, 3, 5];
    const n = 50;
    const counts = new Float64Array(n + 1);
    let cross = 0;
    const runs = 40_000;
    for (let i = 0; i < runs; i++) {
      const draw = multinomial(rng, n, weights);
      expect(draw[0]! + draw[1]! + draw[2]! + draw[3]!).toBe(n);
      expect(draw[1]).toBe(0);
      counts[draw[3]!]!++;
      cross += (draw[0]! - 10) * (draw[2]! - 15);
    }
    expect(chiSquareP(counts, binomialPmf(n, 0.5, n), runs)).toBeGreaterThan(LEAST_P);
    expect(cross / runs).toBeCloseTo(-n * 0.2 * 0.3, 0);
    expect(Array.from(multinomial(rng, 0, [1, 2]))).toEqual([0, 0]);
  });
});

describe('orders', () => {
  test('every order of four is equally likely', () => {
    const rng = createRng('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 48_000; i++) {
      const key = permutation(rng, 4).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquareP([...counts.values()], new Float64Array(24).fill(1 / 24), 48_000)).toBeGreaterThan(LEAST_P);
  });
  test('shuffling keeps the values and returns the buffer', () => {
    const buffer = Float64Array.of(3, 1, 2, 1);
    expect(fillShuffled(buffer, createRng('x'))).toBe(buffer);
    expect(Array.from(buffer).sort()).toEqual([1, 1, 2, 3]);
    expect(fillShuffled([], createRng('x'))).toEqual([]);
    expect(permutation(createRng('x'), 0).length).toBe(0);
  });
  test('a sample without replacement is the start of a shuffle in both memory plans', () => {
    // n = 64: k = 7 takes the sparse plan and k = 8 the dense one; the first seven must agree.
    for (let s = 0; s < 200; s++) {
      const sparse = sampleWithoutReplacement(createRng(`swr-${s}`), 64, 7);
      const dense = sampleWithoutReplacement(createRng(`swr-${s}`), 64, 8);
      expect(Array.from(sparse)).toEqual(Array.from(dense.subarray(0, 7)));
    }
    expect(Array.from(sampleWithoutReplacement(createRng('all'), 9, 9)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(sampleWithoutReplacement(createRng('none'), 0, 0).length).toBe(0);
    const wide = sampleWithoutReplacement(createRng('wide'), 4294967295, 1000);
    expect(new Set(wide).size).toBe(1000);
  });
  test('every pair is equally likely', () => {
    const rng = createRng('pairs');
    const counts = new Float64Array(400);
    for (let i = 0; i < N; i++) {
      const [a, b] = sampleWithoutReplacement(rng, 20, 2);
      counts[a! * 20 + b!]!++;
    }
    const expected = Float64Array.from({ length: 400 }, (_, i) => (i % 21 === 0 ? 0 : 1 / 380));
    for (let i = 0; i < 400; i += 21) expect(counts[i]).toBe(0);
    expect(chiSquareP(counts, expected, N)).toBeGreaterThan(LEAST_P);
  });
  test('bad sizes are refused', () => {
    const rng = createRng('x');
    expect(code(() => permutation(rng, -1))).toBe('OUT_OF_RANGE');
    expect(code(() => permutation(rng, 2 ** 32))).toBe('OUT_OF_RANGE');
    expect(code(() => sampleWithoutReplacement(rng, 3, 4))).toBe('OUT_OF_RANGE');
    expect(code(() => sampleWithoutReplacement(rng, 2.5, 1))).toBe('OUT_OF_RANGE');
  });
});
