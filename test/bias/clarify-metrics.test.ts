import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClarifyMetrics, clarifyMetrics } from '../../src/bias/index.ts';
import { createRng, uniform } from '../../src/random/index.ts';
import { booleanColumn, categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { codeOf } from '../code-of.ts';

const spec = {
  disadvantaged: { column: 'sex', positive: 'f' },
  label: { column: 'label' },
  prediction: { column: 'prediction' },
  strata: ['job'],
} as const;

function people(seed: string, rows = 200): Table {
  const rng = createRng(seed);
  const pick = (share: number): boolean => uniform(rng) < share;
  const sex = Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'f' : 'm'));
  return createTable([
    categoryColumn('sex', sex),
    categoryColumn(
      'job',
      sex.map(() => (pick(0.5) ? 'a' : 'b')),
    ),
    booleanColumn(
      'label',
      sex.map((one) => pick(one === 'f' ? 0.3 : 0.5)),
    ),
    booleanColumn(
      'prediction',
      sex.map((one) => pick(one === 'f' ? 0.2 : 0.6)),
    ),
    numberColumn(
      'x',
      sex.map(() => uniform(rng)),
    ),
  ]);
}

const value = (found: ClarifyMetrics, code: string): number | null | undefined =>
  found.metrics.find((one) => one.code === code)?.value;

describe('clarifyMetrics', () => {
  test('every figure has a finite value inside its range and interval, or a reason', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), (seed, rows) => {
        const found = clarifyMetrics(people(seed, rows), { ...spec, features: ['x'] }, { resamples: 49 });
        for (const one of found.metrics) {
          expect(one.value === null ? one.reason : Number.isFinite(one.value)).toBeTruthy();
          if (one.value === null) continue;
          if (one.range[0] !== null) expect(one.value).toBeGreaterThanOrEqual(one.range[0] - 1e-12);
          if (one.range[1] !== null) expect(one.value).toBeLessThanOrEqual(one.range[1] + 1e-12);
          expect(one.n).toBeGreaterThan(0);
        }
        expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
      }),
      { numRuns: 40 },
    );
  });

  test('swapping the facets flips the signs of the differences and inverts the ratio', () => {
    const table = people('swap', 600);
    const one = clarifyMetrics(table, spec, { resamples: 0 });
    const other = clarifyMetrics(table, { ...spec, disadvantaged: { column: 'sex', positive: 'm' } }, { resamples: 0 });
    for (const code of ['CI', 'DPL', 'DPPL', 'RD', 'SD', 'DAR', 'DRR', 'AD', 'TE', 'DCA', 'DCR', 'CDDL'])
      expect(value(one, code)).toBeCloseTo(-value(other, code)!, 12);
    expect(value(one, 'DI')).toBeCloseTo(1 / value(other, 'DI')!, 12);
    for (const code of ['JS', 'LP', 'TVD', 'KS', 'GE']) expect(value(one, code)).toBeCloseTo(value(other, code)!, 12);
  });

  test('equal facets give parity', () => {
    const table = createTable([
      categoryColumn('sex', ['f', 'f', 'f', 'f', 'm', 'm', 'm', 'm']),
      categoryColumn('job', ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a']),
      booleanColumn('label', [true, true, false, false, true, true, false, false]),
      booleanColumn('prediction', [true, false, true, false, true, false, true, false]),
    ]);
    const { metrics } = clarifyMetrics(table, spec, { resamples: 0 });
    for (const one of metrics) if (one.code !== 'GE') expect(one.value).toBe(one.code === 'DI' ? 1 : 0);
  });

  test('a level that one facet lacks makes KL infinite, which is said, not shown', () => {
    const table = createTable([
      categoryColumn('sex', ['f', 'f', 'm', 'm']),
      categoryColumn('level', ['a', 'a', 'a', 'b']),
    ]);
    const ask = { disadvantaged: { column: 'sex', positive: 'f' }, distribution: 'level' };
    const kl = clarifyMetrics(table, ask).metrics.find((one) => one.code === 'KL');
    expect(kl).toMatchObject({ value: null, reason: 'infinite' });
    expect(value(clarifyMetrics(table, ask, { zeroDivision: 'clarify' }), 'KL')).toBeCloseTo(0.5 * Math.log(0.5), 12);
    expect(value(clarifyMetrics(table, ask), 'TVD')).toBe(0.5);
  });

  test('rows without facet or outcome are counted; an empty facet has a reason', () => {
    const table = createTable([
      categoryColumn('sex', ['m', null, 'm'], ['f', 'm']),
      booleanColumn('label', [true, true, null]),
    ]);
    const found = clarifyMetrics(table, { disadvantaged: spec.disadvantaged, label: spec.label });
    expect([found.leftOut, found.advantaged, found.disadvantaged]).toEqual([2, 1, 0]);
    expect(found.metrics.every((one) => one.value === null && one.reason === 'empty-group')).toBe(true);
  });

  test('intervals can be computed again', () => {
    const table = people('again');
    expect(clarifyMetrics(table, spec)).toEqual(clarifyMetrics(table, spec));
    const [, dpl] = clarifyMetrics(table, spec).metrics;
    expect(dpl!.interval!.lower).toBeLessThan(dpl!.value!);
    expect(dpl!.interval!.upper).toBeGreaterThan(dpl!.value!);
  });

  test('refuses bad input', () => {
    const table = people('bad');
    expect(codeOf(() => clarifyMetrics(table, { disadvantaged: { column: 'no', positive: 'f' } }))).toBe(
      'UNKNOWN_COLUMN',
    );
    expect(codeOf(() => clarifyMetrics(table, { disadvantaged: { column: 'sex', positive: 'x' } }))).toBe('BAD_OPTION');
    expect(codeOf(() => clarifyMetrics(table, spec, { zeroDivision: 'no' as 'clarify' }))).toBe('BAD_OPTION');
    expect(codeOf(() => clarifyMetrics(table, { ...spec, features: ['job'] }))).toBe('KIND_MISMATCH');
    expect(codeOf(() => clarifyMetrics(table, spec, { signal: { aborted: true } }))).toBe('ABORTED');
    const none = createTable([categoryColumn('sex', [null], ['f', 'm'])]);
    expect(codeOf(() => clarifyMetrics(none, { disadvantaged: spec.disadvantaged }))).toBe('EMPTY_INPUT');
  });
});
