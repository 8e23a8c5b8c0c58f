import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import { categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import {
  type CompareOptions,
  columnScorer,
  compareProfiles,
  createValueSpec,
  type DriftReport,
  type FeatureRows,
  featureScorer,
  type ProfileOptions,
  profileValues,
  type ValueProfile,
  valueDriftReport,
} from '../../src/value-drift/index.ts';
import { assertJsonSafe, code, rowScorer } from './support.ts';

function profile(rows: FeatureRows, options: ProfileOptions = {}, width: number = rows[0]?.length ?? 1): ValueProfile {
  return profileValues(rows, rowScorer(width), options);
}

/** One value, as a column. */
function one(values: readonly (number | null)[], options: ProfileOptions = {}): ValueProfile {
  return profile(
    values.map((x) => [x]),
    options,
    1,
  );
}

function normals(n: number, width: number, seed: string, shift: readonly number[] = []): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => Array.from({ length: width }, (_, v) => normal(rng) + (shift[v] ?? 0)));
}

function compare(a: FeatureRows, b: FeatureRows, options: CompareOptions = {}): DriftReport {
  return compareProfiles(profile(a), profile(b), options);
}

/** The library's statistic, from its definition: Welch's with variances drawn towards the pooled one. */
function shrunkenT(a: readonly number[], b: readonly number[]): number {
  const pooled = [...a, ...b];
  const mean = (x: readonly number[]) => x.reduce((s, y) => s + y, 0) / x.length;
  const centre = mean(pooled);
  const second = mean(pooled.map((x) => (x - centre) ** 2));
  const kurtosis = mean(pooled.map((x) => (x - centre) ** 4)) / second ** 2;
  const part = (x: readonly number[]) => {
    const own = x.reduce((s, y) => s + (y - mean(x)) ** 2, 0) / (x.length - 1) / x.length;
    const r = (kurtosis - 1) / x.length;
    return own + (r / (r + 0.25)) * (second / x.length - own);
  };
  return (mean(b) - mean(a)) / Math.sqrt(part(a) + part(b));
}

describe('profileValues', () => {
  test('a summary by hand', () => {
    const [value] = one([1, 2, 3, 4, null, Infinity]).values;
    expect(value).toMatchObject({ id: 'v0', n: 4, missing: 1, invalid: 1, mean: 2.5, floorShare: 0.25 });
    expect(value!.sd).toBeCloseTo(1.2909944487358056, 14);
    expect(value!.se).toBeCloseTo(0.6454972243679028, 14);
    expect(value!.interval!.lower).toBeCloseTo(0.445739743239121, 12);
    expect(value!.quantiles).toEqual([1.15, 1.75, 2.5, 3.25, 3.8499999999999996]);
  });

  test('clusters widen the error; singletons change nothing', () => {
    const data = [1, 1, 1, 5, 5, 5, 9, 9, 9];
    const plain = one(data).values[0]!;
    const single = one(data, { clusters: data.map((_, i) => i) }).values[0]!;
    expect(single.se).toBeCloseTo(plain.se!, 13);
    const grouped = one(data, { clusters: data }).values[0]!;
    // Cluster sums of residuals -12, 0, 12: sqrt(288 * 3 / 2) / 9.
    expect(grouped.se).toBeCloseTo(Math.sqrt(432) / 9, 12);
    expect(grouped.interval!.method).toBe('student-t-clusters');
    expect(one(data, { clusters: data.map(() => 'x') }).values[0]!.se).toBeNull();
  });

  test('groups hold their means; items without a group come last', () => {
    const { groups } = one([1, 2, 3, null, 10], { groups: ['b', 'a', 'b', 'a', null] });
    expect(groups).toEqual([
      { group: 'a', n: 2, counts: [1], means: [2] },
      { group: 'b', n: 2, counts: [2], means: [2] },
      { group: null, n: 1, counts: [1], means: [10] },
    ]);
    const column = categoryColumn('g', ['b', 'a', 'b', 'a', null]);
    expect(one([1, 2, 3, null, 10], { groups: column }).groups).toEqual(groups);
  });

  test('empty, constant and extreme scores give no NaN', () => {
    const without = (p: ValueProfile) => ({ ...p, scores: null });
    for (const data of [[], [null], [5], [7, 7, 7], [1e308, -1e308, 1e308], [5e-324, 0], [-0, 0], [0.1, 0.1, 0.1]])
      assertJsonSafe(without(one(data)));
    expect(one([]).values[0]).toMatchObject({ n: 0, mean: null, reason: 'no-scores' });
    expect(one([0.1, 0.1, 0.1]).values[0]).toMatchObject({ mean: 0.1, sd: 0, se: 0 });
    expect(one([1e308, 1e308, 1e308, 1e307]).values[0]!.mean).toBeCloseTo(7.75e307, -295);
    expect(one([1e-200, 3e-200]).values[0]!.sd! / 1e-200).toBeCloseTo(Math.SQRT2, 12);
  });

  test('targets become ranges, and scores can be left out', () => {
    const spec = createValueSpec({
      id: 's',
      version: '1',
      values: [{ id: 'a', target: { mean: 2 } }, { id: 'b', target: { max: 1 } }, { id: 'c', target: {} }, 'd'],
    });
    const made = profileValues([[1, 2, 3, 4]], featureScorer(spec), { keepScores: false });
    expect(made.targets).toEqual([{ lower: 2, upper: 2 }, { lower: null, upper: 1 }, null, null]);
    expect('scores' in made).toBe(false);
    assertJsonSafe(made);
    expect(code(() => compareProfiles(made, made))).toBe('BAD_VALUE');
  });

  test('bad options are refused', () => {
    expect(code(() => one([1, 2], { level: 1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => one([1, 2], { ids: ['a'] }))).toBe('LENGTH_MISMATCH');
    expect(code(() => one([1, 2], { clusters: ['a', null] }))).toBe('BAD_VALUE');
    const scorer = { ...rowScorer(2), score: () => ({ rows: 1, columns: [Float64Array.of(1)] }) };
    expect(code(() => profileValues([], scorer))).toBe('LENGTH_MISMATCH');
    const ragged = { ...rowScorer(1), score: () => ({ rows: 2, columns: [Float64Array.of(1)] }) };
    expect(code(() => profileValues([], ragged))).toBe('LENGTH_MISMATCH');
  });
});

describe('compareProfiles: what it computes', () => {
  const a = [3.1, 2.2, 5.9, 4.4, 3.3, 2.8, 4.9, 5.1, 3.7, 4.0];
  const b = [4.1, 5.2, 6.9, 6.4, 3.9, 5.8, 7.9, 5.5];
  const [value] = compareProfiles(one(a), one(b)).values;

  test('means, Welch interval, effect sizes and distances', () => {
    expect(value!.delta).toBeCloseTo(1.7725, 12);
    // scipy 1.17.1: Welch interval by t.ppf, wasserstein_distance, ks_2samp; Cliff's delta from mannwhitneyu.
    expect(value!.interval!.lower).toBeCloseTo(0.4816552556622964, 10);
    expect(value!.interval!.upper).toBeCloseTo(3.0633447443377033, 10);
    expect(value!.w1).toBeCloseTo(1.7725, 12);
    expect(value!.ks).toBeCloseTo(0.65, 12);
    expect(value!.cliffsDelta).toBeCloseTo(0.7, 12);
    expect(value!.hedgesG).toBeCloseTo(1.35885215164966, 12);
    expect(value!.deltaInSd).toBeCloseTo(1.5464122739451207, 12);
  });

  test('distances against plain loops, with ties and unequal sizes', () => {
    const level = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(level, level, (x, y) => {
        const [drift] = compareProfiles(one(x), one(y), { permutations: 99 }).values;
        const share = (list: readonly number[], t: number) => list.filter((z) => z <= t).length / list.length;
        let ks = 0;
        let w1 = 0;
        for (let t = -3; t < 3; t++) {
          const gap = Math.abs(share(x, t) - share(y, t));
          ks = Math.max(ks, gap);
          w1 += gap;
        }
        const wins = y.flatMap((q) => x.map((p) => Math.sign(q - p))).reduce((s: number, z) => s + z, 0);
        expect(drift!.ks).toBeCloseTo(ks, 12);
        expect(drift!.w1).toBeCloseTo(w1, 12);
        expect(drift!.cliffsDelta).toBeCloseTo(wins / (x.length * y.length), 12);
      }),
    );
  });

  test('the statistic follows its definition', () => {
    expect(value!.statistic).toBeCloseTo(shrunkenT(a, b), 4);
    const rare = [...new Array(60).fill(0), 1, 1, 1];
    const current = new Array(20).fill(0);
    const drift = compareProfiles(one(rare), one(current)).values[0]!;
    expect(drift.statistic).toBeCloseTo(shrunkenT(rare, current), 4);
  });

  test('small samples count all arrangements, against a plain enumeration', () => {
    const x = [0.1, 0.9, 0.4, 0.4, 0.2];
    const y = [0.8, 0.9, 0.4, 1.3];
    const drift = compareProfiles(one(x), one(y));
    expect(drift.global).toMatchObject({ method: 'exact', arrangements: 126 });
    const all = [...x, ...y];
    const seen = Math.abs(shrunkenT(x, y));
    let count = 0;
    for (let mask = 0; mask < 512; mask++) {
      const right = all.filter((_, i) => (mask >> i) & 1);
      if (right.length !== 4) continue;
      const left = all.filter((_, i) => !((mask >> i) & 1));
      if (Math.abs(shrunkenT(left, right)) >= seen - 1e-9) count++;
    }
    expect(drift.values[0]!.pValue).toBeCloseTo(count / 126, 12);
  });

  test('pairs count all sign flips', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const x = [1, 2, 3, 4, 5, 6];
    const y = [2, 2.5, 3.5, 4, 7, 8];
    const drift = compareProfiles(one(x, { ids }), one(y, { ids }));
    expect(drift.design).toBe('paired');
    expect(drift.global).toMatchObject({ method: 'exact', arrangements: 64 });
    // One difference is 0 and all others have one sign: 4 of 64 arrangements are as extreme.
    expect(drift.values[0]!.pValue).toBe(4 / 64);
    const d = y.map((v, i) => v - x[i]!);
    const mean = d.reduce((s, v) => s + v, 0) / 6;
    const sd = Math.sqrt(d.reduce((s, v) => s + (v - mean) ** 2, 0) / 5);
    expect(drift.values[0]!.statistic).toBeCloseTo(mean / (sd / Math.sqrt(6)), 4);
    expect(drift.values[0]!.interval!.method).toBe('paired-t');
  });

  test('pairs are matched by id in any order, repeats averaged, strangers named', () => {
    const before = one([1, 2, 9, 5], { ids: ['a', 'b', 'x', 'c'] });
    const after = one([5, 4, 3, 6, null, 7], { ids: ['c', 'b', 'a', 'a', 'b', 'y'] });
    const drift = compareProfiles(before, after);
    const [v] = drift.values;
    expect(v!.baseline).toMatchObject({ n: 3, mean: 8 / 3 });
    expect(v!.current.mean).toBeCloseTo((4.5 + 4 + 5) / 3, 12);
    expect(v!.delta).toBeCloseTo((3.5 + 2 + 0) / 3, 12);
    expect(drift.warnings.join()).toContain('1 baseline and 1 current items have no partner');
  });

  test('slices sum to the change', () => {
    const rng = createRng('slices');
    const make = (n: number, p: number) => {
      const groups = Array.from({ length: n }, () => (uniform(rng) < p ? 'a' : uniform(rng) < 0.8 ? 'b' : null));
      return profile(
        groups.map((g) => [g === 'a' ? normal(rng) + 3 : normal(rng), uniform(rng) < 0.2 ? null : normal(rng)]),
        { groups: groups.map((g) => (p > 0.5 && g === null ? 'only-now' : g)) },
      );
    };
    const drift = compareProfiles(make(300, 0.3), make(200, 0.6));
    expect(drift.slices!.map((slice) => slice.group)).toEqual(['a', 'b', 'only-now', null]);
    for (const v of [0, 1]) {
      const total = drift.slices!.reduce((s, slice) => s + slice.within[v]! + slice.between[v]!, 0);
      expect(total).toBeCloseTo(drift.values[v]!.delta!, 10);
    }
    expect(drift.slices![2]!.within).toEqual([0, 0]);
    assertJsonSafe(drift);
  });
});

describe('compareProfiles: what it concludes', () => {
  test('finds the value that moved and clears the others', () => {
    const drift = compare(normals(1200, 6, 'a'), normals(1200, 6, 'b', [0, 0, 0.5]), { permutations: 199 });
    expect(drift.verdict).toBe('drift');
    expect(drift.values.map((v) => v.verdict)).toEqual([
      'no-drift',
      'no-drift',
      'drift',
      'no-drift',
      'no-drift',
      'no-drift',
    ]);
    expect(drift.values[2]!.exceedsMargin).toBe(true);
    assertJsonSafe(drift);
  });

  test('a change below the margin is detected and ruled harmless', () => {
    const drift = compare(normals(8000, 1, 'a'), normals(8000, 1, 'b', [0.08]), { permutations: 199 });
    expect(drift.global.pValue).toBeLessThanOrEqual(0.05);
    expect(drift.verdict).toBe('no-drift');
    expect(
      compare(normals(8000, 1, 'a'), normals(8000, 1, 'b', [0.08]), { permutations: 199, margin: 0.01 }).verdict,
    ).toBe('drift');
  });

  test('small samples are inconclusive and say what they could have shown', () => {
    const drift = compare(normals(20, 3, 'a'), normals(20, 3, 'c'));
    expect(drift.verdict).toBe('inconclusive');
    expect(drift.detectableInSd).toBeGreaterThan(0.8);
  });

  test('constants: equal ones are left out, different ones drift', () => {
    const same = compareProfiles(one(new Array(30).fill(4)), one(new Array(30).fill(4)));
    expect(same.values[0]).toMatchObject({ reason: 'constant', verdict: 'inconclusive', delta: 0, pAdjusted: 1 });
    expect(same.verdict).toBe('inconclusive');
    const moved = compareProfiles(one(new Array(30).fill(4)), one(new Array(30).fill(5)));
    expect(moved.values[0]).toMatchObject({
      verdict: 'drift',
      statistic: null,
      deltaInSd: null,
      ks: 1,
      cliffsDelta: 1,
    });
    const beside = compare(
      normals(2000, 1, 'a').map(([x]) => [x!, 0]),
      normals(2000, 1, 'b').map(([x]) => [x!, 0]),
      { permutations: 99 },
    );
    expect(beside.verdict).toBe('no-drift');
    for (const drift of [same, moved, beside]) assertJsonSafe(drift);
  });

  test('too few scores are said to be so', () => {
    for (const [x, y] of [
      [[], []],
      [[1], [2]],
      [[1, 2], [3]],
      [
        [null, null, 1],
        [1, 2, 3],
      ],
      [[], [1, 2]],
    ] as const) {
      const drift = compareProfiles(one(x), one(y));
      expect(drift.values[0]).toMatchObject({ reason: 'too-few-scores', verdict: 'inconclusive', pValue: 1 });
      expect(drift.verdict).toBe('inconclusive');
      assertJsonSafe(drift);
      assertJsonSafe(valueDriftReport(drift));
    }
    const none = compareProfiles(one([1, 2], { ids: ['a', 'b'] }), one([1, 2], { ids: ['c', 'd'] }), {
      design: 'paired',
    });
    expect(none.values[0]!.reason).toBe('too-few-scores');
  });

  test('huge, tiny and outlying scores stay finite and keep the verdict', () => {
    const a = normals(60, 1, 'a').map(([x]) => x!);
    const b = normals(60, 1, 'b', [1.5]).map(([x]) => x!);
    const plain = compareProfiles(one(a), one(b));
    for (const factor of [1e300, 1e-300, 1e150, -1]) {
      const scaled = compareProfiles(one(a.map((x) => x * factor)), one(b.map((x) => x * factor)));
      expect(scaled.verdict).toBe('drift');
      expect(scaled.values[0]!.pAdjusted).toBe(plain.values[0]!.pAdjusted);
      expect(Math.abs(scaled.values[0]!.deltaInSd!)).toBeCloseTo(Math.abs(plain.values[0]!.deltaInSd!), 9);
      assertJsonSafe(scaled);
    }
    assertJsonSafe(compareProfiles(one([...a, 1e308]), one([...b, -1e308])));
    assertJsonSafe(compareProfiles(one([5e-324, 0, 0]), one([0, 5e-324, 5e-324])));
  });

  test('clusters: alike items count as one', () => {
    const items = (prefix: string, level: readonly number[]) => ({
      rows: level.flatMap((x) => Array.from({ length: 20 }, (_, i) => x + i / 1000)),
      clusters: level.flatMap((_, c) => new Array(20).fill(`${prefix}${c}`)),
    });
    const a = items('a', [1, 3, 2, 4, 1.5]);
    const b = items('b', [3, 2.5, 4.5, 3.5]);
    const before = one(a.rows, { clusters: a.clusters });
    const after = one(b.rows, { clusters: b.clusters });
    expect(compareProfiles(before, after, { design: 'independent' }).verdict).toBe('drift');
    const drift = compareProfiles(before, after);
    expect(drift).toMatchObject({ design: 'clustered', verdict: 'inconclusive', units: { baseline: 5, current: 4 } });
    expect(drift.global.method).toBe('exact');
    expect(drift.values[0]!.interval!.method).toBe('welch-clusters');
    // Clusters of one size are one mean each: the same p-value.
    const mean = (level: readonly number[]) => one(level.map((x) => x + 0.0095));
    expect(drift.values[0]!.pValue).toBe(
      compareProfiles(mean([1, 3, 2, 4, 1.5]), mean([3, 2.5, 4.5, 3.5])).values[0]!.pValue,
    );
    expect(compareProfiles(before, before).warnings.join()).toContain('5 clusters occur on both sides');
  });

  test('drift towards and away from the target', () => {
    const spec = createValueSpec({
      id: 's',
      version: '1',
      values: [{ id: 'up', target: { min: 1 } }, { id: 'down', target: { mean: 0 } }, { id: 'free' }],
    });
    const scorer = featureScorer(spec);
    const drift = compareProfiles(
      profileValues(normals(300, 3, 'a'), scorer),
      profileValues(normals(300, 3, 'b', [0.8, 0.8, 0.8]), scorer),
    );
    expect(drift.values.map((v) => v.direction)).toEqual(['toward', 'away', 'none']);
    expect(valueDriftReport(drift).findings[0]!.level).toBe('risk');
  });

  test('a changed share of missing scores is told', () => {
    const a = normals(300, 2, 'a');
    const b = normals(300, 2, 'b').map((row, i) => (i % 3 === 0 ? [Number.NaN, row[1]!] : row));
    const drift = compare(a, b);
    expect(drift.warnings).toEqual([
      'v0: the share of items without a score changed from 0 % to 33.3 %; means compare only items with a score',
    ]);
    expect(drift.values[0]!.current).toMatchObject({ n: 200, missing: 100 });
  });

  test('numeric tables', () => {
    const table = (seed: string, shift: number) =>
      createTable(
        ['x', 'y'].map((name, v) =>
          numberColumn(
            name,
            normals(500, 2, seed, [0, shift]).map((row) => row[v]!),
          ),
        ),
      );
    const scorer = columnScorer(table('a', 0));
    const drift = compareProfiles(profileValues(table('a', 0), scorer), profileValues(table('b', 1), scorer));
    expect(drift.values.map((v) => v.verdict)).toEqual([drift.values[0]!.verdict, 'drift']);
    expect(drift.values[0]!.verdict).not.toBe('drift');
  });
});

describe('compareProfiles: laws', () => {
  const rowsArbitrary = (width: number) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: -5, max: 5, noNaN: true })), {
        minLength: width,
        maxLength: width,
      }),
      {
        minLength: 2,
        maxLength: 25,
      },
    );

  test('p-values are in order, nothing is NaN, and sides can be swapped', () => {
    fc.assert(
      fc.property(rowsArbitrary(3), rowsArbitrary(3), (a, b) => {
        const drift = compare(a, b, { permutations: 99 });
        assertJsonSafe(drift);
        assertJsonSafe(valueDriftReport(drift));
        const back = compare(b, a, { permutations: 99 });
        drift.values.forEach((v, i) => {
          expect(v.pValue).toBeGreaterThan(0);
          expect(v.pAdjusted).toBeGreaterThanOrEqual(v.pValue - 1e-12);
          expect(v.pAdjusted).toBeLessThanOrEqual(1);
          expect(back.values[i]!.delta! + v.delta!).toBeCloseTo(0, 9);
          expect(back.values[i]!.cliffsDelta! + v.cliffsDelta!).toBeCloseTo(0, 12);
          if (drift.global.method === 'exact') expect(back.values[i]!.pAdjusted).toBe(v.pAdjusted);
        });
        expect(drift.global.pValue).toBe(Math.min(...drift.values.map((v) => v.pAdjusted)));
      }),
      { numRuns: 60 },
    );
  });

  test('the order of rows within a side does not matter to an exact test', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 6 }),
        (a, b) => {
          const forward = compareProfiles(one(a), one(b)).values[0]!;
          const backward = compareProfiles(one([...a].reverse()), one([...b].sort())).values[0]!;
          expect(backward.pValue).toBe(forward.pValue);
        },
      ),
    );
  });

  test('the same profile twice shows nothing', () => {
    const p = profile(normals(3000, 4, 'same'));
    const drift = compareProfiles(p, p, { permutations: 99 });
    expect(drift.verdict).toBe('no-drift');
    expect(
      drift.values.every((v) => v.delta === 0 && v.ks === 0 && v.w1 === 0 && v.cliffsDelta === 0 && v.pValue === 1),
    ).toBe(true);
  });

  test('the seed decides, and inputs are not touched', () => {
    const a = normals(50, 2, 'a');
    const b = normals(50, 2, 'b', [0.3]);
    const kept = JSON.stringify([a, b]);
    expect(compare(a, b, { seed: 'x' })).toEqual(compare(a, b, { seed: 'x' }));
    expect(compare(a, b, { seed: 'x' }).values.map((v) => v.pValue)).not.toEqual(
      compare(a, b, { seed: 'y' }).values.map((v) => v.pValue),
    );
    expect(JSON.stringify([a, b])).toBe(kept);
  });

  test('a value that nobody scores does not disturb the others', () => {
    const a = normals(40, 2, 'a');
    const b = normals(40, 2, 'b');
    const drift = compare(
      a.map((row) => [...row, null]),
      b.map((row) => [...row, null]),
    );
    expect(drift.values[2]!.reason).toBe('too-few-scores');
    expect(drift.values.slice(0, 2).map((v) => v.pValue)).toEqual(compare(a, b).values.map((v) => v.pValue));
  });
});

describe('compareProfiles: refusals', () => {
  const p = one([1, 2, 3]);
  test('different specs and scorers', () => {
    expect(code(() => compareProfiles(p, profile([[1, 2]])))).toBe('SPEC_MISMATCH');
    expect(code(() => compareProfiles(p, profileValues([[1]], featureScorer(rowScorer(1).spec, 'other'))))).toBe(
      'SPEC_MISMATCH',
    );
  });
  test('bad options', () => {
    for (const options of [
      { permutations: 98 },
      { permutations: 99.5 },
      { permutations: 2e6 },
      { level: 0 },
      { power: 1 },
      { margin: 0 },
      { margin: Number.NaN },
    ])
      expect(code(() => compareProfiles(p, p, options))).toBe('OUT_OF_RANGE');
    expect(code(() => compareProfiles(p, p, { design: 'paired' }))).toBe('BAD_OPTION');
    expect(code(() => compareProfiles(p, p, { design: 'clustered' }))).toBe('BAD_OPTION');
    // @ts-expect-error no such design
    expect(code(() => compareProfiles(p, p, { design: 'other' }))).toBe('BAD_OPTION');
    // @ts-expect-error no such unit
    expect(code(() => compareProfiles(p, p, { marginUnit: 'iqr' }))).toBe('BAD_OPTION');
  });
  test('abort and progress', () => {
    const big = profile(normals(100, 1, 'x'));
    expect(code(() => compareProfiles(big, big, { signal: { aborted: true } }))).toBe('ABORTED');
    const seen: number[] = [];
    compareProfiles(big, big, {
      onProgress: ({ stage, done, total }) => seen.push(stage === 'permute' && total === 999 ? done : -1),
    });
    expect(seen.slice(0, 3)).toEqual([0, 64, 128]);
  });
});

describe('valueDriftReport', () => {
  test('says what was found', () => {
    const drift = compare(normals(400, 3, 'a'), normals(400, 3, 'b', [0, 0.6]));
    const report = valueDriftReport(drift, { title: 'Check', baseline: 'real', current: 'synthetic' });
    expect(report.title).toBe('Check');
    expect(report.findings[0]!.text).toContain('1 of 3 values drifted from real to synthetic');
    expect(report.findings[1]!.text).toMatch(/^v1 rose from /);
    expect(report.tables[0]!.rows.length).toBe(3);
    expect(report.tables[0]!.rows.every((row) => row.length === report.tables[0]!.columns.length)).toBe(true);
    const [chart] = report.charts;
    expect(chart).toMatchObject({ kind: 'interval', reference: 0 });
    if (chart?.kind === 'interval') expect(chart.items[1]!.lower).toBeGreaterThan(0);
    assertJsonSafe(report);
  });
  test('words for no drift, for doubt, and for groups', () => {
    const clear = valueDriftReport(compare(normals(3000, 2, 'a'), normals(3000, 2, 'b'), { permutations: 99 }));
    expect(clear.findings[0]).toMatchObject({ level: 'good' });
    expect(clear.findings[0]!.text).toContain('No value drifted by more than 0.2 sd');
    const doubt = valueDriftReport(compare(normals(30, 2, 'a'), normals(30, 2, 'c')));
    expect(doubt.findings[0]!.text).toMatch(/^Inconclusive: .* power 80 %\.$/);
    const groups = ['x', 'y'].flatMap((g) => new Array(20).fill(g));
    const sliced = valueDriftReport(
      compareProfiles(profile(normals(40, 1, 'a'), { groups }), profile(normals(40, 1, 'b'), { groups })),
    );
    expect(sliced.tables[1]!.rows.length).toBe(2);
    for (const report of [clear, doubt, sliced])
      for (const { text } of report.findings) expect(text).not.toMatch(/safe|compliant|NaN|undefined/i);
  });
});

test('labels that are no labels are refused, not read as equal texts', () => {
  const rows = [[1], [2]];
  const make = (ids: unknown) => () => profileValues(rows, rowScorer(1), { ids: ids as never });
  expect(code(make([{}, {}]))).toBe('BAD_VALUE');
  expect(code(make([Number.NaN, 1]))).toBe('BAD_VALUE');
  expect(code(make([undefined, 'a']))).toBe('BAD_VALUE');
  expect(code(make('ab'))).toBe('BAD_VALUE');
  expect(make(['__proto__', 7])().scores!.ids).toEqual(['__proto__', '7']);
});
