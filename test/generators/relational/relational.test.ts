import { describe, expect, test, vi } from 'vitest';
import { fingerprintModel } from '../../../src/generators/index.ts';
import {
  fitRelational,
  type RelationalInput,
  type RelationalModel,
  type RelationalSample,
  sampleRelational,
} from '../../../src/generators/relational/index.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import { ksStatistic, pearson } from '../../../src/stats/index.ts';
import {
  booleanColumn,
  castColumn,
  categoryColumn,
  concatRows,
  dropColumns,
  formatCsv,
  fromColumns,
  getColumn,
  integerColumn,
  replaceColumn,
  schemaOf,
  sliceRows,
  takeRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { shop } from './source.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const { customer, order, item } = shop(700);
const input: RelationalInput = {
  parent: customer,
  child: order,
  key: 'id',
  foreignKey: 'of',
  orderBy: 'day',
  below: [{ child: item, key: 'id', foreignKey: 'order' }],
};
const model = fitRelational(input);
const sample = sampleRelational(model, { rows: 700, seed: 's' });
const [items] = sample.below as [Table];

const cells = (table: Table, name: string) => toRecords(table).map((record) => record[name]);
const counts = (parents: Table, key: string, children: Table, foreign: string) => {
  const of = new Map<unknown, number>();
  for (const cell of cells(children, foreign)) of.set(cell, (of.get(cell) ?? 0) + 1);
  return Float64Array.from(cells(parents, key), (cell) => of.get(cell) ?? 0);
};

test('tables keep their columns, kinds, units and order', () => {
  const kinds = (table: Table) => schemaOf(table).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(sample.parent)).toEqual(kinds(customer));
  expect(kinds(sample.child)).toEqual(kinds(order));
  expect(kinds(items)).toEqual(kinds(item));
});

test('every foreign key names one parent; keys are unique and new', () => {
  for (const [parents, key, children, foreign, source] of [
    [sample.parent, 'id', sample.child, 'of', customer],
    [sample.child, 'id', items, 'order', order],
  ] as const) {
    const keys = new Set(cells(parents, key));
    expect(keys.size).toBe(parents.rowCount);
    expect(cells(children, foreign).every((cell) => keys.has(cell))).toBe(true);
    const real = new Set(cells(source, key));
    expect(cells(parents, key).some((cell) => real.has(cell))).toBe(false);
  }
});

test('child counts, also by group, are those of the source', () => {
  const real = counts(customer, 'id', order, 'of');
  const drawn = counts(sample.parent, 'id', sample.child, 'of');
  expect(1 - ksStatistic(real, drawn)).toBeGreaterThan(0.95);
  const mean = (table: Table, list: Float64Array, member: boolean) => {
    const chosen = [...list].filter((_, i) => cells(table, 'member')[i] === member);
    return chosen.reduce((a, b) => a + b, 0) / chosen.length;
  };
  for (const member of [true, false])
    expect(Math.abs(mean(customer, real, member) - mean(sample.parent, drawn, member))).toBeLessThan(0.3);
  expect(
    1 - ksStatistic(counts(order, 'id', item, 'order'), counts(sample.child, 'id', items, 'order')),
  ).toBeGreaterThan(0.95);
});

/** Correlation of a child's amount with the one before. */
function lag(table: Table): number {
  const rows = toRecords(table);
  const pairs = rows
    .slice(1)
    .flatMap((row, i) => (row['of'] === rows[i]!['of'] ? [[rows[i]!['amount'], row['amount']]] : []));
  return pearson(
    Float64Array.from(pairs, (p) => p[0] as number),
    Float64Array.from(pairs, (p) => p[1] as number),
  ) as number;
}

test('siblings follow each other in order and depend on the one before', () => {
  const rows = toRecords(sample.child);
  for (let i = 1; i < rows.length; i++)
    if (rows[i]!['of'] === rows[i - 1]!['of'])
      expect(rows[i]!['day'] as number).toBeGreaterThanOrEqual(rows[i - 1]!['day'] as number);
  expect(lag(order)).toBeGreaterThan(0.8);
  expect(lag(sample.child)).toBeGreaterThan(0.7);
  const big = toRecords(items).filter((row) => row['kind'] === 'big').length / items.rowCount;
  const real = toRecords(item).filter((row) => row['kind'] === 'big').length / item.rowCount;
  expect(Math.abs(big - real)).toBeLessThan(0.07);
});

test('children depend on their parent', () => {
  const region = new Map(toRecords(sample.parent).map((row) => [row['id'], row['region']]));
  const mean = (north: boolean) => {
    const chosen = toRecords(sample.child).filter((row) => (region.get(row['of']!) === 'north') === north);
    return chosen.reduce((sum, row) => sum + (row['amount'] as number), 0) / chosen.length;
  };
  expect(mean(true) - mean(false)).toBeGreaterThan(40);
});

const hash = (drawn: RelationalSample) =>
  [drawn.parent, drawn.child, ...drawn.below].map((table) => sha256Hex(formatCsv(table)));
test.each([1, 2, 7, 64])('%d shards of parents give the same tables', (count) => {
  const shards = Array.from({ length: count }, (_, k) => {
    const start = Math.floor((700 * k) / count);
    return sampleRelational(model, { rows: Math.floor((700 * (k + 1)) / count) - start, seed: 's', offset: start });
  });
  const whole = {
    parent: concatRows(shards.map((shard) => shard.parent)),
    child: concatRows(shards.map((shard) => shard.child)),
    below: [concatRows(shards.map((shard) => shard.below[0]!))],
  };
  expect(hash(whole)).toEqual(hash(sample));
});

test('the model survives JSON; seeds decide', () => {
  const copy = JSON.parse(JSON.stringify(model)) as RelationalModel;
  expect(copy).toEqual(model);
  expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
  expect(hash(sampleRelational(copy, { rows: 700, seed: 's' }))).toEqual(hash(sample));
  expect(hash(sampleRelational(model, { rows: 700, seed: 't' }))).not.toEqual(hash(sample));
  expect(model.embedsTrainingValues).toBe(true);
});

test('no parents, and parents without children', () => {
  const none = sampleRelational(model, { rows: 0, seed: 's' });
  expect([none.parent.rowCount, none.child.rowCount, none.below[0]!.rowCount]).toEqual([0, 0, 0]);
  expect(none.child.columns.map((column) => column.name)).toEqual(['id', 'day', 'of', 'amount', 'way']);
  const childless = Array.from({ length: 60 }, (_, i) => i);
  const single = sampleRelational(model, {
    rows: 1,
    seed: 's',
    offset: childless.find((i) => sampleRelational(model, { rows: 1, seed: 's', offset: i }).child.rowCount === 0)!,
  });
  expect(single.child.rowCount).toBe(0);
});

test('orphans are left out and counted', () => {
  const some = takeRows(
    customer,
    Array.from({ length: 600 }, (_, i) => i),
  );
  const gaps = replaceColumn(order, {
    ...getColumn(order, 'of'),
    validity: new Uint8Array(Math.ceil(order.rowCount / 8)).fill(254),
  } as never);
  const { report } = fitRelational({ parent: some, child: gaps, key: 'id', foreignKey: 'of' });
  expect(report[1]!.withoutKey).toBe(Math.ceil(order.rowCount / 8));
  expect(report[1]!.orphans).toBeGreaterThan(100);
  expect(report[1]!.rows + report[1]!.orphans + report[1]!.withoutKey).toBe(order.rowCount);
  expect(report[0]!.orphans).toBe(0);
});

test('order by rows, numbers and instants; one child each', () => {
  for (const [name, kind] of [
    ['amount', 'number'],
    ['day', 'integer'],
  ] as const) {
    const child = name === 'day' ? replaceColumn(order, castColumn(getColumn(order, 'day'), kind)) : order;
    const made = fitRelational({ parent: customer, child, key: 'id', foreignKey: 'of', orderBy: name });
    const rows = toRecords(sampleRelational(made, { rows: 300, seed: 's' }).child);
    expect(rows.length).toBeGreaterThan(100);
    for (let i = 1; i < rows.length; i++)
      if (rows[i]!['of'] === rows[i - 1]!['of'])
        expect(rows[i]![name] as number).toBeGreaterThanOrEqual(rows[i - 1]![name] as number);
  }
  const one = fromColumns({ of: cells(customer, 'id') as number[], x: Array.from({ length: 700 }, (_, i) => i % 9) });
  const made = fitRelational({ parent: customer, child: one, key: 'id', foreignKey: 'of', orderBy: 'x' });
  const drawn = sampleRelational(made, { rows: 50, seed: 's' });
  expect(cells(drawn.child, 'of')).toEqual(cells(drawn.parent, 'id'));
});

test('names that look like the helper columns', () => {
  const child = fromColumns({
    of: cells(order, 'of') as number[],
    '(position)': cells(order, 'amount') as number[],
    '(previous) (position)': cells(order, 'amount') as number[],
    '(parent) region': cells(order, 'way') as string[],
  });
  const made = fitRelational({ parent: customer, child, key: 'id', foreignKey: 'of' });
  expect(sampleRelational(made, { rows: 20, seed: 's' }).child.columns.map((column) => column.name)).toEqual(
    child.columns.map((column) => column.name),
  );
});

test('progress and abort', () => {
  const onProgress = vi.fn();
  sampleRelational(model, { rows: 20, seed: 's', onProgress });
  expect(onProgress.mock.lastCall).toEqual([{ stage: 'sample', done: 2, total: 2 }]);
  expect(code(() => sampleRelational(model, { rows: 20, seed: 's', signal: { aborted: true } }))).toBe('ABORTED');
  expect(code(() => fitRelational(input, { signal: { aborted: true } }))).toBe('ABORTED');
});

describe('refused', () => {
  const two = { parent: customer, child: order, key: 'id', foreignKey: 'of' };
  const twice = concatRows([customer, sliceRows(customer, 3, 4)]);
  test.each<[string, Partial<RelationalInput>, string]>([
    ['a repeated key', { parent: twice }, 'BAD_VALUE'],
    ['a missing key', { key: 'age' }, 'BAD_VALUE'],
    ['a boolean key', { key: 'member' }, 'KIND_MISMATCH'],
    ['a key of another kind', { foreignKey: 'way' }, 'KIND_MISMATCH'],
    ['an unknown key', { key: 'no' }, 'UNKNOWN_COLUMN'],
    ['an unknown foreign key', { foreignKey: 'no' }, 'UNKNOWN_COLUMN'],
    ['an unknown order column', { orderBy: 'no' }, 'UNKNOWN_COLUMN'],
    ['an order of labels', { orderBy: 'way' }, 'KIND_MISMATCH'],
    ['an order by foreign key', { orderBy: 'of' }, 'KIND_MISMATCH'],
    ['no rows', { child: sliceRows(order, 0, 0) }, 'EMPTY_INPUT'],
    [
      'orphans only',
      {
        parent: replaceColumn(customer, {
          ...getColumn(customer, 'id'),
          values: new Float64Array(700).map((_, i) => -i - 1),
        } as never),
      },
      'EMPTY_INPUT',
    ],
    ['fewer rows than a leaf', { child: sliceRows(order, 0, 10) }, 'BAD_OPTION'],
  ])('%s', (_, change, expected) => {
    expect(code(() => fitRelational({ ...two, ...change }))).toBe(expected);
  });
  test('an order column with a missing cell', () => {
    const gaps = replaceColumn(order, {
      ...getColumn(order, 'day'),
      validity: new Uint8Array(Math.ceil(order.rowCount / 8)).fill(254),
    } as never);
    expect(code(() => fitRelational({ ...two, child: gaps, orderBy: 'day' }))).toBe('BAD_VALUE');
  });
  test('options of too many tables', () => {
    expect(code(() => fitRelational(two, { tables: [{}, {}, {}] }))).toBe('BAD_OPTION');
  });
  test('row numbers out of range', () => {
    expect(code(() => sampleRelational(model, { rows: 1, seed: 's', offset: 2 ** 52 }))).toBe('OUT_OF_RANGE');
    expect(code(() => sampleRelational(model, { rows: -1, seed: 's' }))).toBe('BAD_OPTION');
  });
  test.each<[string, (copy: never) => unknown]>([
    ['another kind', (copy) => Object.assign(copy, { kind: 'cart' })],
    ['no tables', (copy) => Object.assign(copy, { tables: [] })],
    ['no levels', (copy) => Object.assign(copy, { levels: [] })],
    [
      'no maxChildren',
      (copy: { levels: { maxChildren: number }[] }) => Object.assign(copy.levels[0]!, { maxChildren: 0 }),
    ],
    ['another key', (copy: { levels: { key: string }[] }) => Object.assign(copy.levels[0]!, { key: 'age' })],
    [
      'another order column',
      (copy: { levels: { orderBy: string }[] }) => Object.assign(copy.levels[1]!, { orderBy: 'price' }),
    ],
    ['no columns', (copy: { levels: { columns: string[] }[] }) => Object.assign(copy.levels[0]!, { columns: ['x'] })],
  ] as [string, (copy: never) => unknown][])('model with %s', (_, damage) => {
    const copy = JSON.parse(JSON.stringify(model)) as never;
    damage(copy);
    expect(code(() => sampleRelational(copy, { rows: 1, seed: 's' }))).toBe('BAD_MODEL');
  });
});

describe('kept parents', () => {
  const whole = sampleRelational(model, { rows: 700, seed: 'k', kept: customer });

  test('parents stay to the byte, their keys too, and every child names one', () => {
    expect(whole.parent).toEqual(customer);
    const ids = new Set(cells(customer, 'id'));
    expect(cells(whole.child, 'of').every((of) => ids.has(of))).toBe(true);
    expect(whole.child.columns.map((column) => column.kind)).toEqual(order.columns.map((column) => column.kind));
    const orders = new Set(cells(whole.child, 'id'));
    expect(cells(whole.below[0]!, 'order').every((of) => orders.has(of))).toBe(true);
  });

  test('children are drawn given their parents', () => {
    const of = counts(customer, 'id', whole.child, 'of');
    const real = counts(customer, 'id', order, 'of');
    const mean = (values: Float64Array, member: boolean) => {
      const flags = cells(customer, 'member');
      const some = values.filter((_, i) => flags[i] === member);
      return some.reduce((a, b) => a + b, 0) / some.length;
    };
    for (const member of [true, false]) expect(Math.abs(mean(of, member) - mean(real, member))).toBeLessThan(0.35);
    const chosen = replaceColumn(customer, booleanColumn('member', new Array<boolean>(700).fill(true)));
    const members = counts(chosen, 'id', sampleRelational(model, { rows: 700, seed: 'k', kept: chosen }).child, 'of');
    expect(members.reduce((a, b) => a + b, 0) / 700).toBeGreaterThan(mean(real, true) - 0.35);
  });

  test.each([2, 7, 64])('%i shards of parents', (shards) => {
    const parts = Array.from({ length: shards }, (_, s) => {
      const from = Math.floor((700 * s) / shards);
      const to = Math.floor((700 * (s + 1)) / shards);
      return sampleRelational(model, { rows: to - from, seed: 'k', offset: from, kept: customer });
    });
    expect(toRecords(concatRows(parts.map((part) => part.child)))).toEqual(toRecords(whole.child));
    expect(toRecords(concatRows(parts.map((part) => part.below[0]!)))).toEqual(toRecords(whole.below[0]!));
  });

  test('unseen levels and missing cells are read, tables that do not fit are refused', () => {
    const odd = replaceColumn(customer, categoryColumn('region', new Array<string>(700).fill('moon')));
    const none = replaceColumn(odd, booleanColumn('member', new Array<null>(700).fill(null)));
    expect(sampleRelational(model, { rows: 9, seed: 'k', kept: none }).parent).toEqual(sliceRows(none, 0, 9));
    const refusals: [unknown, string][] = [
      [{ ...customer, rowCount: 5 }, 'LENGTH_MISMATCH'],
      [sliceRows(customer, 0, 5), 'LENGTH_MISMATCH'],
      [dropColumns(customer, ['age']), 'UNKNOWN_COLUMN'],
      [replaceColumn(customer, categoryColumn('age', new Array<string>(700).fill('x'))), 'KIND_MISMATCH'],
      [replaceColumn(customer, integerColumn('id', new Array<number>(700).fill(1))), 'BAD_VALUE'],
      [replaceColumn(customer, integerColumn('id', new Array<null>(700).fill(null))), 'BAD_VALUE'],
    ];
    for (const [kept, wanted] of refusals)
      expect(code(() => sampleRelational(model, { rows: 9, seed: 'k', kept: kept as Table }))).toBe(wanted);
  });
});
