import { expect, test } from 'vitest';
import {
  fingerprintModel,
  fitCart,
  fitIndependent,
  independentGenerator,
  sampleCart,
  sampleIndependent,
} from '../../../src/generators/index.ts';
import { concatRows, getColumn, missingCount, toRecords } from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';

const source = mixedTable(2000);
const model = fitIndependent(source);
const drawn = sampleIndependent(model, { rows: 4000, seed: 's' });

test('single columns keep their shares', () => {
  const share = (table: typeof source, value: unknown) =>
    toRecords(table).filter((record) => record['group'] === value).length / table.rowCount;
  for (const value of ['a', 'b', 'c', null])
    expect(Math.abs(share(drawn, value) - share(source, value))).toBeLessThan(0.03);
  for (const name of ['age', 'score', 'born', 'name'])
    expect(
      Math.abs(missingCount(getColumn(drawn, name)) / 4000 - missingCount(getColumn(source, name)) / 2000),
    ).toBeLessThan(0.03);
});

test('columns do not go together', () => {
  const inGroup = (group: string) => {
    const ages = toRecords(drawn).flatMap((r) =>
      r['group'] === group && r['age'] !== null ? [r['age'] as number] : [],
    );
    return ages.reduce((a, b) => a + b, 0) / ages.length;
  };
  expect(Math.abs(inGroup('a') - inGroup('c'))).toBeLessThan(5);
});

test('shards, JSON copy and generator object give the same rows', () => {
  const copy = JSON.parse(JSON.stringify(model));
  const parts = [0, 1000, 2000, 3000].map((offset) =>
    independentGenerator.sample(copy, { rows: 1000, seed: 's', offset }),
  );
  expect(toRecords(concatRows(parts))).toEqual(toRecords(drawn));
  expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
});

test('models of one kind are not sampled as the other', () => {
  expect(() => sampleCart(model as never, { rows: 1, seed: 's' })).toThrow(/expected kind "cart"/);
  expect(() => sampleIndependent(fitCart(source) as never, { rows: 1, seed: 's' })).toThrow(
    /expected kind "independent"/,
  );
});
