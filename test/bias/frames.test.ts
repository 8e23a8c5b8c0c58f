import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  abroca,
  articleTenChecklist,
  auditBias,
  biasReport,
  calibrationByGroup,
  clarifyMetrics,
  clarifyReport,
  consistency,
  impactRatios,
  impactReport,
  oneVsRestFrame,
  rankingParity,
  scoreFrame,
} from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { checkJsonSafe } from './helpers.ts';

describe('oneVsRestFrame', () => {
  test('each class against the rest, the worst named, unseen predictions counted', () => {
    const rows = createTable([
      categoryColumn('sex', ['f', 'f', 'f', 'm', 'm', 'm']),
      categoryColumn('y', ['a', 'b', null, 'a', 'a', 'b']),
      categoryColumn('p', ['a', 'c', 'a', 'a', 'b', 'b']),
    ]);
    const found = oneVsRestFrame(rows, { sensitive: ['sex'], label: 'y', prediction: 'p', minN: 1 });
    checkJsonSafe(found);
    expect(found.classes.map((one) => one.class)).toEqual(['a', 'b', 'c']);
    expect(found.leftOut).toBe(1);
    const selection = found.worst.find((one) => one.metric === 'selectionRate')!;
    expect(selection).toMatchObject({ class: 'b', undefinedFrames: 0 });
    expect(selection.difference).toBeCloseTo(2 / 3, 12);
    expect(() => oneVsRestFrame(rows, { sensitive: ['sex'] })).toThrow(/label, prediction/);
  });
});

describe('rankingParity', () => {
  test('ties share exposure and stand at the top together, whatever the order of rows', () => {
    const row = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 10 }), (rows, k) => {
        const of = (list: readonly (readonly [string, number])[]): ReturnType<typeof rankingParity> =>
          rankingParity(
            createTable([
              categoryColumn(
                'sex',
                list.map((one) => one[0]),
              ),
              numberColumn(
                'score',
                list.map((one) => one[1]),
              ),
            ]),
            { sensitive: ['sex'], score: 'score', k, minN: 1 },
          );
        const found = of(rows);
        checkJsonSafe(found);
        const turned = of([...rows].reverse());
        expect(turned.top).toBe(found.top);
        turned.groups.forEach((one, g) => {
          expect(one.exposure!).toBeCloseTo(found.groups[g]!.exposure!, 10);
          expect(one.pValue).toBe(found.groups[g]!.pValue);
        });
        const mean = found.groups.reduce((sum, one) => sum + one.exposure! * one.share!, 0);
        expect(mean).toBeCloseTo(1, 10);
      }),
      { numRuns: 60 },
    );
  });

  test('a group at the bottom is found', () => {
    const rows = createTable([
      categoryColumn(
        'sex',
        Array.from({ length: 100 }, (_, i) => (i < 60 ? 'm' : 'f')),
      ),
      numberColumn(
        'score',
        Array.from({ length: 100 }, (_, i) => (i === 99 ? null : 100 - i)),
      ),
    ]);
    const found = rankingParity(rows, {
      sensitive: ['sex'],
      score: 'score',
      k: 20,
      rng: createRng('x'),
      permutations: 199,
    });
    expect(found.leftOut).toBe(1);
    expect(found.groups.map((one) => [one.group, one.skew])).toEqual([
      ['f', 0],
      ['m', 1.65],
    ]);
    expect(found.groups[0]!.pAdjusted!).toBeLessThan(0.001);
    expect(found.exposureRatio.pValue).toBe(0.005);
    expect(found.exposureRatio.nullExpectation!).toBeGreaterThan(found.exposureRatio.value!);
  });
});

describe('calibrationByGroup', () => {
  test('calibrated scores are not flagged, shifted ones are', () => {
    const rng = createRng('calibration');
    const sex: string[] = [];
    const y: boolean[] = [];
    const p: number[] = [];
    for (let i = 0; i < 3000; i++) {
      const score = uniform(rng);
      sex.push(i % 2 ? 'f' : 'm');
      p.push(score);
      y.push(uniform(rng) < (i % 2 ? score : 0.7 * score));
    }
    const rows = createTable([categoryColumn('sex', sex), booleanColumn('y', y), numberColumn('p', p)]);
    const found = calibrationByGroup(rows, {
      sensitive: ['sex'],
      label: { column: 'y' },
      score: 'p',
      rng: createRng('x'),
      resamples: 199,
    });
    checkJsonSafe(found);
    const [f, m] = found.groups.map((one) => one.expectedCalibrationError);
    expect(f!.pValue!).toBeGreaterThan(0.05);
    expect(m!.pValue!).toBe(0.005);
    expect(m!.value!).toBeGreaterThan(5 * m!.nullExpectation!);
    expect(found.groups[1]!.calibrationInTheLarge.value!).toBeLessThan(-0.1);
    expect(found.groups[0]!.bins.reduce((sum, one) => sum + one.n, 0)).toBe(1500);
  });

  test('a score that is no probability is refused', () => {
    const rows = createTable([categoryColumn('sex', ['f']), booleanColumn('y', [true]), numberColumn('p', [2])]);
    expect(() =>
      calibrationByGroup(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'p', rng: createRng('x') }),
    ).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
  });
});

describe('abroca', () => {
  const row = fc.tuple(fc.constantFrom('a', 'b'), fc.boolean(), fc.integer({ min: 0, max: 5 }));
  const table = (rows: readonly (readonly [string, boolean, number])[]): ReturnType<typeof createTable> =>
    createTable([
      categoryColumn(
        'sex',
        rows.map((one) => one[0]),
      ),
      booleanColumn(
        'y',
        rows.map((one) => one[1]),
      ),
      numberColumn(
        'score',
        rows.map((one) => one[2]),
      ),
    ]);

  test('laws: symmetric, at least the AUC gap, the gap is that of the AUCs, equal to a fine sum', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
        const spec = { sensitive: ['sex'], label: { column: 'y' }, score: 'score', minN: 1 };
        const names = new Set(rows.map((one) => one[0]));
        if (names.size < 2) return;
        const [one] = abroca(table(rows), { ...spec, reference: 'a' }).groups;
        const [other] = abroca(table(rows), { ...spec, reference: 'b' }).groups;
        checkJsonSafe(one);
        if (one!.abroca.value === null) {
          expect(one!.abroca.reason).toBeTruthy();
          return;
        }
        expect(one!.abroca.value).toBeCloseTo(other!.abroca.value!, 10);
        expect(one!.abroca.value).toBeGreaterThanOrEqual(Math.abs(one!.aucGap.value!) - 1e-12);
        const auc = scoreFrame(table(rows), spec).strata[0]!.groups.map((group) => group.measures[2]!.value!);
        expect(one!.aucGap.value).toBeCloseTo(auc[1]! - auc[0]!, 10);
        // The area by brute force: both curves at many points.
        const curve = (name: string): ((x: number) => number) => {
          const mine = rows.filter((r) => r[0] === name);
          const [p, n] = [mine.filter((r) => r[1]).length, mine.filter((r) => !r[1]).length];
          const points = [6, 5, 4, 3, 2, 1, 0].map((t) => [
            mine.filter((r) => !r[1] && r[2] >= t).length / n,
            mine.filter((r) => r[1] && r[2] >= t).length / p,
          ]);
          return (x) => {
            let k = 0;
            while (k + 1 < points.length && points[k + 1]![0]! <= x) k++;
            if (k + 1 === points.length) return 1;
            const [a, b] = [points[k]!, points[k + 1]!];
            return a[1]! + ((b[1]! - a[1]!) * (x - a[0]!)) / (b[0]! - a[0]!);
          };
        };
        const [a, b] = [curve('a'), curve('b')];
        let sum = 0;
        const steps = 4000;
        for (let k = 0; k < steps; k++) sum += Math.abs(a((k + 0.5) / steps) - b((k + 0.5) / steps)) / steps;
        expect(one!.abroca.value).toBeCloseTo(sum, 2);
      }),
      { numRuns: 60 },
    );
  });

  test('permutation p and reasons', () => {
    const rng = createRng('abroca');
    const rows = Array.from({ length: 400 }, (_, i): [string, boolean, number] => {
      const y = uniform(rng) < 0.5;
      return [i % 2 ? 'a' : 'b', y, uniform(rng) + (y ? (i % 2 ? 1 : 0.2) : 0)];
    });
    const spec = { sensitive: ['sex'], label: { column: 'y' }, score: 'score' };
    const found = abroca(table(rows), { ...spec, rng: createRng('x'), permutations: 199 });
    expect(found.groups[0]!.pAdjusted!).toBeLessThan(0.02);
    expect(found.groups[0]!.abroca.nullExpectation!).toBeLessThan(found.groups[0]!.abroca.value!);
    expect(abroca(table(rows.slice(0, 10)), spec).groups[0]!.abroca.value).toBeNull();
    expect(() => abroca(table(rows), { ...spec, reference: 'q' })).toThrow(/reference/);
  });
});

describe('impactRatios', () => {
  const rows = createTable([
    categoryColumn('sex', [...Array(200).fill('m'), ...Array(200).fill('f'), ...Array(3).fill('x'), null, null]),
    booleanColumn(
      'hired',
      Array.from({ length: 405 }, (_, i) => (i === 404 ? null : i < 200 ? i % 2 === 0 : i % 4 === 0)),
    ),
    numberColumn(
      'score',
      Array.from({ length: 405 }, (_, i) => i),
    ),
  ]);

  test('rare categories keep count and rate, take no part in ratios; unknown counted', () => {
    const found = impactRatios(rows, { sensitive: ['sex'], outcome: { column: 'hired' } });
    checkJsonSafe(found);
    const [facet] = found.facets;
    expect(facet).toMatchObject({ highest: 'm', unknown: 1 });
    expect(
      facet!.categories.map((one) => [one.category, one.n, one.selected, one.impactRatio, one.below, one.reason]),
    ).toEqual([
      ['f', 200, 50, 0.5, true, null],
      ['m', 200, 100, 1, false, null],
      ['x', 3, 1, null, null, 'under-min-share'],
    ]);
    expect(found.leftOut).toBe(1);
    const text = JSON.stringify(impactReport(found));
    expect(text).toContain('below the 0.8 threshold');
    expect(text).toContain('1 row of unknown category');
    expect(text).not.toMatch(/compliant|NaN|undefined/);
  });

  test('scores: the rate above the sample median', () => {
    const found = impactRatios(rows, { sensitive: ['sex'], score: 'score' });
    expect(found).toMatchObject({ rate: 'scoring', median: 202 });
    expect(found.facets[0]!.categories.map((one) => one.selected)).toEqual([197, 0, 3]);
    expect(() => impactRatios(rows, { sensitive: ['sex'] })).toThrow(/outcome, score/);
  });

  test('nobody selected is no pass', () => {
    const none = createTable([categoryColumn('sex', ['f', 'm']), booleanColumn('hired', [false, false])]);
    const found = impactRatios(none, { sensitive: ['sex'], outcome: { column: 'hired' } });
    expect(found.facets[0]!.categories.map((one) => [one.below, one.reason])).toEqual([
      [null, 'nobody-selected'],
      [null, 'nobody-selected'],
    ]);
    expect(impactReport(found).findings[0]!.level).toBe('warning');
  });
});

describe('reports', () => {
  const rows = createTable([
    categoryColumn(
      'sex',
      Array.from({ length: 90 }, (_, i) => 'fmx'[i % 3]!),
    ),
    booleanColumn(
      'y',
      Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? i % 2 === 0 : i % 5 === 0)),
    ),
  ]);

  test('Clarify preset: figures, and what is not defined', () => {
    const found = clarifyMetrics(rows, { disadvantaged: { column: 'sex', positive: 'x' }, label: { column: 'y' } });
    const report = clarifyReport(found, 'sex x');
    checkJsonSafe(report);
    expect(report.tables[0]!.rows).toHaveLength(found.metrics.length);
    expect(JSON.stringify(report)).not.toMatch(/compliant|NaN/);
  });

  test('Article 10: measured, stated, open', () => {
    const audit = auditBias(rows, rows, { sensitive: ['sex'], label: { column: 'y' }, seed: 's', permutations: 99 });
    const report = articleTenChecklist({ audit, statements: { '2a': 'As agreed.' } });
    checkJsonSafe(report);
    const status = new Map(report.tables[0]!.rows.map((row) => [row[0], row[2]]));
    expect(status.get('10(2)(f)')).toBe('measured');
    expect(status.get('10(2)(a)')).toBe('stated');
    expect(status.get('10(5)')).toBe('open');
    expect(JSON.stringify(report)).not.toMatch(/compliant|satisf/);
    expect(() => articleTenChecklist({ statements: { '9': 'x' } as never })).toThrow(/unknown point/);
  });

  test('biasReport takes further pictures', () => {
    const audit = auditBias(rows, undefined, {
      sensitive: ['sex'],
      label: { column: 'y' },
      seed: 's',
      permutations: 99,
    });
    const curve = { kind: 'line', title: 'Trade-off', xLabel: 'gap', yLabel: 'AUC', series: [] } as const;
    expect(biasReport(audit, { charts: [curve] }).charts.at(-1)).toBe(curve);
  });
});

test('consistency: equal to all distances, with ties', () => {
  const cells = fc.integer({ min: 0, max: 2 });
  const rows = fc.array(fc.tuple(cells, cells, cells, cells, cells, fc.nat(1)), { minLength: 3, maxLength: 25 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 3 }), (list, k) => {
      const features = [0, 1, 2, 3, 4].map((j) => list.map((row) => row[j]!));
      const y = list.map((row) => row[5]);
      let total = 0;
      for (let i = 0; i < list.length; i++) {
        const distance = list.map((_, j) => features.reduce((sum, f) => sum + (f[i]! - f[j]!) ** 2, 0));
        const order = list.map((_, j) => j).sort((a, b) => distance[a]! - distance[b]! || a - b);
        const mean = order.slice(0, k).reduce((sum, j) => sum + y[j]!, 0) / k;
        total += Math.abs(y[i]! - mean);
      }
      expect(consistency(features, y, { neighbours: k }).value).toBeCloseTo(1 - total / list.length, 12);
    }),
  );
});
