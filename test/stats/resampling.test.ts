import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/math/index.ts';
import { createRng, normal, uniformInt } from '../../src/random/index.ts';
import {
  bootstrapCells,
  bootstrapRows,
  energyDistance,
  lsddTest,
  mean,
  mmdSquared,
  mmdTest,
  multivariateEnergyDistance,
  permutationTest,
  pooledMedianDistance,
  quantile,
  standardDeviation,
} from '../../src/stats/index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const difference =
  (x: readonly number[]) =>
  (labels: Int32Array): number => {
    let total = 0;
    for (let i = 0; i < x.length; i++) total += labels[i] === 1 ? x[i]! : -x[i]!;
    return total;
  };

describe('permutationTest', () => {
  test('counts what a replay of the same stream counts', () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6];
    const groups = [0, 1, 0, 1, 0, 1, 0, 1];
    const seen: number[] = [];
    const statistic = (labels: Int32Array): number => {
      const value = difference(x)(labels);
      seen.push(value);
      return value;
    };
    const result = permutationTest(statistic, { groups, rng: createRng('replay'), permutations: 200 });
    expect(seen.length).toBe(201);
    expect(result.statistic).toBe(seen[0]);
    expect(result.statistic).toBe(3);
    const exceed = seen.slice(1).filter((value) => value >= seen[0]!).length;
    expect(result).toMatchObject({ exceed, draws: 200, pValue: (1 + exceed) / 201, undefinedDraws: 0, stopped: false });
    expect(result.units).toBe(8);
    const less = permutationTest(difference(x), {
      groups,
      rng: createRng('replay'),
      permutations: 200,
      alternative: 'less',
    });
    expect(less.exceed).toBe(seen.slice(1).filter((value) => value <= seen[0]!).length);
    expect(less.statistic).toBe(3);
    const both = permutationTest(difference(x), {
      groups,
      rng: createRng('replay'),
      permutations: 200,
      alternative: 'two-sided',
    });
    expect(both.exceed).toBe(seen.slice(1).filter((value) => Math.abs(value) >= Math.abs(seen[0]!)).length);
    const again = permutationTest(difference(x), { groups, rng: createRng('replay'), permutations: 200 });
    expect(again).toEqual(result);
  });

  test('labels are those of one Fisher-Yates shuffle after another on the stream', () => {
    const labels = [4, 5, 6, 7, 8];
    const rng = createRng('order');
    const seen: number[][] = [];
    permutationTest(
      (current) => {
        seen.push(Array.from(current));
        return 0;
      },
      { groups: labels, rng: createRng('order'), permutations: 5 },
    );
    const replay = labels.slice();
    const expected = [labels];
    for (let draw = 0; draw < 5; draw++) {
      for (let i = 4; i > 0; i--) {
        const j = uniformInt(rng, i + 1);
        [replay[i], replay[j]] = [replay[j]!, replay[i]!];
      }
      expected.push(replay.slice());
    }
    expect(seen).toEqual(expected);
  });

  test('labels keep their numbers, clusters stay whole, strata keep their share', () => {
    const design = fc.integer({ min: 2, max: 12 }).chain((n) =>
      fc.record({
        cluster: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }),
        label: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 6, maxLength: 6 }),
        stratum: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 6, maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(design, fc.string(), ({ cluster, label, stratum }, seed) => {
        fc.pre(!/[\ud800-\udfff]/.test(seed));
        const groups = cluster.map((id) => label[id]!);
        const pairs = cluster.map((id) => stratum[id]!);
        const units = [...new Set(cluster)];
        const tally = (labels: ArrayLike<number>): string =>
          units
            .map((id) => `${stratum[id]}:${labels[cluster.indexOf(id)]}`)
            .sort()
            .join();
        const expected = tally(groups);
        const statistic = (labels: Int32Array): number => {
          expect(tally(labels)).toBe(expected);
          for (let i = 0; i < cluster.length; i++) expect(labels[i]).toBe(labels[cluster.indexOf(cluster[i]!)]);
          return 1;
        };
        const result = permutationTest(statistic, {
          groups,
          clusters: cluster,
          pairs,
          rng: createRng(seed),
          permutations: 20,
        });
        expect(result.units).toBe(units.length);
        if (result.reason === undefined) expect(result.pValue).toBe(1);
        else expect(result.reason).toBe('LABELS_FIXED');
      }),
    );
  });

  test('early stop: h over the draw that reached it, on the same stream', () => {
    const x = Array.from({ length: 20 }, (_, i) => i % 3);
    const groups = x.map((_, i) => i % 2);
    const values: number[] = [];
    const record = (labels: Int32Array): number => {
      values.push(difference(x)(labels));
      return values.at(-1)!;
    };
    permutationTest(record, { groups, rng: createRng('stop'), permutations: 500 });
    const hits = values.flatMap((value, draw) => (draw > 0 && value >= values[0]! ? [draw] : []));
    const result = permutationTest(difference(x), {
      groups,
      rng: createRng('stop'),
      permutations: 500,
      earlyStop: 10,
    });
    expect(result).toMatchObject({ stopped: true, draws: hits[9], exceed: 10, pValue: 10 / hits[9]! });
    const rare = permutationTest((labels) => (labels.every((label, i) => label === groups[i]) ? 1 : 0), {
      groups,
      rng: createRng('stop'),
      permutations: 99,
      earlyStop: 5,
    });
    expect(rare).toMatchObject({ stopped: false, draws: 99, exceed: 0, pValue: 0.01 });
  });

  test('valid under the null: p <= alpha in about alpha of the cases', () => {
    const rng = createRng('null');
    let small = 0;
    for (let run = 0; run < 400; run++) {
      const x = Array.from({ length: 12 }, () => normal(rng));
      const groups = x.map((_, i) => i % 2);
      const { pValue } = permutationTest(difference(x), { groups, rng: rng.stream(run), permutations: 39 });
      if (pValue! <= 0.1) small++;
    }
    // Binomial(400, 0.1): 5 deviations.
    expect(small).toBeGreaterThan(10);
    expect(small).toBeLessThan(70);
  });

  test('undefined statistics count against the finding; nothing is hidden', () => {
    const rng = createRng('x');
    let call = 0;
    const half = (): number | null => (call++ === 0 ? 5 : call % 2 ? null : Number.NaN);
    expect(permutationTest(half, { groups: [0, 1], rng, permutations: 9 })).toMatchObject({
      pValue: 1,
      undefinedDraws: 9,
      exceed: 9,
    });
    expect(permutationTest(() => null, { groups: [0, 1], rng })).toMatchObject({
      statistic: null,
      pValue: null,
      reason: 'STATISTIC_UNDEFINED',
    });
    expect(permutationTest(() => 2, { groups: [1, 1], rng })).toMatchObject({
      statistic: 2,
      pValue: null,
      reason: 'LABELS_FIXED',
      draws: 0,
    });
    // Rounding differences are ties.
    let turn = 0;
    const rounded = (): number => (turn++ === 0 ? 0.3 : 0.1 + 0.1 + 0.1 - 1e-15);
    expect(permutationTest(rounded, { groups: [0, 1], rng, permutations: 9 }).pValue).toBe(1);
  });

  test('hostile inputs and jobs', () => {
    const rng = createRng('x');
    const run = (options: object) => () => permutationTest(() => 1, { groups: [0, 1, 0], rng, ...options });
    expect(run({ groups: [] })).toThrow(code('EMPTY_INPUT'));
    expect(run({ groups: [0, 0.5, 1] })).toThrow(code('BAD_VALUE'));
    expect(run({ clusters: [0, 0, 1] })).toThrow(code('BAD_VALUE'));
    expect(run({ groups: [0, 0, 1], clusters: [0, 0, 1], pairs: [0, 1, 1] })).toThrow(code('BAD_VALUE'));
    expect(run({ clusters: [0, 1] })).toThrow(code('LENGTH_MISMATCH'));
    expect(run({ pairs: [0, 1] })).toThrow(code('LENGTH_MISMATCH'));
    expect(run({ permutations: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(run({ permutations: 1.5 })).toThrow(code('OUT_OF_RANGE'));
    expect(run({ earlyStop: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(run({ alternative: 'both' })).toThrow(code('BAD_OPTION'));
    expect(run({ signal: { aborted: true } })).toThrow(code('ABORTED'));
    const steps: number[] = [];
    permutationTest(() => 1, {
      groups: [0, 1],
      rng,
      permutations: 130,
      onProgress: ({ stage, done, total }) => {
        expect([stage, total]).toEqual(['permutationTest', 130]);
        steps.push(done);
      },
    });
    expect(steps).toEqual([64, 128, 130]);
  });
});

describe('bootstrap', () => {
  const values = Array.from({ length: 40 }, (_, i) => ((i * 37) % 41) ** 2 / 40);
  const meanOf = (rows: Uint32Array): number => mean(Array.from(rows, (row) => values[row]!));

  test('percentile: type-7 quantiles of what the stream draws', () => {
    const result = bootstrapRows(40, meanOf, {
      rng: createRng('b'),
      resamples: 300,
      level: 0.9,
      method: 'percentile',
    });
    const rng = createRng('b');
    const replay = Array.from({ length: 300 }, () =>
      meanOf(Uint32Array.from({ length: 40 }, () => uniformInt(rng, 40))),
    );
    expect(result.estimate).toBe(mean(values));
    expect(result.interval).toMatchObject({ level: 0.9, method: 'bootstrap-percentile' });
    expect(result.interval!.lower).toBe(quantile(replay, (1 - 0.9) / 2));
    expect(result.interval!.upper).toBe(quantile(replay, 1 - (1 - 0.9) / 2));
    expect(result.standardError).toBe(standardDeviation(replay));
    expect([result.resamples, result.undefinedResamples]).toEqual([300, 0]);
  });

  test("bca: Efron's formula on the same draws", () => {
    const result = bootstrapRows(40, meanOf, { rng: createRng('b'), resamples: 300 });
    const rng = createRng('b');
    const replay = Array.from({ length: 300 }, () =>
      meanOf(Uint32Array.from({ length: 40 }, () => uniformInt(rng, 40))),
    );
    const estimate = mean(values);
    const z0 = normalQuantile(replay.filter((value) => value < estimate).length / 300);
    // For a mean the acceleration is a sixth of the skewness over root n.
    const d = values.map((value) => value - estimate);
    const a = mean(d.map((value) => value ** 3)) / mean(d.map((value) => value ** 2)) ** 1.5 / 6 / Math.sqrt(40);
    expect(a).toBeGreaterThan(0.01);
    const place = (z: number): number => normalCdf(z0 + (z0 + z) / (1 - a * (z0 + z)));
    const z = normalQuantile(0.975);
    expect(result.interval!.lower).toBeCloseTo(quantile(replay, place(-z)), 9);
    expect(result.interval!.upper).toBeCloseTo(quantile(replay, place(z)), 9);
    expect(result.interval!.method).toBe('bootstrap-bca');
  });

  test('clusters are drawn whole', () => {
    const clusters = [7, 7, 3, 3, 3, 9];
    const members: Record<number, number[]> = { 7: [0, 1], 3: [2, 3, 4], 9: [5] };
    const result = bootstrapRows(
      6,
      (rows) => {
        const counts = new Array<number>(6).fill(0);
        for (const row of rows) counts[row]!++;
        for (const list of Object.values(members)) expect(new Set(list.map((row) => counts[row])).size).toBe(1);
        return rows.length;
      },
      { rng: createRng('c'), clusters, resamples: 50, method: 'percentile' },
    );
    expect(result.estimate).toBe(6);
  });

  test('cells: the same figures as rows, within resampling error', () => {
    const counts = [12, 30, 58];
    const rows = counts.flatMap((count, cell) => new Array<number>(count).fill(cell));
    const share = (cells: Float64Array): number => cells[0]! / (cells[0]! + cells[1]! + cells[2]!);
    const byCell = bootstrapCells(counts, share, { rng: createRng('d'), resamples: 4000 });
    const byRow = bootstrapRows(
      100,
      (drawn) => drawn.reduce((sum, row) => sum + (rows[row] === 0 ? 1 : 0), 0) / drawn.length,
      { rng: createRng('e'), resamples: 4000 },
    );
    expect(byCell.estimate).toBeCloseTo(byRow.estimate!, 12);
    expect(byCell.standardError).toBeCloseTo(Math.sqrt((0.12 * 0.88) / 100), 2);
    expect(Math.abs(byCell.interval!.lower - byRow.interval!.lower)).toBeLessThan(0.011);
    expect(Math.abs(byCell.interval!.upper - byRow.interval!.upper)).toBeLessThan(0.011);
    // Skewed to the right: the corrected interval lies higher than the plain one.
    const plain = bootstrapCells(counts, share, { rng: createRng('d'), resamples: 4000, method: 'percentile' });
    expect(byCell.interval!.upper).toBeGreaterThanOrEqual(plain.interval!.upper);
  });

  test('covers the truth about as often as it says', () => {
    const rng = createRng('coverage');
    let covered = 0;
    for (let run = 0; run < 150; run++) {
      const x = Float64Array.from({ length: 40 }, () => normal(rng));
      const { interval } = bootstrapRows(40, (rows) => mean(Float64Array.from(rows, (row) => x[row]!)), {
        rng: rng.stream(run),
        resamples: 199,
        level: 0.9,
      });
      if (interval!.lower <= 0 && interval!.upper >= 0) covered++;
    }
    expect(covered).toBeGreaterThan(118);
    expect(covered).toBeLessThan(149);
  });

  test('what cannot be said is null, with the reason', () => {
    const rng = createRng('x');
    expect(bootstrapRows(3, () => null, { rng })).toMatchObject({ interval: null, reason: 'STATISTIC_UNDEFINED' });
    expect(bootstrapCells([1, 2], () => Number.NaN, { rng })).toMatchObject({ reason: 'STATISTIC_UNDEFINED' });
    let call = 0;
    expect(bootstrapRows(3, () => (call++ === 0 ? 1 : null), { rng, resamples: 20 })).toMatchObject({
      reason: 'TOO_FEW_RESAMPLES',
      undefinedResamples: 20,
      resamples: 0,
    });
    let turn = 0;
    expect(bootstrapRows(3, () => turn++, { rng, resamples: 20 })).toMatchObject({ reason: 'ALL_ON_ONE_SIDE' });
    const shares = (counts: Float64Array): number | null => (counts[0]! > 0 ? counts[1]! / counts[0]! : null);
    expect(bootstrapCells([1, 9], shares, { rng, resamples: 99 })).toMatchObject({ interval: null });
    const constant = bootstrapRows(5, () => 4, { rng, resamples: 20 });
    expect([constant.interval!.lower, constant.interval!.upper, constant.standardError]).toEqual([4, 4, 0]);
  });

  test('hostile inputs', () => {
    const rng = createRng('x');
    expect(() => bootstrapRows(0, () => 1, { rng })).toThrow(code('OUT_OF_RANGE'));
    expect(() => bootstrapRows(3, () => 1, { rng, resamples: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => bootstrapRows(3, () => 1, { rng, level: 1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => bootstrapRows(3, () => 1, { rng, leaveOuts: 1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => bootstrapRows(3, () => 1, { rng, method: 'bc' as 'bca' })).toThrow(code('BAD_OPTION'));
    expect(() => bootstrapRows(3, () => 1, { rng, clusters: [1] })).toThrow(code('LENGTH_MISMATCH'));
    expect(() => bootstrapRows(3, () => 1, { rng, signal: { aborted: true } })).toThrow(code('ABORTED'));
    expect(() => bootstrapCells([], () => 1, { rng })).toThrow(code('EMPTY_INPUT'));
    expect(() => bootstrapCells([0, 0], () => 1, { rng })).toThrow(code('EMPTY_INPUT'));
    expect(() => bootstrapCells([1.5], () => 1, { rng })).toThrow(code('BAD_VALUE'));
    expect(() => bootstrapCells([-1, 3], () => 1, { rng })).toThrow(code('BAD_VALUE'));
  });
});

describe('distances of point samples', () => {
  const sample = fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: -3, max: 3 })), {
    minLength: 2,
    maxLength: 9,
  });
  const kernel = (a: ArrayLike<number>, b: ArrayLike<number>, sigma: number): number => {
    let square = 0;
    for (let k = 0; k < a.length; k++) square += (a[k]! - b[k]!) ** 2;
    return Math.exp(-square / (2 * sigma * sigma));
  };

  test('the definition, by double loops', () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0.3, max: 4, noNaN: true }), (x, y, sigma) => {
        const total = (a: typeof x, b: typeof x, self: boolean): number =>
          a.reduce((sum, p, i) => sum + b.reduce((s, q, j) => s + (self || i !== j ? kernel(p, q, sigma) : 0), 0), 0);
        const [n, m] = [x.length, y.length];
        const cross = (2 * total(x, y, true)) / (n * m);
        const biased = total(x, x, true) / n ** 2 + total(y, y, true) / m ** 2 - cross;
        const unbiased = total(x, x, false) / (n * (n - 1)) + total(y, y, false) / (m * (m - 1)) - cross;
        expect(mmdSquared(x, y, { sigma, estimator: 'biased' })).toBeCloseTo(biased, 12);
        expect(mmdSquared(x, y, { sigma })).toBeCloseTo(unbiased, 12);
        expect(mmdSquared(y, x, { sigma })).toBeCloseTo(unbiased, 12);
        expect(biased).toBeGreaterThan(-1e-12);
        const two = mmdSquared(x, y, { sigma: [sigma, 2 * sigma] });
        expect(two).toBeCloseTo((unbiased + mmdSquared(x, y, { sigma: 2 * sigma })) / 2, 12);
      }),
    );
  });

  test('on the line the energy distance is the square of the one-dimensional one', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const a = x.map((point) => [point[0]]);
        const b = y.map((point) => [point[0]]);
        const line = energyDistance(a.flat(), b.flat());
        expect(multivariateEnergyDistance(a, b).biased).toBeCloseTo(line * line, 10);
        expect(multivariateEnergyDistance(x, y)).toEqual(multivariateEnergyDistance(x, y));
        const swapped = multivariateEnergyDistance(y, x);
        expect(swapped.unbiased).toBeCloseTo(multivariateEnergyDistance(x, y).unbiased, 10);
      }),
    );
  });

  test('pooled median distance does not depend on the split', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const all = [...x, ...y];
        const { distance, squared } = pooledMedianDistance(x, y);
        expect(pooledMedianDistance(all.slice(0, 1), all.slice(1))).toEqual({ distance, squared });
        const distances = all.flatMap((p, i) =>
          all.slice(0, i).map((q) => Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)),
        );
        expect(distance).toBeCloseTo(quantile(distances, 0.5), 12);
      }),
    );
  });

  test('the test: arrangements equal the statistic of the rearranged samples, whichever sample is smaller', () => {
    const rng = createRng('mmd');
    for (const [n, m] of [
      [5, 8],
      [8, 5],
      [6, 6],
    ] as const) {
      const x = Array.from({ length: n }, () => [normal(rng), normal(rng)]);
      const y = Array.from({ length: m }, () => [normal(rng) + 1, normal(rng)]);
      const all = [...x, ...y];
      const arrangements = Array.from({ length: 6 }, (_, shift) => all.map((_, i) => (i * 5 + shift) % (n + m)));
      const result = mmdTest(x, y, { sigma: 1.3, arrangements });
      expect(result.statistic).toBeCloseTo(mmdSquared(x, y, { sigma: 1.3 }), 13);
      const direct = arrangements.map((order) => {
        const points = order.map((i) => all[i]!);
        return mmdSquared(points.slice(0, n), points.slice(n), { sigma: 1.3 });
      });
      for (let i = 0; i < direct.length; i++) expect(result.permuted[i]).toBeCloseTo(direct[i]!, 13);
      expect(result.exceed).toBe(direct.filter((value) => value >= result.statistic - 1e-12).length);
      expect(result.pValue).toBe((1 + result.exceed) / 7);
      const identity = mmdTest(x, y, { sigma: 1.3, arrangements: [all.map((_, i) => i)] });
      expect(identity.pValue).toBe(1);
    }
  });

  test('default bandwidth and power', () => {
    const rng = createRng('power');
    const x = Array.from({ length: 30 }, () => [normal(rng)]);
    const y = Array.from({ length: 30 }, () => [normal(rng) + 2]);
    const far = mmdTest(x, y, { rng: createRng('p'), permutations: 199 });
    expect(far.pValue).toBe(1 / 200);
    expect(far.sigma).toEqual([pooledMedianDistance(x, y).distance / Math.sqrt(2)]);
    expect(mmdTest(x, y, { rng: createRng('p'), permutations: 199 })).toEqual(far);
    const same = mmdTest(x.slice(0, 15), x.slice(15), { rng: createRng('p'), permutations: 199 });
    expect(same.pValue).toBeGreaterThan(0.05);
  });

  test('hostile inputs', () => {
    const rng = createRng('x');
    const x = [[0], [1]];
    expect(() => mmdSquared([[0]], x, { sigma: 1 })).toThrow(code('EMPTY_INPUT'));
    expect(() => mmdSquared(x, [[0, 1], [1]], { sigma: 1 })).toThrow(code('LENGTH_MISMATCH'));
    expect(() => mmdSquared(x, [[Number.NaN], [1]], { sigma: 1 })).toThrow(code('BAD_NUMBER'));
    expect(() => mmdSquared(x, x, { sigma: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => mmdSquared(x, x, { sigma: [] })).toThrow(code('OUT_OF_RANGE'));
    expect(() => mmdTest(x, x, {})).toThrow(code('BAD_OPTION'));
    expect(() => mmdTest([[1], [1]], [[1], [1]], { rng })).toThrow(code('OUT_OF_RANGE'));
    expect(() => mmdTest(x, x, { rng, permutations: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => mmdTest(x, x, { arrangements: [] })).toThrow(code('OUT_OF_RANGE'));
    expect(() => mmdTest(x, x, { arrangements: [[0, 1, 2]] })).toThrow(code('LENGTH_MISMATCH'));
    expect(() => mmdTest(x, x, { arrangements: [[0, 1, 2, 2]] })).toThrow(code('BAD_VALUE'));
    expect(() => mmdTest(x, x, { arrangements: [[0, 1, 2, 0.5]] })).toThrow(code('BAD_VALUE'));
    expect(() => mmdTest(x, x, { rng, permutations: 2 ** 31 })).toThrow(code('NO_CAPACITY'));
    expect(() => mmdTest(x, x, { rng, signal: { aborted: true } })).toThrow(code('ABORTED'));
    expect(() => pooledMedianDistance(new Array(10_001).fill([0]), x)).toThrow(code('NO_CAPACITY'));
  });

  test('least-squares density difference: power, level, repeatability, hostile inputs', () => {
    const rng = createRng('lsdd');
    const x = Array.from({ length: 25 }, () => [normal(rng), normal(rng)]);
    const y = Array.from({ length: 40 }, () => [normal(rng) + 2, normal(rng)]);
    const far = lsddTest(x, y, { rng: createRng('p'), permutations: 99 });
    expect(far.pValue).toBe(0.01);
    expect(lsddTest(x, y, { rng: createRng('p'), permutations: 99 })).toEqual(far);
    expect(far.statistic).toBeGreaterThan(Math.max(...far.permuted));
    expect(Math.log2(far.penalty) % 2).toBeCloseTo(0, 12);
    const near = lsddTest(y.slice(0, 15), y.slice(15), { rng: createRng('p'), permutations: 99 });
    expect(near.pValue).toBeGreaterThan(0.05);
    // Exchanging the samples changes nothing but the arrangement of the sums.
    const all = [...x, ...y];
    const order = all.map((_, i) => (i * 7) % 65);
    const there = lsddTest(x, y, { centres: x, sigma: 1, arrangements: [order] });
    const turned = [...order.slice(25), ...order.slice(0, 25)].map((i) => (i + 40) % 65);
    const back = lsddTest(y, x, { centres: x, sigma: 1, arrangements: [turned] });
    expect(back.statistic).toBeCloseTo(there.statistic, 12);
    expect(back.permuted[0]).toBeCloseTo(there.permuted[0]!, 12);
    expect(() => lsddTest(x, y, { centres: x })).toThrow(code('BAD_OPTION'));
    expect(() => lsddTest(x, y, { arrangements: [order] })).toThrow(code('BAD_OPTION'));
    expect(() => lsddTest(x, y, { rng, centres: [] })).toThrow(code('EMPTY_INPUT'));
    expect(() => lsddTest(x, y, { rng, centres: [[1]] })).toThrow(code('LENGTH_MISMATCH'));
    expect(() => lsddTest(x, y, { rng, sigma: -1 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => lsddTest(x, y, { rng, tolerance: 0 })).toThrow(code('OUT_OF_RANGE'));
    expect(() => lsddTest(x, y, { rng, signal: { aborted: true } })).toThrow(code('ABORTED'));
  });
});
