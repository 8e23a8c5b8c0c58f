import { describe, expect, test } from 'vitest';
import { type ArfModel, fitArf, sampleArf, sampleArfConditional } from '../../../src/generators/forest/index.ts';
import { concatRows, createTable, integerColumn, numberColumn, toRecords } from '../../../src/table/index.ts';
import type { Cell, Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const source = mixedTable(600);
const model = fitArf(source, { trees: 8 });

function inShards(rows: number, shards: number, draw: (rows: number, offset: number) => Table): Table {
  return concatRows(
    Array.from({ length: shards }, (_, shard) => {
      const start = Math.floor((rows * shard) / shards);
      return draw(Math.floor((rows * (shard + 1)) / shards) - start, start);
    }),
  );
}

function share(table: Table, meets: (row: Readonly<Record<string, Cell>>) => boolean): number {
  return toRecords(table).filter(meets).length / table.rowCount;
}

test('1, 2, 7 and 64 shards give the same rows, also from JSON, also conditionally', () => {
  const whole = toRecords(sampleArf(model, { rows: 200, seed: 's' }));
  const given = { group: 'a' } as const;
  const some = toRecords(sampleArfConditional(model, { rows: 200, seed: 's', given }));
  for (const shards of [2, 7, 64]) {
    expect(toRecords(inShards(200, shards, (rows, offset) => sampleArf(model, { rows, offset, seed: 's' })))).toEqual(
      whole,
    );
    expect(
      toRecords(
        inShards(200, shards, (rows, offset) => sampleArfConditional(model, { rows, offset, seed: 's', given })),
      ),
    ).toEqual(some);
  }
  expect(toRecords(sampleArf(JSON.parse(JSON.stringify(model)), { rows: 200, seed: 's' }))).toEqual(whole);
});

test('kinds, rounding, missing shares and placeholders are kept', () => {
  const drawn = sampleArf(model, { rows: 4000, seed: 's' });
  expect(drawn.columns.map((column) => [column.name, column.kind])).toEqual(
    source.columns.map((column) => [column.name, column.kind]),
  );
  const names = new Set(toRecords(source).map((row) => row['name']));
  for (const row of toRecords(drawn)) {
    if (row['age'] !== null) expect(Number.isInteger(row['age'])).toBe(true);
    if (row['born'] !== null) expect((row['born'] as number) % 86_400_000).toBe(0);
    if (row['name'] !== null) expect(names.has(row['name']!)).toBe(false);
  }
  for (const name of ['name', 'group', 'age', 'score', 'member', 'born'])
    expect(
      Math.abs(share(drawn, (row) => row[name] === null) - share(source, (row) => row[name] === null)),
    ).toBeLessThan(0.03);
});

test('what goes together stays together', () => {
  const drawn = sampleArf(model, { rows: 2000, seed: 's' });
  const young = (row: Readonly<Record<string, Cell>>) => row['age'] !== null && (row['age'] as number) <= 20;
  const members = toRecords(drawn).filter((row) => row['group'] === 'a' && row['age'] !== null);
  expect(members.filter(young).length / members.length).toBeGreaterThan(0.9);
});

describe('conditional draws', () => {
  test('meet every kind of condition in every row', () => {
    const drawn = sampleArfConditional(model, {
      rows: 300,
      seed: 's',
      given: { group: { oneOf: ['a', 'b'] }, age: { min: 12, max: 55 }, member: false, one: 'same', none: null },
    });
    for (const row of toRecords(drawn)) {
      expect(['a', 'b']).toContain(row['group']);
      expect(row['age'] as number).toBeGreaterThanOrEqual(12);
      expect(row['age'] as number).toBeLessThanOrEqual(55);
      expect(row['member']).toBe(false);
    }
    const gaps = sampleArfConditional(model, { rows: 50, seed: 's', given: { age: null, score: { oneOf: [null] } } });
    expect(share(gaps, (row) => row['age'] === null && row['score'] === null)).toBe(1);
  });

  test('have the distribution of unconditional draws that happen to meet them', () => {
    const all = toRecords(sampleArf(model, { rows: 60_000, seed: 'all' })).filter(
      (row) => row['member'] === true && row['age'] !== null && (row['age'] as number) < 80,
    );
    const drawn = toRecords(
      sampleArfConditional(model, { rows: 20_000, seed: 's', given: { member: true, age: { max: 79 } } }),
    );
    for (const label of ['a', 'b', 'c', null]) {
      const one = all.filter((row) => row['group'] === label).length / all.length;
      const two = drawn.filter((row) => row['group'] === label).length / drawn.length;
      // Four standard errors of the smaller sample.
      expect(Math.abs(one - two)).toBeLessThan(4 * Math.sqrt((one * (1 - one)) / Math.min(all.length, 20_000)) + 1e-3);
    }
    const mean = (rows: readonly Readonly<Record<string, Cell>>[]) =>
      rows.reduce((sum, row) => sum + (row['age'] as number), 0) / rows.length;
    expect(Math.abs(mean(all) - mean(drawn))).toBeLessThan(0.4);
  });

  test('a number among many distinct ones is evidence for its bin, and shown as asked', () => {
    const n = 3000;
    const x = Array.from({ length: n }, (_, i) => i / 7);
    const table = createTable([
      numberColumn('x', x),
      integerColumn(
        'band',
        x.map((_, i) => Math.floor(i / 300)),
      ),
    ]);
    const fitted = fitArf(table, { trees: 5 });
    const drawn = toRecords(sampleArfConditional(fitted, { rows: 200, seed: 's', given: { x: 100.001 } }));
    expect(new Set(drawn.map((row) => row['x']))).toEqual(new Set([100.001]));
    expect(drawn.filter((row) => Math.abs((row['band'] as number) - 2) <= 1).length).toBeGreaterThan(180);
    const ranged = toRecords(
      sampleArfConditional(fitted, { rows: 200, seed: 's', given: { x: { min: 10, max: 11 } } }),
    );
    for (const row of ranged) expect((row['x'] as number) >= 10 && (row['x'] as number) <= 11).toBe(true);
    const listed = toRecords(sampleArfConditional(fitted, { rows: 50, seed: 's', given: { x: { oneOf: [1, 2] } } }));
    for (const row of listed) expect([1, 2]).toContain(row['x']);
  });

  test('refused with a code', () => {
    const draw = (given: Parameters<typeof sampleArfConditional>[1]['given']) =>
      code(() => sampleArfConditional(model, { rows: 1, seed: 's', given }));
    expect(draw({ agee: 1 })).toBe('UNKNOWN_COLUMN');
    expect(draw({ name: 'x' })).toBe('KIND_MISMATCH');
    expect(draw({ age: 'old' })).toBe('BAD_VALUE');
    expect(draw({ age: Number.NaN })).toBe('BAD_VALUE');
    expect(draw({ age: { min: 5, max: 4 } })).toBe('BAD_VALUE');
    expect(draw({ group: { min: 5 } })).toBe('BAD_VALUE');
    expect(draw({ group: 1 })).toBe('BAD_VALUE');
    expect(draw({ member: 1 })).toBe('BAD_VALUE');
    expect(draw({ group: 'z' })).toBe('OUT_OF_RANGE');
    expect(draw({ one: 'other' })).toBe('OUT_OF_RANGE');
    expect(draw({ none: 1 })).toBe('OUT_OF_RANGE');
    expect(draw({ group: { oneOf: [] } })).toBe('OUT_OF_RANGE');
    expect(draw({ age: { min: 1000 } })).toBe('OUT_OF_RANGE');
    // Each is possible alone, and no leaf has both.
    const pairs = Array.from({ length: 200 }, (_, i) => i % 2);
    const apart = createTable([integerColumn('x', pairs), integerColumn('y', pairs)]);
    const strict = fitArf(apart, { trees: 1, minLeaf: 1, maxRounds: 0, candidates: 2 });
    expect(code(() => sampleArfConditional(strict, { rows: 1, seed: 's', given: { x: 0, y: 1 } }))).toBe(
      'OUT_OF_RANGE',
    );
  });
});

test('damaged models and bad options are refused', () => {
  const broken = (change: (copy: any) => void) => {
    const copy = JSON.parse(JSON.stringify(model));
    change(copy);
    return code(() => sampleArf(copy as ArfModel, { rows: 1, seed: 's' }));
  };
  expect(code(() => sampleArf(null as unknown as ArfModel, { rows: 1, seed: 's' }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy, { version: 2 }))).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy, { trees: [] }))).toBe('BAD_MODEL');
  expect(broken((copy) => copy.trees[0].rows.pop())).toBe('BAD_MODEL');
  expect(broken((copy) => Object.assign(copy.trees[1], { feature: [99] }))).toBe('BAD_MODEL');
  expect(broken((copy) => (copy.trees[0].right[0] = 0))).toBe('BAD_MODEL');
  expect(broken((copy) => (copy.trees[0].sets = []))).toBe('BAD_MODEL');
  expect(broken((copy) => (copy.columns[2].cells[0] = 77))).toBe('BAD_MODEL');
  expect(broken((copy) => (copy.trees[0].leaves[1] = 0))).toBe('BAD_MODEL');
  expect(code(() => sampleArf(model, { rows: 1.5, seed: 's' }))).toBe('BAD_OPTION');
  expect(code(() => sampleArf(model, { rows: 1, seed: 's', offset: -1 }))).toBe('BAD_OPTION');
  expect(code(() => sampleArf(model, { rows: 1, seed: 's', signal: { aborted: true } }))).toBe('ABORTED');
});
