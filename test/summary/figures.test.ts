import { describe, expect, test } from 'vitest';
import { groupTable } from '../../src/bias/index.ts';
import { mean, pearson, variance } from '../../src/stats/index.ts';
import {
  bottomKJaccard,
  bottomKSummary,
  coMomentsSummary,
  contingencySummary,
  distinctSummary,
  groupCountsSummary,
  histogramSummary,
  momentsSummary,
  multisetDigestSummary,
  quantileSummary,
  type Summarizer,
  summarize,
  topValuesSummary,
} from '../../src/summary/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  datetimeColumn,
  integerColumn,
  numberColumn,
  sliceRows,
  textColumn,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { words } from './support.ts';

const key = new Uint8Array(32).fill(3);

function reportOf<State, Report>(summarizer: Summarizer<Table, State, Report>, table: Table): Report {
  return summarizer.report(summarize(summarizer, [table]));
}

/** Numbers of a made-up column. */
function numbers(length: number, seed: number): Float64Array {
  const next = words(seed);
  return Float64Array.from({ length }, () => (next() % 1_000_003) / 97 - 3000);
}

describe('moments', () => {
  test('equal the statistics of the whole column', () => {
    const x = numbers(5000, 1);
    const [column] = reportOf(momentsSummary({ columns: ['x'] }), createTable([numberColumn('x', x)])).columns;
    expect(column!.mean).toBeCloseTo(mean(x), 9);
    expect(column!.variance! / variance(x)).toBeCloseTo(1, 12);
    expect(column!.minimum).toBe(Math.min(...x));
    expect(column!.maximum).toBe(Math.max(...x));
  });

  test('cancellation costs nothing', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2));
    const [column] = reportOf(momentsSummary({ columns: ['x'] }), createTable([numberColumn('x', x)])).columns;
    expect(column!.variance).toBe(250 / 999);
  });

  test('other kinds, what is left out, and what cannot be computed', () => {
    const table = createTable([
      numberColumn('x', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, -0]),
      booleanColumn('b', [true, false, true, true, null]),
      datetimeColumn('d', [0, 1000, null, null, 3000]),
      numberColumn('big', [Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE, -1, 0]),
      integerColumn('none', [null, null, null, null, null]),
    ]);
    const { columns } = reportOf(momentsSummary({ columns: ['x', 'b', 'd', 'big', 'none'] }), table);
    expect(columns[0]).toEqual({
      column: 'x',
      n: 1,
      sum: 0,
      mean: 0,
      variance: null,
      standardDeviation: null,
      minimum: 0,
      maximum: 0,
      missing: 1,
      nan: 1,
      positiveInfinity: 1,
      negativeInfinity: 1,
    });
    expect(columns[1]).toMatchObject({ n: 4, sum: 3, mean: 0.75, variance: 0.25, missing: 1 });
    expect(columns[2]).toMatchObject({ n: 3, sum: 4000 });
    expect(columns[3]).toMatchObject({ sum: null, mean: (Number.MAX_VALUE / 5) * 3, variance: null });
    expect(columns[4]).toMatchObject({ n: 0, sum: 0, mean: null, minimum: null, maximum: null, missing: 5 });
    expect(reportOf(momentsSummary({ columns: ['b'], order: 1 }), table).columns[0]!.variance).toBe(null);
  });
});

describe('co-moments', () => {
  test('equal Pearson; a reference changes nothing but rounding', () => {
    const x = numbers(2000, 2);
    const y = Float64Array.from(x, (value, i) => value * 0.3 + (numbers(1, i + 5)[0] ?? 0));
    const table = createTable([numberColumn('x', x), numberColumn('y', y)]);
    const plain = reportOf(coMomentsSummary({ columns: ['x', 'y'] }), table);
    const referred = reportOf(coMomentsSummary({ columns: ['x', 'y'], reference: [mean(x), mean(y)] }), table);
    expect(plain.correlation[0]![1]).toBeCloseTo(pearson(x, y)!, 12);
    expect(plain.correlation[0]![0]).toBe(1);
    expect(plain.covariance[0]![0]! / variance(x)).toBeCloseTo(1, 12);
    expect(referred.covariance[1]![0]! / plain.covariance[1]![0]!).toBeCloseTo(1, 12);
    expect(referred.means[1]! / plain.means[1]!).toBeCloseTo(1, 12);
  });

  test('rows are left out whole; constant and short columns have no correlation', () => {
    const table = createTable([numberColumn('x', [1, null, 3, Number.NaN, 5]), numberColumn('y', [2, 2, 2, 2, 2])]);
    const report = reportOf(coMomentsSummary({ columns: ['x', 'y'] }), table);
    expect(report).toEqual({
      columns: ['x', 'y'],
      n: 3,
      leftOut: 2,
      means: [3, 2],
      covariance: [
        [4, 0],
        [0, 0],
      ],
      correlation: [
        [1, null],
        [null, null],
      ],
    });
    const empty = reportOf(coMomentsSummary({ columns: ['x'] }), sliceRows(table, 1, 2));
    expect(empty).toEqual({
      columns: ['x'],
      n: 0,
      leftOut: 1,
      means: [null],
      covariance: [[null]],
      correlation: [[null]],
    });
    const line = createTable([numberColumn('x', [0.1, 0.2, 0.3]), numberColumn('y', [-0.1, -0.2, -0.3])]);
    expect(reportOf(coMomentsSummary({ columns: ['x', 'y'] }), line).correlation[0]![1]).toBe(-1);
  });
});

describe('counts', () => {
  const next = words(5);
  const pick = <T>(list: readonly T[]): T => list[next() % list.length]!;
  const rows = Array.from({ length: 4000 }, () => ({
    sex: pick(['f', 'm', null]),
    age: pick([20, 30, 40, null]),
    label: pick([true, false, null]),
    decision: pick(['yes', 'no', 'wait', null]),
  }));
  const table = createTable([
    categoryColumn(
      'sex',
      rows.map((row) => row.sex),
    ),
    integerColumn(
      'age',
      rows.map((row) => row.age),
    ),
    booleanColumn(
      'label',
      rows.map((row) => row.label),
    ),
    textColumn(
      'decision',
      rows.map((row) => row.decision),
    ),
  ]);
  const label = { column: 'label' };
  const prediction = { column: 'decision', positive: 'yes' };

  test.each([{ label, prediction }, { label }, { prediction }, {}])('groups equal the bias area: %j', (outcomes) => {
    const ours = reportOf(groupCountsSummary({ columns: ['sex', 'label'], ...outcomes }), table);
    const theirs = groupTable(table, { sensitive: ['sex', 'label'], ...outcomes });
    const named = ours.groups
      .filter((group) => group.n > 0)
      .map((group) => [group.group.map((level) => level ?? '(missing)'), group.counts]);
    expect(named).toEqual(theirs.cells.map((cell) => [cell.group, cell.n]));
    expect(ours.rows).toBe(theirs.rows);
    expect(ours.missingLabel).toBe(theirs.leftOut.missingLabel);
    expect(ours.missingPrediction).toBe(theirs.leftOut.missingPrediction);
    expect(ours.rows + ours.missingLabel + ours.missingPrediction).toBe(4000);
  });

  test.each([1, 2, 3, 4, 5, 9])('contingency over %i columns equals a Map', (width) => {
    const columns = Array.from({ length: width }, (_, c) => ({ ...table.columns[c % 4]!, name: `c${c}` }));
    const wide = createTable(columns);
    const report = reportOf(contingencySummary({ columns: wide.columns.map((column) => column.name) }), wide);
    const expected = new Map<string, number>();
    for (const row of rows) {
      const cells = [row.sex, row.age, row.label, row.decision].map((cell) => (cell === null ? null : String(cell)));
      const keyText = JSON.stringify(Array.from({ length: width }, (_, c) => cells[c % 4]));
      expected.set(keyText, (expected.get(keyText) ?? 0) + 1);
    }
    expect(new Map(report.cells.map((cell) => [JSON.stringify(cell.levels), cell.count]))).toEqual(expected);
    expect(report.rows).toBe(4000);
    expect(report.levels[0]).toEqual(['f', 'm', null]);
  });

  test('sparse tables: many levels, and more than 2^53 possible combinations', () => {
    const values = Float64Array.from({ length: 600 }, (_, i) => (i * 7919) % 599);
    const columns = Array.from({ length: 7 }, (_, c) =>
      numberColumn(
        `c${c}`,
        values.map((value) => value * (c + 1)),
      ),
    );
    for (const width of [3, 7]) {
      const names = columns.slice(0, width).map((column) => column.name);
      const report = reportOf(contingencySummary({ columns: names }), createTable(columns));
      expect(report.cells.length).toBe(599);
      expect(report.cells.filter((cell) => cell.count === 2).length).toBe(1);
    }
    expect(() => reportOf(contingencySummary({ columns: ['c0'], maxCells: 598 }), createTable(columns))).toThrow(
      expect.objectContaining({ code: 'NO_CAPACITY' }),
    );
  });

  test('histograms: bounds, infinities, groups', () => {
    const table = createTable([
      numberColumn('x', [-1, 0, 0.5, 1, 2, 2.1, Number.NaN, null, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
      categoryColumn('g', ['a', 'a', 'b', 'a', 'a', 'a', 'a', 'a', 'a', 'a']),
    ]);
    const { groups } = reportOf(histogramSummary({ column: 'x', edges: [0, 1, 2] }), table);
    expect(groups).toEqual([{ group: [], below: 2, counts: [2, 2], above: 2, nan: 1, missing: 1 }]);
    const split = reportOf(histogramSummary({ column: 'x', edges: [1], by: ['g'] }), table);
    expect(split.groups).toEqual([
      { group: ['a'], below: 3, counts: [], above: 4, nan: 1, missing: 1 },
      { group: ['b'], below: 1, counts: [], above: 0, nan: 0, missing: 0 },
    ]);
    expect(split.rows).toBe(10);
  });

  test('histogram bins agree with a plain search', () => {
    const x = numbers(2000, 8);
    const edges = Array.from({ length: 257 }, (_, k) => -3000 + 40 * k);
    const { counts, below, above } = reportOf(
      histogramSummary({ column: 'x', edges }),
      createTable([numberColumn('x', x)]),
    ).groups[0]!;
    for (let k = 0; k < 256; k += 15) {
      const inside = x.filter((v) => v >= edges[k]! && (v < edges[k + 1]! || (k === 255 && v === edges[k + 1])));
      expect(counts[k]).toBe(inside.length);
    }
    expect(below + above + counts.reduce((a, b) => a + b)).toBe(2000);
  });
});

describe('sketches', () => {
  test.each([0.001, 0.01, 0.2])('quantiles are within the relative error %d', (relativeError) => {
    const x = numbers(3001, 11);
    const probabilities = Array.from({ length: 101 }, (_, i) => i / 100);
    const summarizer = quantileSummary({ column: 'x', relativeError, probabilities });
    const sorted = Float64Array.from(x).sort();
    for (const { probability, value } of reportOf(summarizer, createTable([numberColumn('x', x)])).quantiles) {
      const exact = sorted[Math.floor(probability * 3000)]!;
      expect(Math.abs(value! - exact)).toBeLessThanOrEqual(Math.abs(exact) * relativeError * (1 + 1e-9));
    }
  });

  test('quantiles of the extremes of the range', () => {
    const table = createTable([numberColumn('x', [-Number.MAX_VALUE, -5e-324, 0, 5e-324, Number.MAX_VALUE])]);
    const report = reportOf(quantileSummary({ column: 'x', probabilities: [0, 0.25, 0.5, 0.75, 1] }), table);
    expect(report.quantiles[2]!.value).toBe(0);
    expect(report.quantiles[1]!.value).toBe(-5e-324);
    expect(report.quantiles[3]!.value).toBe(5e-324);
    expect(Math.abs(report.quantiles[4]!.value! / Number.MAX_VALUE - 1)).toBeLessThanOrEqual(0.01);
    expect(report.quantiles[0]!.value).toBe(-report.quantiles[4]!.value!);
  });

  test.each([10, 1000, 40_000])('distinct counts of %i values are within 4 standard errors', (size) => {
    const summarizer = distinctSummary({ columns: ['id'], precision: 12 });
    const ids = integerColumn(
      'id',
      Float64Array.from({ length: size }, (_, i) => i * 3),
    );
    const report = reportOf(summarizer, createTable([ids]));
    expect(Math.abs(report.distinct / size - 1)).toBeLessThanOrEqual(4 * report.relativeError);
    const texts = textColumn(
      'id',
      Array.from({ length: Math.min(size, 5000) }, (_, i) => `identifier number ${i}`),
    );
    const ofTexts = reportOf(summarizer, createTable([texts]));
    expect(Math.abs(ofTexts.distinct / texts.values.length - 1)).toBeLessThanOrEqual(4 * report.relativeError);
  });

  test('one value is one value: -0, NaN, categories as texts', () => {
    const summarizer = distinctSummary({ columns: ['x'] });
    const count = (table: Table): number => Math.round(reportOf(summarizer, table).distinct);
    expect(count(createTable([numberColumn('x', [0, -0, Number.NaN, -Number.NaN])]))).toBe(2);
    const both = summarize(summarizer, [
      createTable([categoryColumn('x', ['a', 'b', null])]),
      createTable([textColumn('x', ['b', 'a', 'c'])]),
    ]);
    expect(summarizer.report(both)).toMatchObject({ rows: 5, missing: 1 });
    expect(Math.round(summarizer.report(both).distinct)).toBe(3);
  });

  test('top values: exact below the cap, honest above it', () => {
    const next = words(13);
    const names = Array.from({ length: 20_000 }, () => {
      const u = next() / 4294967296;
      return `v${Math.floor(1 / (u * 0.999 + 0.001))}`;
    });
    const table = createTable([textColumn('x', names)]);
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const exact = reportOf(topValuesSummary({ column: 'x', top: 5 }), table);
    expect(exact).toMatchObject({ exact: true, outside: 0, distinct: counts.size, rows: 20_000, missing: 0 });
    expect(exact.top.map(({ value, count }) => [value, count])).toEqual(ranked.slice(0, 5));
    expect(exact.top.every((entry) => entry.certain)).toBe(true);
    const cut = reportOf(topValuesSummary({ column: 'x', cap: 100, top: 1000 }), table);
    expect(cut.exact).toBe(false);
    expect(cut.top.length).toBe(100);
    for (const { value, count, certain } of cut.top) {
      expect(count).toBe(counts.get(value));
      if (certain) expect(count).toBeGreaterThan(cut.outside);
    }
    expect(cut.outside).toBe(20_000 - cut.top.reduce((total, entry) => total + entry.count, 0));
    expect(Math.abs(cut.distinct / counts.size - 1)).toBeLessThanOrEqual(0.4);
  });

  test('bottom-k: pruning in any partitioning, exact counts, Jaccard', () => {
    const summarizer = bottomKSummary({ columns: ['id'], k: 64, key });
    const of = (from: number, to: number, step = 1): Table =>
      createTable([
        integerColumn(
          'id',
          Float64Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step),
        ),
      ]);
    const whole = summarize(summarizer, [of(0, 3000), of(0, 3000, 3)]);
    const parts = [of(2000, 3000), of(0, 3000, 3), of(0, 1500), of(1500, 2000)].map((t) => summarize(summarizer, [t]));
    expect(summarizer.encode(parts.reduce(summarizer.merge))).toEqual(summarizer.encode(whole));
    const report = summarizer.report(whole);
    expect(report.exact).toBe(false);
    expect(Math.abs(report.distinct / 3000 - 1)).toBeLessThan(0.5);
    const shifted = summarizer.report(summarize(summarizer, [of(1000, 4000)]));
    const measure = bottomKJaccard(report, shifted);
    expect(Math.abs(measure.value! - 0.5)).toBeLessThan(0.25);
    expect(measure.interval!.lower).toBeLessThan(0.5);
    expect(measure.interval!.upper).toBeGreaterThan(0.5);
    expect(bottomKJaccard(report, report).value).toBe(1);
    const none = summarizer.report(summarizer.init());
    expect(bottomKJaccard(none, none)).toMatchObject({ value: null, reason: 'no-rows' });
    const other = bottomKSummary({ columns: ['id'], k: 64, key: new Uint8Array(32) });
    expect(() => bottomKJaccard(report, other.report(other.init()))).toThrow(
      expect.objectContaining({ code: 'SPEC_MISMATCH' }),
    );
  });

  test('the multiset digest tells multiplicity, keys and columns apart', () => {
    const summarizer = multisetDigestSummary({ columns: ['a', 'b'], key });
    const digest = (a: string[], b: string[], s: typeof summarizer = summarizer): string =>
      reportOf(s, createTable([textColumn('a', a), textColumn('b', b)])).digest;
    const base = digest(['x', 'y'], ['1', '2']);
    expect(digest(['y', 'x'], ['2', '1'])).toBe(base);
    expect(digest(['x', 'y'], ['2', '1'])).not.toBe(base);
    expect(digest(['x', 'y', 'y'], ['1', '2', '2'])).not.toBe(base);
    expect(
      digest(['x', 'y'], ['1', '2'], multisetDigestSummary({ columns: ['a', 'b'], key: new Uint8Array(16) })),
    ).not.toBe(base);
    expect(digest([], [])).toMatch(/^[0-9a-f]{64}$/);
    const long = 'é'.repeat(5000);
    expect(digest([long], ['1'])).not.toBe(digest([`${long}!`], ['1']));
  });
});
