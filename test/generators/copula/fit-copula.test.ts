import { describe, expect, test } from 'vitest';
import { copulaGenerator } from '../../../src/generators/copula/copula-generator.ts';
import type { StepsMarginal } from '../../../src/generators/copula/copula-types.ts';
import { fitCopula } from '../../../src/generators/copula/fit-copula.ts';
import { sampleCopula } from '../../../src/generators/copula/sample-copula.ts';
import { createRng } from '../../../src/random/create-rng.ts';
import { normal } from '../../../src/random/normal.ts';
import { uniform } from '../../../src/random/uniform.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  fromColumns,
  integerColumn,
  numberColumn,
  sliceRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { CategoryColumn, NumberColumn, Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

const table = mixedTable(600);

/** Normals with correlation .7: whole, cut to few levels, and heaped at 0. */
function related(rows: number): Table {
  const rng = createRng('related');
  const z = Array.from({ length: rows }, () => {
    const base = normal(rng);
    return [base, 0.7 * base + Math.sqrt(0.51) * normal(rng)] as const;
  });
  return createTable([
    numberColumn(
      'x',
      z.map(([x]) => x),
    ),
    categoryColumn(
      'level',
      z.map(([, y]) => (y < -0.8 ? '1' : y < 0.2 ? '2' : '3')),
    ),
    numberColumn(
      'heaped',
      z.map(([, y]) => (y < 0.5 ? 0 : y)),
    ),
    booleanColumn(
      'yes',
      z.map(([x]) => x > 0.4),
    ),
  ]);
}

describe('fitCopula', () => {
  test('roles, reports and digest', () => {
    const model = fitCopula(table);
    expect(model.columns.map((column) => column.role)).toEqual([
      'identifier',
      'identifier',
      'modelled',
      'modelled',
      'modelled',
      'modelled',
      'modelled',
      'modelled',
      'constant',
      'allMissing',
    ]);
    expect(model.report.constant).toEqual(['one']);
    expect(model.report.allMissing).toEqual([{ column: 'none', observed: 0 }]);
    expect(model.report.ordered).toEqual(['group']);
    expect(model.report.shrinkage).toBe(0);
    expect(model.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(copulaGenerator.fit(table, {})).toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  test('the order of levels and their names do not matter: nominal levels follow the other columns', () => {
    const model = fitCopula(table);
    const group = model.columns[2]!;
    const codes = group.marginal?.kind === 'levels' ? group.marginal.codes.map((code) => group.labels[code]) : [];
    expect([codes.join(), [...codes].reverse().join()]).toContain('a,b,c');
    const aimed = fitCopula(table, { target: 'age' }).columns[2]!;
    expect(aimed.marginal).toMatchObject({ codes: [0, 1, 2] });
  });

  test('declared order, with a level that never occurs', () => {
    const model = fitCopula(table, { ordinal: { group: ['c', 'never', 'a', 'b'] } });
    expect(model.columns[2]!.marginal).toMatchObject({ codes: [2, 0, 1] });
    expect(model.report.ordered).toEqual([]);
  });

  test('polychoric and polyserial correlations undo the loss by classes', () => {
    const cells = related(6000);
    const ordinal = { level: ['1', '2', '3'] };
    const plain = fitCopula(cells, { ordinal }).correlation;
    const latent = fitCopula(cells, { ordinal, latent: 'polychoric' }).correlation;
    expect(plain[1]).toBeLessThan(0.66);
    for (const place of [1, 2]) expect(Math.abs(latent[place]! - 0.7)).toBeLessThan(0.03);
    expect(Math.abs(latent[3]! - 1)).toBeLessThan(0.03);
    expect(Math.abs(latent[7]! - 0.7)).toBeLessThan(0.04);
  });

  test('spikes keep their mass, and no single row is in the model', () => {
    const rng = createRng('spikes');
    const gain = Array.from({ length: 3000 }, () => (uniform(rng) < 0.9 ? 0 : Math.round(1e7 * uniform(rng)) / 100));
    const model = fitCopula(createTable([numberColumn('gain', gain)]));
    expect(model.embedsTrainingValues).toBe(false);
    const { low, high, ends } = model.columns[0]!.marginal as StepsMarginal;
    expect([low[0], high[0], ends[0]]).toEqual([0, 0, gain.filter((value) => value === 0).length]);
    const held = new Set(gain.filter((value) => value !== 0));
    for (const value of [...low, ...high]) expect(held.has(value), `${value}`).toBe(false);
    const drawn = (sampleCopula(model, { rows: 5000, seed: 's' }).columns[0] as NumberColumn).values;
    const share = drawn.filter((value) => value === 0).length / 5000;
    expect(Math.abs(share - ends[0]! / 3000)).toBeLessThan(0.02);
    expect(drawn.every((value) => value >= 0 && value <= 1e5)).toBe(true);
  });

  test('few rows beside or between spikes stay within them', () => {
    const values = [...new Array<number>(50).fill(0), 7, ...new Array<number>(50).fill(9), 20, 30];
    const model = fitCopula(createTable([integerColumn('n', values)]));
    const marginal = model.columns[0]!.marginal as StepsMarginal;
    expect(marginal.ends).toEqual([50, 51, 101, 103]);
    expect(marginal.low).toEqual([0, 1, 9, 9]);
    // The mean of the five largest.
    expect(marginal.high.slice(0, 3)).toEqual([0, 8, 9]);
    expect(marginal.high[3]).toBeCloseTo(15.4, 12);
    expect(model.report.marginals).toEqual([{ column: 'n', spikes: 2, pieces: 2, rowsBehind: 5 }]);
    const close = [...new Array<number>(50).fill(1), 2, ...new Array<number>(50).fill(3)];
    const gap = fitCopula(createTable([integerColumn('n', close)])).columns[0]!.marginal as StepsMarginal;
    expect([gap.low[1], gap.high[1]]).toEqual([1, 3]);
  });

  test('empirical marginals hold and say that they hold training values', () => {
    const x = createTable([numberColumn('x', [1.5, 2.5, 2.5, 9, 11])]);
    const model = fitCopula(x, { marginal: 'empirical' });
    expect(model.embedsTrainingValues).toBe(true);
    expect(model.columns[0]!.marginal).toEqual({
      kind: 'steps',
      ends: [1, 3, 4, 5],
      low: [1.5, 2.5, 9, 11],
      high: [1.5, 2.5, 9, 11],
    });
    const rows = toRecords(sampleCopula(model, { rows: 200, seed: 's' }));
    for (const row of rows) expect([1.5, 2.5, 9, 11]).toContain(row.x);
  });

  test('a level or knot of one row counts as a training value', () => {
    const names = fromColumns({ c: ['a', 'b', 'b', 'c', 'c'], n: [1, 2, 2, 1, 2] });
    expect(fitCopula(names, { rareLevelMin: 0 }).embedsTrainingValues).toBe(true);
    expect(fitCopula(names).embedsTrainingValues).toBe(false);
    expect(fitCopula(createTable([numberColumn('x', [1, 2, 3])]), { minCell: 1 }).embedsTrainingValues).toBe(true);
  });

  test('normal marginals', () => {
    const model = fitCopula(createTable([integerColumn('n', [2, 4, 4, 4, 5, 5, 7, 9])]), { marginal: 'normal' });
    expect(model.columns[0]!.marginal).toEqual({ kind: 'normal', mean: 5, deviation: 2 });
    const drawn = (sampleCopula(model, { rows: 4000, seed: 's' }).columns[0] as NumberColumn).values;
    expect(Math.abs(drawn.reduce((sum, value) => sum + value, 0) / 4000 - 5)).toBeLessThan(0.15);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });

  test('fewer rows than columns: shrunk, and said', () => {
    const rng = createRng('wide');
    const columns = Array.from({ length: 30 }, (_, k) =>
      numberColumn(
        `c${k}`,
        Array.from({ length: 12 }, () => normal(rng)),
      ),
    );
    const model = fitCopula(createTable(columns));
    expect(model.report.shrinkage).toBeGreaterThan(0.3);
    expect(sampleCopula(model, { rows: 5, seed: 's' }).rowCount).toBe(5);
  });

  test('equal columns: repaired, and said; never observed together: no relation, and said', () => {
    const cells = Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
    const twins = fitCopula(createTable([integerColumn('a', cells), integerColumn('b', cells)]));
    expect(twins.report.eigenvaluesLifted).toBe(1);
    const rows = toRecords(sampleCopula(twins, { rows: 500, seed: 's' }));
    expect(rows.filter((row) => row.a === row.b).length).toBeGreaterThan(495);
    const apart = fitCopula(
      createTable([
        integerColumn(
          'a',
          cells.map((cell, i) => (i < 20 ? cell : null)),
        ),
        integerColumn(
          'b',
          cells.map((cell, i) => (i < 20 ? null : cell)),
        ),
      ]),
    );
    expect(apart.report.pairsUnseen).toBeGreaterThan(0);
    expect(sampleCopula(apart, { rows: 5, seed: 's' }).rowCount).toBe(5);
  });
});

describe('bad input of fitCopula', () => {
  const code = (wanted: string) => expect.objectContaining({ code: wanted });

  test('one row: a typed error that names the way out, and a sound model when taken', () => {
    const one = sliceRows(table, 0, 1);
    expect(() => fitCopula(one)).toThrow(code('BAD_OPTION'));
    expect(() => fitCopula(one)).toThrow(/minCell/);
    const model = fitCopula(one, { minCell: 1, rareLevelMin: 0 });
    expect(sampleCopula(model, { rows: 3, seed: 's' }).rowCount).toBe(3);
  });

  test('constant and all-missing columns alone', () => {
    const flat = createTable([numberColumn('c', [3, 3, 3, 3, 3]), numberColumn('m', [null, null, null, null, 1])]);
    const model = fitCopula(flat);
    expect(model.correlation).toEqual([]);
    expect(model.report.allMissing).toEqual([{ column: 'm', observed: 1 }]);
    expect(toRecords(sampleCopula(model, { rows: 2, seed: 's' }))).toEqual([
      { c: 3, m: null },
      { c: 3, m: null },
    ]);
  });

  test('one value and missing cells', () => {
    const some = createTable([
      integerColumn('n', [4, null, 4, null, 4, 4, 4, 4]),
      booleanColumn('b', [true, null, true, true, true, true, true, true]),
    ]);
    const rows = toRecords(sampleCopula(fitCopula(some), { rows: 400, seed: 's' }));
    for (const row of rows) expect([4, null]).toContain(row.n);
    for (const row of rows) expect([true, null]).toContain(row.b);
    const missing = rows.filter((row) => row.n === null).length / 400;
    expect(Math.abs(missing - 0.25)).toBeLessThan(0.08);
  });

  test('10,000 levels: pooled when rare, kept when not', () => {
    const rare = Array.from({ length: 20_000 }, (_, i) => `level ${i % 10_000}`);
    const pooled = fitCopula(
      createTable([
        categoryColumn('c', rare),
        integerColumn(
          'n',
          rare.map((_, i) => i % 3),
        ),
      ]),
    );
    expect(pooled.report.pooled).toEqual([{ column: 'c', levels: 10_000, rows: 20_000, label: 'other', below: 5 }]);
    const kept = fitCopula(
      createTable([
        categoryColumn('c', rare),
        integerColumn(
          'n',
          rare.map((_, i) => i % 3),
        ),
      ]),
      {
        rareLevelMin: 2,
      },
    );
    const drawn = sampleCopula(kept, { rows: 5000, seed: 's' }).columns[0] as CategoryColumn;
    expect(new Set(drawn.codes).size).toBeGreaterThan(3500);
  });

  test('labels that look like numbers stay labels', () => {
    const labels = ['10', '9', '1e3', '-0', 'NaN', ''].flatMap((label) => new Array<string>(10).fill(label));
    const drawn = sampleCopula(fitCopula(createTable([categoryColumn('c', labels)])), { rows: 300, seed: 's' });
    expect(new Set(toRecords(drawn).map((row) => row.c))).toEqual(new Set(labels));
  });

  test('NaN, unequal lengths, duplicate names, no data', () => {
    const bad = { kind: 'number' as const, name: 'x', values: Float64Array.of(1, 2, Number.NaN, 4, 5) };
    expect(() => fitCopula({ rowCount: 5, columns: [bad] })).toThrow(code('BAD_VALUE'));
    const short = { kind: 'number' as const, name: 'y', values: Float64Array.of(1) };
    const fine = { kind: 'number' as const, name: 'y', values: Float64Array.of(1, 2, 3, 4, 5) };
    expect(() => fitCopula({ rowCount: 5, columns: [fine, { ...short, name: 'z' }] })).toThrow(code('LENGTH_MISMATCH'));
    expect(() => fitCopula({ rowCount: 5, columns: [fine, fine] })).toThrow(code('DUPLICATE_COLUMN'));
    expect(() => fitCopula({ rowCount: 0, columns: [] })).toThrow(code('EMPTY_INPUT'));
  });

  test('options', () => {
    for (const options of [
      { knots: 0 },
      { minCell: 0.5 },
      { rareLevelMin: -1 },
      { marginal: 'beta' as 'knots' },
      { latent: 'other' as 'midrank' },
      { ordinal: { group: ['a', 'b'] } },
      { ordinal: { group: ['a', 'b', 'c', 'a'] } },
    ])
      expect(() => fitCopula(table, options), JSON.stringify(options)).toThrow(code('BAD_OPTION'));
    expect(() => fitCopula(table, { ordinal: { age: ['1'] } })).toThrow(code('KIND_MISMATCH'));
    expect(() => fitCopula(table, { target: 'agee' })).toThrow(code('UNKNOWN_COLUMN'));
    expect(() => fitCopula(table, { signal: { aborted: true } })).toThrow(code('ABORTED'));
  });

  test('huge and tiny numbers', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i % 2 ? 1e300 : -1e300) * (i / 40) + 1e-300);
    const model = fitCopula(createTable([numberColumn('x', values)]));
    const drawn = sampleCopula(model, { rows: 100, seed: 's' }).columns[0] as NumberColumn;
    expect(drawn.values.every(Number.isFinite)).toBe(true);
  });
});
