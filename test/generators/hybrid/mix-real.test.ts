import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MixRealOptions, mixReal, outsideGenerator, withOrigin } from '../../../src/generators/hybrid/index.ts';
import { fingerprintModel, fitCart, sampleCart } from '../../../src/generators/index.ts';
import {
  castColumn,
  concatRows,
  equalTables,
  fromColumns,
  getColumn,
  renameColumns,
  replaceColumn,
  sliceRows,
  takeRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const numbers = (from: number, count: number): Table =>
  fromColumns({
    n: Array.from({ length: count }, (_, i) => from + i),
    sex: Array.from({ length: count }, (_, i) => (i % 4 === 0 ? 'f' : 'm')),
  });
const real = numbers(0, 100);
const synthetic = numbers(1000, 300);

describe('mixReal', () => {
  test('every row has its origin, and is the row it says', () => {
    const mix = mixReal(real, synthetic, { ratio: 0.3, rows: 200, seed: 's' });
    expect(mix.counts).toEqual({ real: 60, partial: 0, synthetic: 140 });
    toRecords(mix.table).forEach(({ n, origin }, row) => {
      expect(n).toBe(mix.sourceRows[row]! + (origin === 'real' ? 0 : 1000));
    });
    expect([mix.unusedReal, mix.unusedSynthetic, mix.heldOut]).toEqual([40, 160, 0]);
  });

  test('no row twice, none made up, hold-out rows never: whatever the ratio', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uniqueArray(fc.integer({ min: 0, max: 99 })),
        fc.string({ unit: 'grapheme-ascii' }),
        (ratio, holdout, seed) => {
          const mix = mixReal(real, synthetic, { ratio, holdout, seed });
          const cells = toRecords(mix.table).map((record) => record['n'] as number);
          expect(new Set(cells).size).toBe(cells.length);
          expect(cells.some((n) => holdout.includes(n))).toBe(false);
          expect(mix.counts.real).toBe(Math.floor(ratio * cells.length + 0.5));
          expect(mix.heldOut).toBe(holdout.length);
          expect(mix.counts.real + mix.unusedReal + mix.heldOut).toBe(100);
          // One row more would not fit.
          const more = { ratio, holdout, seed, rows: cells.length + 1 };
          expect(code(() => mixReal(real, synthetic, more))).toBe('NO_CAPACITY');
        },
      ),
      { numRuns: 50 },
    );
  });

  test('ends of the ratio', () => {
    expect(mixReal(real, synthetic, { ratio: 0, seed: 's' }).counts).toEqual({ real: 0, partial: 0, synthetic: 300 });
    expect(mixReal(real, synthetic, { ratio: 1, seed: 's' }).counts).toEqual({ real: 100, partial: 0, synthetic: 0 });
    expect(mixReal(real, synthetic, { ratio: 0.5, rows: 0, seed: 's' }).table.rowCount).toBe(0);
  });

  test('quotas per group, a missing cell being a group', () => {
    const groups = [
      { value: 'f', real: 25, synthetic: 75 },
      { value: 'm', real: 0, synthetic: 10 },
    ];
    const mix = mixReal(real, synthetic, { quotas: { by: 'sex', groups }, seed: 's' });
    const count = (sex: string, origin: string) =>
      toRecords(mix.table).filter((record) => record['sex'] === sex && record['origin'] === origin).length;
    expect([count('f', 'real'), count('f', 'synthetic'), count('m', 'real'), count('m', 'synthetic')]).toEqual([
      25, 75, 0, 10,
    ]);
    const gaps = fromColumns({ g: ['a', null, null] });
    const missing = mixReal(gaps, gaps, {
      quotas: { by: 'g', groups: [{ value: null, real: 2, synthetic: 1 }] },
      seed: 's',
    });
    expect(toRecords(missing.table).map((record) => record['g'])).toEqual([null, null, null]);
  });

  test('hold-out as a table: rows of equal cells stay out, also when repeated or reordered', () => {
    const holdout = takeRows(real, [5, 3, 3]);
    const twice = concatRows([real, takeRows(real, [5])]);
    const mix = mixReal(twice, concatRows([synthetic, holdout]), { ratio: 0.5, rows: 190, holdout, seed: 's' });
    const realCells = toRecords(mix.table)
      .filter((record) => record['origin'] === 'real')
      .map((record) => record['n']);
    expect(realCells).toHaveLength(95);
    expect(realCells).not.toContain(5);
    expect(realCells).not.toContain(3);
    expect(mix.heldOut).toBe(3);
    const all = mixReal(twice, concatRows([synthetic, holdout]), { ratio: 0, holdout, seed: 's' });
    expect(all.syntheticLikeHoldout).toBe(3);
  });

  test('seed decides; partial rows keep their origin', () => {
    const options: MixRealOptions = { ratio: 0.5, rows: 50, seed: 's' };
    expect(equalTables(mixReal(real, synthetic, options).table, mixReal(real, synthetic, options).table)).toBe(true);
    expect(mixReal(real, synthetic, { ...options, seed: 't' }).sourceRows).not.toEqual(
      mixReal(real, synthetic, options).sourceRows,
    );
    const mix = mixReal(real, withOrigin(synthetic, 'partial'), options);
    expect(mix.counts).toEqual({ real: 25, partial: 25, synthetic: 0 });
    expect(mixReal(real, synthetic, { ...options, column: 'from' }).table.columns.map((c) => c.name)).toEqual([
      'n',
      'sex',
      'from',
    ]);
  });

  test.each<[string, () => unknown, string]>([
    ['neither ratio nor quotas', () => mixReal(real, synthetic, { seed: 's' }), 'BAD_OPTION'],
    [
      'both',
      () => mixReal(real, synthetic, { seed: 's', ratio: 0.5, quotas: { by: 'sex', groups: [] } }),
      'BAD_OPTION',
    ],
    ['ratio above 1', () => mixReal(real, synthetic, { seed: 's', ratio: 1.1 }), 'BAD_OPTION'],
    ['ratio NaN', () => mixReal(real, synthetic, { seed: 's', ratio: Number.NaN }), 'BAD_OPTION'],
    ['rows not whole', () => mixReal(real, synthetic, { seed: 's', ratio: 0.5, rows: 1.5 }), 'BAD_OPTION'],
    [
      'a group twice',
      () =>
        mixReal(real, synthetic, {
          seed: 's',
          quotas: {
            by: 'sex',
            groups: [
              { value: 'f', real: 1, synthetic: 1 },
              { value: 'f', real: 1, synthetic: 1 },
            ],
          },
        }),
      'BAD_OPTION',
    ],
    [
      'a negative quota',
      () =>
        mixReal(real, synthetic, {
          seed: 's',
          quotas: { by: 'sex', groups: [{ value: 'f', real: -1, synthetic: 1 }] },
        }),
      'BAD_OPTION',
    ],
    [
      'too few of a group',
      () =>
        mixReal(real, synthetic, { seed: 's', quotas: { by: 'sex', groups: [{ value: 'x', real: 1, synthetic: 0 }] } }),
      'NO_CAPACITY',
    ],
    [
      'unknown group column',
      () => mixReal(real, synthetic, { seed: 's', quotas: { by: 'no', groups: [] } }),
      'UNKNOWN_COLUMN',
    ],
    [
      'hold-out row that is not there',
      () => mixReal(real, synthetic, { seed: 's', ratio: 0.5, holdout: [100] }),
      'OUT_OF_RANGE',
    ],
    [
      'hold-out of other columns',
      () => mixReal(real, synthetic, { seed: 's', ratio: 0.5, holdout: fromColumns({ n: [1] }) }),
      'UNKNOWN_COLUMN',
    ],
    [
      'hold-out of other kinds',
      () =>
        mixReal(real, synthetic, {
          seed: 's',
          ratio: 0.5,
          holdout: replaceColumn(real, castColumn(getColumn(real, 'n'), 'text')),
        }),
      'KIND_MISMATCH',
    ],
    [
      'other columns',
      () => mixReal(real, renameColumns(synthetic, [['sex', 'gender']]), { seed: 's', ratio: 0.5 }),
      'SCHEMA_MISMATCH',
    ],
    [
      'other kinds',
      () =>
        mixReal(real, replaceColumn(synthetic, castColumn(getColumn(synthetic, 'n'), 'text')), {
          seed: 's',
          ratio: 0.5,
        }),
      'KIND_MISMATCH',
    ],
    ['a taken name', () => mixReal(real, synthetic, { seed: 's', ratio: 0.5, column: 'n' }), 'DUPLICATE_COLUMN'],
    [
      'an origin of another word',
      () =>
        mixReal(
          real,
          replaceColumn(synthetic, { ...getColumn(fromColumns({ origin: Array(300).fill('bought') }), 'origin') }),
          { seed: 's', ratio: 0.5 },
        ),
      'BAD_VALUE',
    ],
  ])('refuses %s', (_, run, expected) => {
    expect(code(run)).toBe(expected);
  });
});

describe('withOrigin', () => {
  test('one for all, or one per row', () => {
    expect(toRecords(withOrigin(sliceRows(real, 0, 2), ['real', 'partial'])).map((r) => r['origin'])).toEqual([
      'real',
      'partial',
    ]);
    expect(code(() => withOrigin(real, ['real']))).toBe('LENGTH_MISMATCH');
    expect(code(() => withOrigin(real, 'real', { column: 'n' }))).toBe('DUPLICATE_COLUMN');
    expect(code(() => withOrigin(real, 'copied' as never))).toBe('BAD_VALUE');
  });
  test('a partial synthesis: kept cells equal, origin partial', () => {
    const source = mixedTable(400);
    const model = fitCart(source, { synthesize: ['score'] });
    const out = withOrigin(sampleCart(model, { rows: 400, seed: 's', kept: source }), 'partial');
    for (const column of source.columns)
      if (column.name !== 'score') expect(getColumn(out, column.name)).toEqual(getColumn(source, column.name));
    expect(toRecords(out).every((record) => record['origin'] === 'partial')).toBe(true);
  });
});

describe('outsideGenerator', () => {
  const generator = outsideGenerator({ id: 'ctgan-0.10', table: synthetic });
  const model = generator.fit(real, {});
  test('gives the table’s rows whatever the seed, shard by shard', () => {
    expect(equalTables(generator.sample(model, { rows: 300, seed: 'a' }), synthetic)).toBe(true);
    const shards = [0, 100, 200].map((offset) => generator.sample(model, { rows: 100, seed: 'b', offset }));
    expect(equalTables(concatRows(shards), synthetic)).toBe(true);
  });
  test('the model is plain data that names the table', () => {
    expect(model).toMatchObject({ kind: 'outside', id: 'ctgan-0.10', rows: 300, embedsTrainingValues: true });
    expect(fingerprintModel(JSON.parse(JSON.stringify(model)))).toBe(fingerprintModel(model));
    const known = outsideGenerator({ id: 'x', table: synthetic, embedsTrainingValues: false });
    expect(known.fit(real, {}).embedsTrainingValues).toBe(false);
  });
  test.each<[string, () => unknown, string]>([
    ['more rows than there are', () => generator.sample(model, { rows: 301, seed: 's' }), 'NO_CAPACITY'],
    ['rows past the end', () => generator.sample(model, { rows: 1, seed: 's', offset: 300 }), 'NO_CAPACITY'],
    [
      'another table’s model',
      () => outsideGenerator({ id: 'x', table: real }).sample(model, { rows: 1, seed: 's' }),
      'BAD_MODEL',
    ],
    ['other columns', () => generator.fit(fromColumns({ n: [1] }), {}), 'SCHEMA_MISMATCH'],
    [
      'other kinds',
      () => generator.fit(replaceColumn(real, castColumn(getColumn(real, 'n'), 'text')), {}),
      'KIND_MISMATCH',
    ],
    ['no id', () => outsideGenerator({ id: '', table: real }), 'BAD_OPTION'],
    ['no rows', () => outsideGenerator({ id: 'x', table: sliceRows(real, 0, 0) }), 'EMPTY_INPUT'],
  ])('refuses %s', (_, run, expected) => {
    expect(code(run)).toBe(expected);
  });
});
