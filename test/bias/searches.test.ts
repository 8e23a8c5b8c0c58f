import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistency,
  demographicDisparity,
  groupTable,
  scanSubgroups,
  subsetScore,
  uncoveredPatterns,
} from '../../src/bias/index.ts';
import { createRng, uniform, uniformInt } from '../../src/random/index.ts';
import { booleanColumn, categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { codeOf } from '../code-of.ts';

describe('uncoveredPatterns', () => {
  const tableOf = (rows: readonly (readonly number[])[], cardinalities: readonly number[]): Table =>
    createTable(
      cardinalities.map((size, c) =>
        categoryColumn(
          `c${c}`,
          rows.map((row) => `v${row[c]}`),
          Array.from({ length: size }, (_, v) => `v${v}`),
        ),
      ),
    );

  /** All patterns by brute force. */
  function bruteForce(
    rows: readonly (readonly number[])[],
    cardinalities: readonly number[],
    threshold: number,
  ): string[] {
    let all: (number | null)[][] = [[]];
    for (const size of cardinalities)
      all = all.flatMap((pattern) => [null, ...Array.from({ length: size }, (_, v) => v)].map((v) => [...pattern, v]));
    const count = (pattern: readonly (number | null)[]): number =>
      rows.filter((row) => pattern.every((v, c) => v === null || row[c] === v)).length;
    const parents = (pattern: readonly (number | null)[]): (number | null)[][] =>
      pattern.flatMap((v, c) => (v === null ? [] : [pattern.map((other, k) => (k === c ? null : other))]));
    return all
      .filter((one) => count(one) < threshold && parents(one).every((parent) => count(parent) >= threshold))
      .map((one) => one.map((v) => (v === null ? '*' : `v${v}`)).join())
      .sort();
  }

  test('equals brute force on random tables', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 8 }),
        fc.string(),
        (cardinalities, n, threshold, seed) => {
          const rng = createRng(seed);
          const rows = Array.from({ length: n }, () => cardinalities.map((size) => uniformInt(rng, size)));
          const columns = cardinalities.map((_, c) => `c${c}`);
          const found = uncoveredPatterns(tableOf(rows, cardinalities), { columns, threshold });
          expect(found.patterns.map((one) => one.pattern.map((v) => v ?? '*').join()).sort()).toEqual(
            bruteForce(rows, cardinalities, threshold),
          );
          for (const one of found.patterns) expect(one.count + one.needed).toBe(threshold);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('counts rows with missing cells, and stops at maxFixed', () => {
    const table = createTable([categoryColumn('a', ['x', 'x', null, 'y']), categoryColumn('b', ['p', 'q', 'p', 'p'])]);
    const found = uncoveredPatterns(table, { columns: ['a', 'b'], threshold: 1 });
    expect(found.leftOut).toBe(1);
    expect(found.patterns.map((one) => one.pattern)).toEqual([['y', 'q']]);
    expect(uncoveredPatterns(table, { columns: ['a', 'b'], threshold: 1, maxFixed: 1 }).patterns).toEqual([]);
  });

  test('refuses bad input', () => {
    const table = tableOf([[0, 0]], [2, 2]);
    expect(codeOf(() => uncoveredPatterns(table, { columns: [], threshold: 1 }))).toBe('BAD_OPTION');
    expect(codeOf(() => uncoveredPatterns(table, { columns: ['c0'], threshold: 0 }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => uncoveredPatterns(table, { columns: ['zz'], threshold: 1 }))).toBe('UNKNOWN_COLUMN');
    expect(codeOf(() => uncoveredPatterns(table, { columns: ['c0', 'c1'], threshold: 1, maxPatterns: 8 }))).toBe(
      'NO_CAPACITY',
    );
  });
});

describe('consistency', () => {
  test('is 1 for one outcome everywhere and does not depend on the order of rows', () => {
    const rng = createRng('consistency');
    const x = [0, 1].map(() => Float64Array.from({ length: 60 }, () => uniform(rng)));
    const y = Array.from({ length: 60 }, () => (uniform(rng) < 0.4 ? 1 : 0));
    expect(
      consistency(
        x,
        y.map(() => 1),
      ).value,
    ).toBe(1);
    const order = [...y.keys()].reverse();
    const turned = x.map((one) => order.map((i) => one[i]!));
    expect(
      consistency(
        turned,
        order.map((i) => y[i]!),
      ).value,
    ).toBeCloseTo(consistency(x, y).value!, 12);
    expect(consistency(x, y, { neighbours: 1 }).value).toBe(1);
  });

  test('refuses bad input', () => {
    expect(codeOf(() => consistency([], [1]))).toBe('EMPTY_INPUT');
    expect(codeOf(() => consistency([[1, 2]], [1]))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => consistency([[1, 2]], [1, 0], { neighbours: 3 }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => consistency([[1]], [1, 0], { neighbours: 1 }))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => consistency([[1, Number.NaN]], [1, 0], { neighbours: 1 }))).toBe('BAD_NUMBER');
    expect(codeOf(() => consistency([[1, 2]], [1, 0], { neighbours: 1, signal: { aborted: true } }))).toBe('ABORTED');
  });
});

describe('demographicDisparity', () => {
  test('the disparities of all groups add up to 0; one outcome has no figure', () => {
    const table = createTable([
      categoryColumn('g', ['a', 'a', 'b', 'b', 'c', 'c', 'c']),
      booleanColumn('y', [true, false, true, true, false, false, true]),
    ]);
    const cells = groupTable(table, { sensitive: ['g'], label: { column: 'y' } });
    expect(demographicDisparity(cells).groups.map((one) => one.reason)).toEqual([
      'suppressed',
      'suppressed',
      'suppressed',
    ]);
    const found = demographicDisparity(cells, { minN: 1 });
    expect(found.groups.reduce((sum, one) => sum + one.disparity!, 0)).toBeCloseTo(0, 12);
    const all = createTable([categoryColumn('g', ['a', 'b']), booleanColumn('y', [true, true])]);
    expect(demographicDisparity(groupTable(all, { sensitive: ['g'], label: { column: 'y' } }))).toEqual({
      groups: [],
      mean: null,
      interval: null,
      n: 2,
      leftOut: 0,
      reason: 'one-outcome',
    });
    expect(codeOf(() => demographicDisparity(groupTable(all, { sensitive: ['g'] })))).toBe('SPEC_MISMATCH');
  });
});

describe('scanSubgroups', () => {
  /** 5,000 rows; inside job a x sex f the odds are three times as high. */
  function planted(seed: string, factor: number): Table {
    const rng = createRng(seed);
    const columns = [
      ['a', 'b', 'c', 'd'],
      ['f', 'm'],
      ['x', 'y', 'z'],
    ];
    const rows = Array.from({ length: 5000 }, () => columns.map((levels) => levels[uniformInt(rng, levels.length)]!));
    const hit = rows.map(([job, sex, area]) => {
      const inside = job === 'a' && sex === 'f' && area !== 'z';
      const odds = 0.25 * (inside ? factor : 1);
      return uniform(rng) < odds / (1 + odds);
    });
    return createTable([
      ...['job', 'sex', 'area'].map((name, c) =>
        categoryColumn(
          name,
          rows.map((row) => row[c]!),
        ),
      ),
      booleanColumn('hit', hit),
      numberColumn(
        'expected',
        rows.map(() => 0.2),
      ),
    ]);
  }
  const spec = {
    columns: ['job', 'sex', 'area'],
    outcome: { column: 'hit' },
    expected: 'expected',
    direction: 'positive',
  } as const;

  test('finds a planted subgroup of three columns', () => {
    const scan = scanSubgroups(planted('planted', 3), spec);
    expect(scan.subgroup).toEqual([
      { column: 'job', levels: ['a'] },
      { column: 'sex', levels: ['f'] },
      { column: 'area', levels: ['x', 'y'] },
    ]);
    expect(scan.pValue).toBe(0.01);
    expect(scan.oddsFactor).toBeGreaterThan(2);
    expect(scan.observed / scan.n).toBeGreaterThan(scan.expected / scan.n);
  });

  test('finds nothing to speak of where nothing is', () => {
    const p = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((seed) => scanSubgroups(planted(seed, 1), spec).pValue!);
    expect(p.filter((one) => one <= 0.05).length).toBeLessThanOrEqual(1);
  });

  test('refuses bad input', () => {
    const table = planted('bad', 1);
    expect(codeOf(() => scanSubgroups(table, { ...spec, columns: [] }))).toBe('BAD_OPTION');
    expect(codeOf(() => scanSubgroups(table, { ...spec, direction: 'up' as 'positive' }))).toBe('BAD_OPTION');
    expect(codeOf(() => scanSubgroups(table, { ...spec, penalty: -1 }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => scanSubgroups(table, spec, { simulations: -1 }))).toBe('BAD_OPTION');
    expect(codeOf(() => scanSubgroups(table, spec, { signal: { aborted: true } }))).toBe('ABORTED');
    const one = createTable([categoryColumn('job', ['a']), booleanColumn('hit', [true]), numberColumn('p', [1])]);
    expect(
      codeOf(() => scanSubgroups(one, { columns: ['job'], outcome: { column: 'hit' }, direction: 'positive' })),
    ).toBe('EMPTY_INPUT');
    expect(
      codeOf(() =>
        scanSubgroups(one, { columns: ['job'], outcome: { column: 'hit' }, expected: 'p', direction: 'positive' }),
      ),
    ).toBe('BAD_VALUE');
  });
});

describe('subsetScore', () => {
  test('is 0 where the subset does not deviate that way, and grows with the cases', () => {
    const p = [0.2, 0.4, 0.3, 0.5];
    expect(subsetScore(1, p, { direction: 'positive' })).toEqual({ score: 0, oddsFactor: 1 });
    expect(subsetScore(2, p, { direction: 'negative' })).toEqual({ score: 0, oddsFactor: 1 });
    expect(subsetScore(4, p, { direction: 'positive' }).score).toBeGreaterThan(
      subsetScore(3, p, { direction: 'positive' }).score,
    );
    // All cases: the likelihood ratio tends to 1 / product of p.
    expect(subsetScore(4, p, { direction: 'positive' }).score).toBeCloseTo(-Math.log(0.2 * 0.4 * 0.3 * 0.5), 6);
    expect(codeOf(() => subsetScore(5, p, { direction: 'positive' }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => subsetScore(1, [1], { direction: 'positive' }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => subsetScore(1, p, { direction: 'positive', weights: [1] }))).toBe('LENGTH_MISMATCH');
  });
});
