import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  auditBias,
  biasAmplification,
  biasReport,
  representation,
  shareComparison,
  zhaoAmplification,
} from '../../src/bias/index.ts';
import { canonicalJson } from '../../src/hash/canonical-json.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Table } from '../../src/types.ts';
import { checkJsonSafe, fromCounts, people } from './helpers.ts';

const label = { column: 'label' };

/** Two sensitive columns (the second with many tiny groups and missing values), an outcome and a prediction. */
function crowd(rows: number, seed: string, gap = 0.1): Table {
  const rng = createRng(seed);
  const sex: string[] = [];
  const nation: (string | null)[] = [];
  const outcome: (boolean | null)[] = [];
  const guess: boolean[] = [];
  for (let i = 0; i < rows; i++) {
    const female = uniform(rng) < 0.45;
    sex.push(female ? 'female' : 'male');
    nation.push(uniform(rng) < 0.02 ? null : `n${Math.floor(1 / (0.012 + uniform(rng)))}`);
    const y = uniform(rng) < (female ? 0.2 : 0.2 + gap);
    outcome.push(uniform(rng) < 0.01 ? null : y);
    guess.push(uniform(rng) < 0.8 ? y : !y);
  }
  return createTable([
    categoryColumn('sex', sex),
    categoryColumn('nation', nation),
    booleanColumn('label', outcome),
    booleanColumn('prediction', guess),
  ]);
}

describe('auditBias', () => {
  const source = crowd(3000, 'source');
  const synthetic = crowd(2500, 'synthetic');
  const audit = auditBias(source, synthetic, {
    sensitive: ['sex', 'nation'],
    label,
    prediction: { column: 'prediction' },
    reference: { sex: { female: 0.5, male: 0.5 } },
    seed: 'test',
    permutations: 99,
  });

  test('is plain data, repeatable and stable', () => {
    checkJsonSafe(audit);
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
    expect(canonicalJson(audit as never).length).toBeGreaterThan(1000);
    const again = auditBias(source, synthetic, {
      sensitive: ['sex', 'nation'],
      label,
      prediction: { column: 'prediction' },
      reference: { sex: { female: 0.5, male: 0.5 } },
      seed: 'test',
      permutations: 99,
    });
    expect(again).toEqual(audit);
  });

  test('facets: each column, then all together', () => {
    expect(audit.facets.map((facet) => facet.name)).toEqual(['sex', 'nation', 'sex × nation']);
    const alone = auditBias(source, synthetic, {
      sensitive: ['sex', 'nation'],
      label,
      seed: 'test',
      intersections: false,
      permutations: 9,
    });
    expect(alone.facets).toHaveLength(2);
  });

  test('every row is accounted for', () => {
    for (const facet of audit.facets) {
      const { shares } = facet.change!;
      const shown = shares.groups.reduce((sum, one) => sum + one.n, 0);
      expect(shown + shares.suppressed.rows).toBe(2500);
      const before = shares.groups.reduce((sum, one) => sum + one.referenceN!, 0);
      expect(before + shares.suppressed.referenceRows!).toBe(3000);
    }
    expect(audit.facets[1]!.source.missing).toBeGreaterThan(20);
    expect(audit.facets[0]!.source.leftOut).toBeGreaterThan(5);
    expect(audit.facets[1]!.change!.shares.suppressed.groups.length).toBeGreaterThan(5);
  });

  test('every shown rate has n and an interval', () => {
    for (const facet of audit.facets)
      for (const side of [facet.source, facet.synthetic!])
        for (const group of side.groups)
          for (const measure of group.measures) {
            if (measure.value === null) expect(measure.reason).toBeTruthy();
            else if (measure.metric !== 'count') expect(measure.interval).toBeDefined();
          }
  });

  test('report: plain words, no verdict of compliance, all cells printable', () => {
    const report = biasReport(audit);
    checkJsonSafe(report);
    const text = JSON.stringify(report);
    expect(text).not.toMatch(/compliant|NaN|undefined|Infinity/);
    expect(
      report.findings.some((one) =>
        /^sex female: share \d+\.\d % in the source, \d+\.\d % in the synthetic copy \(difference -?\d+\.\d points \[/.test(
          one.text,
        ),
      ),
    ).toBe(true);
    expect(
      report.charts.every((chart) => (chart.kind === 'interval' ? chart.items.length > 0 : chart.kind === 'heatmap')),
    ).toBe(true);
    expect(report.charts.some((chart) => chart.kind === 'heatmap' && chart.values[0]![0] === 0)).toBe(true);
    expect(text).toContain('if groups were equal');
    expect(report.findings.some((one) => one.text.includes('pooled and not shown one by one'))).toBe(true);
  });

  test('one table alone, and without a label', () => {
    const single = auditBias(source, undefined, { sensitive: ['sex'], seed: 'x' });
    checkJsonSafe(single);
    expect(single.facets[0]!.change).toBeNull();
    const report = biasReport(single);
    expect(report.tables).toHaveLength(1);
    const labelled = biasReport(
      auditBias(source, undefined, { sensitive: ['sex'], label, seed: 'x', permutations: 99 }),
    );
    expect(labelled.findings.some((one) => one.text.includes('below the 0.8 threshold'))).toBe(true);
  });

  test('control columns: disparities within each level', () => {
    const found = auditBias(source, undefined, {
      sensitive: ['sex'],
      label,
      control: ['nation'],
      seed: 'x',
      permutations: 19,
    });
    checkJsonSafe(found);
    const { disparities } = found.facets[0]!.source;
    expect(disparities.filter((one) => one.stratum === null)).toHaveLength(2);
    expect(disparities.filter((one) => one.stratum !== null).length).toBeGreaterThan(4);
  });

  test('mistakes are named', () => {
    expect(() => auditBias(source, synthetic, { sensitive: ['seks'], seed: 'x' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_COLUMN' }),
    );
    expect(() => auditBias(source, synthetic, { sensitive: [], seed: 'x' })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() =>
      auditBias(source, synthetic, { sensitive: ['sex'], seed: 'x', reference: { race: { a: 1 } } }),
    ).toThrow(/reference/);
    expect(() =>
      auditBias(source, synthetic, { sensitive: ['sex'], seed: 'x', label, signal: { aborted: true } }),
    ).toThrow(expect.objectContaining({ code: 'ABORTED' }));
    expect(() => auditBias(source, takeRows(source, []), { sensitive: ['sex'], seed: 'x' })).toThrow(
      expect.objectContaining({ code: 'EMPTY_INPUT' }),
    );
  });

  test('progress ends at the total', () => {
    const seen: number[] = [];
    auditBias(source, undefined, {
      sensitive: ['sex', 'nation'],
      seed: 'x',
      onProgress: (at) => seen.push(at.done / at.total),
    });
    expect(seen.at(-1)).toBe(1);
  });
});

describe('biasAmplification', () => {
  test('the same table twice: no change anywhere', () => {
    const table = crowd(1000, 'same');
    const found = biasAmplification(table, table, { sensitive: ['sex'], label, seed: 'x', permutations: 49 });
    for (const one of found.rates) expect(one.change).toBe(0);
    for (const one of found.shares.groups) expect(one.difference).toBe(0);
    expect(found.parity.map((one) => one.change)).toEqual([0, 0]);
    expect(found.gap!.change).toBe(0);
    expect(found.zhao!.value).toBe(0);
  });

  test('a widened gap is found and has the right sign', () => {
    const found = biasAmplification(crowd(4000, 'a', 0), crowd(4000, 'b', 0.2), {
      sensitive: ['sex'],
      label,
      seed: 'x',
      permutations: 199,
    });
    expect(found.parity[0]!.change).toBeGreaterThan(0.1);
    expect(found.parity[0]!.pValue).toBeLessThan(0.05);
    expect(found.rates.find((one) => one.group === 'male')!.pAdjusted).toBeLessThan(0.001);
    expect(found.rates.find((one) => one.group === 'female')!.pAdjusted).toBeGreaterThan(0.001);
  });

  test('absent, new and grown groups are named', () => {
    const source = fromCounts({ a: [50, 50], gone: [20, 20], tiny: [1, 1] });
    const copy = fromCounts({ a: [50, 50], fresh: [20, 20], tiny: [30, 30] });
    const { shares } = biasAmplification(source, copy, { sensitive: ['sex'], label, seed: 'x', permutations: 9 });
    expect(shares.groups.filter((one) => one.note !== null).map((one) => [one.group, one.note])).toEqual([
      ['fresh', 'new'],
      ['gone', 'absent'],
    ]);
    expect(shares.suppressed.grown).toEqual(['tiny']);
    const report = biasReport(auditBias(source, copy, { sensitive: ['sex'], label, seed: 'x', permutations: 9 }));
    expect(report.findings[0]!.level).toBe('risk');
    expect(report.findings[0]!.text).toContain('gone');
  });

  test('laws: finite data for any counts', () => {
    const side = fc
      .array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 4 })
      .filter((list) => list.some(([a, b]) => a + b > 0));
    fc.assert(
      fc.property(side, side, fc.constantFrom(0, 1, 10), (left, right, minN) => {
        const table = (list: readonly (readonly [number, number])[]): Table =>
          fromCounts(Object.fromEntries(list.map((pair, g) => [`g${g}`, pair])));
        const found = biasAmplification(table(left), table(right), {
          sensitive: ['sex'],
          label,
          seed: 'x',
          permutations: 9,
          minN,
        });
        checkJsonSafe(found);
        for (const one of found.rates)
          if (one.change !== null) {
            expect(one.interval!.lower).toBeLessThanOrEqual(one.change + 1e-12);
            expect(one.interval!.upper).toBeGreaterThanOrEqual(one.change - 1e-12);
          }
        const audit = auditBias(table(left), table(right), {
          sensitive: ['sex'],
          label,
          seed: 'x',
          permutations: 9,
          minN,
        });
        checkJsonSafe(biasReport(audit));
      }),
      { numRuns: 60 },
    );
  });
});

describe('representation', () => {
  test('against given shares, with a missing value', () => {
    const found = representation(people(['f', 'm', 'm', null], [true, true, true, true]), {
      columns: ['sex'],
      reference: { shares: { f: 1, m: 2, x: 1 } },
      minN: 0,
    });
    expect(found.groups.map((one) => [one.group, one.n, one.referenceShare, one.note])).toEqual([
      ['m', 2, 0.5, null],
      ['(missing)', 1, 0, 'new'],
      ['f', 1, 0.25, null],
      ['x', 0, 0.25, 'absent'],
    ]);
    expect(found.totalVariation).toBeCloseTo(0.25, 12);
    checkJsonSafe(found);
  });

  test('two tables: homogeneity', () => {
    const found = representation(fromCounts({ a: [60, 0], b: [40, 0] }), {
      columns: ['sex'],
      reference: { table: fromCounts({ a: [100, 0], b: [100, 0] }) },
    });
    // chi-square 300 (60 x 100 - 40 x 100)^2 / (100 x 200 x 160 x 140), one degree of freedom: erfc(sqrt(x / 2)) in Python
    expect(found.pValue).toBeCloseTo(0.10170693003109332, 9);
  });

  test('hostile references', () => {
    const table = fromCounts({ a: [5, 5] });
    expect(() => representation(table, { columns: ['sex'], reference: { shares: { a: -1 } } })).toThrow(
      expect.objectContaining({ code: 'BAD_VALUE' }),
    );
    expect(() => representation(table, { columns: ['sex'], reference: { shares: {} } })).toThrow(
      expect.objectContaining({ code: 'EMPTY_INPUT' }),
    );
    expect(() => shareComparison([1], [1, 2])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
    expect(shareComparison([5, 5], [1, 0])).toMatchObject({ kullbackLeibler: null, pValue: null, totalVariation: 0.5 });
  });
});

test('Zhao: over-represented means above 1 / groups; an outcome that vanished is undefined', () => {
  expect(zhaoAmplification([[50, 50]], [[90, 10]]).value).toBe(0);
  expect(zhaoAmplification([[60, 40]], [[0, 0]])).toMatchObject({ value: null, reason: 'outcome-absent' });
  expect(() => zhaoAmplification([[1, 2]], [[1]])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
});
