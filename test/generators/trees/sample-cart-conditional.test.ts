import { describe, expect, test, vi } from 'vitest';
import { fitCart, sampleCart } from '../../../src/generators/index.ts';
import {
  type CartConditionalOptions,
  sampleCartConditional,
} from '../../../src/generators/trees/sample-cart-conditional.ts';
import { ksStatistic } from '../../../src/stats/index.ts';
import { concatRows, equalTables, fromColumns, getColumn, schemaOf, toRecords } from '../../../src/table/index.ts';
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

const source = mixedTable(1500);
const first = fitCart(source, { visitOrder: ['group', 'member'] });
const auto = fitCart(source);
const numbers = (table: Table, name: string) =>
  Float64Array.from(toRecords(table).flatMap((row) => (row[name] === null ? [] : [row[name] as number])));

/** Rows of a large plain sample that happen to have the given cells. */
function rejected(model: typeof auto, given: Record<string, Cell>): Record<string, Cell>[] {
  return toRecords(sampleCart(model, { rows: 40_000, seed: 'plain' })).filter((row) =>
    Object.entries(given).every(([name, cell]) => row[name] === cell),
  );
}

test('given columns first in the order: exact, and alike with rows picked from a plain sample', () => {
  const given = { group: 'a', member: false };
  const { table, exact, candidates, probability, effectiveSampleSize } = sampleCartConditional(first, {
    rows: 1000,
    seed: 's',
    given,
  });
  expect([exact, candidates, effectiveSampleSize]).toEqual([true, 1, null]);
  const member = toRecords(source).filter((row) => row['group'] === 'a' && row['member'] === false).length / 1500;
  expect(probability).toBeCloseTo(member, 12);
  expect(toRecords(table).every((row) => row['group'] === 'a' && row['member'] === false)).toBe(true);
  const plain = rejected(first, given);
  const ages = Float64Array.from(plain.flatMap((row) => (row['age'] === null ? [] : [row['age'] as number])));
  expect(ksStatistic(ages, numbers(table, 'age'))).toBeLessThan(0.06);
  const missing = (rows: readonly Record<string, Cell>[]) =>
    rows.filter((row) => row['score'] === null).length / rows.length;
  expect(Math.abs(missing(plain) - missing(toRecords(table)))).toBeLessThan(0.05);
});

test.each<[string, Record<string, Cell>]>([
  ['a number', { age: 55 }],
  ['a label and a missing cell', { group: 'b', age: null }],
  ['a smoothed instant’s neighbour', { score: null, member: false }],
])('%s late in the order: importance resampling, alike with rows picked from a plain sample', (_, given) => {
  const { table, exact, probability, effectiveSampleSize } = sampleCartConditional(auto, {
    rows: 800,
    seed: 's',
    given,
  });
  expect(exact).toBe(false);
  expect(effectiveSampleSize!.least).toBeGreaterThanOrEqual(1);
  expect(effectiveSampleSize!.mean).toBeGreaterThan(5);
  expect(effectiveSampleSize!.mean).toBeLessThanOrEqual(64);
  const rows = toRecords(table);
  for (const [name, cell] of Object.entries(given)) expect(rows.every((row) => row[name] === cell)).toBe(true);
  const plain = rejected(auto, given);
  expect(Math.abs(probability! / (plain.length / 40_000) - 1)).toBeLessThan(0.1);
  const share = (list: readonly Record<string, Cell>[], group: string) =>
    list.filter((row) => row['group'] === group).length / list.length;
  for (const group of ['a', 'b', 'c']) expect(Math.abs(share(plain, group) - share(rows, group))).toBeLessThan(0.07);
  const born = Float64Array.from(plain.flatMap((row) => (row['born'] === null ? [] : [row['born'] as number])));
  expect(ksStatistic(born, numbers(table, 'born'))).toBeLessThan(0.09);
});

test('a value between training values of a smoothed column', () => {
  const seen = numbers(source, 'seen').sort();
  const given = { seen: Math.round((seen[700]! + seen[701]!) / 2) };
  const { table } = sampleCartConditional(auto, { rows: 50, seed: 's', given });
  expect(toRecords(table).every((row) => row['seen'] === given.seen)).toBe(true);
});

test('columns, kinds and order are the source’s; placeholders count rows', () => {
  const { table } = sampleCartConditional(auto, { rows: 3, seed: 's', given: { member: true }, offset: 5 });
  const kinds = (one: Table) => schemaOf(one).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(table)).toEqual(kinds(source));
  const { table: plain } = { table: sampleCart(auto, { rows: 3, seed: 's', offset: 5 }) };
  expect(getColumn(table, 'id')).toEqual(getColumn(plain, 'id'));
});

test.each([1, 2, 7, 64])('%d shards give one table', (count) => {
  for (const [model, given] of [
    [first, { group: 'a' }],
    [auto, { age: 55 }],
  ] as const) {
    const draw = (rows: number, offset: number) =>
      sampleCartConditional(model, { rows, seed: 's', given, offset }).table;
    const parts = Array.from({ length: count }, (_, k) => {
      const start = Math.floor((130 * k) / count);
      return draw(Math.floor((130 * (k + 1)) / count) - start, start);
    });
    expect(equalTables(concatRows(parts), draw(130, 0))).toBe(true);
  }
});

test('rows across batches are the same rows', () => {
  const options = { seed: 's', given: { age: 55 }, candidates: 1000 };
  const whole = sampleCartConditional(auto, { ...options, rows: 150 }).table;
  const tail = sampleCartConditional(auto, { ...options, rows: 10, offset: 140 }).table;
  expect(toRecords(tail)).toEqual(toRecords(whole).slice(140));
});

test('no rows; progress and abort', () => {
  const none = sampleCartConditional(auto, { rows: 0, seed: 's', given: { age: 55 } });
  expect([none.table.rowCount, none.effectiveSampleSize]).toEqual([0, null]);
  const onProgress = vi.fn();
  sampleCartConditional(auto, { rows: 5, seed: 's', given: { age: 55 }, onProgress });
  expect(onProgress.mock.lastCall).toEqual([{ stage: 'sample', done: 5, total: 5 }]);
  expect(
    code(() => sampleCartConditional(auto, { rows: 5, seed: 's', given: { age: 55 }, signal: { aborted: true } })),
  ).toBe('ABORTED');
});

describe('refused', () => {
  test.each<[string, Partial<CartConditionalOptions>, string]>([
    ['nothing given', { given: {} }, 'BAD_OPTION'],
    ['an unknown column', { given: { agee: 1 } }, 'UNKNOWN_COLUMN'],
    ['an unknown level', { given: { group: 'z' } }, 'BAD_VALUE'],
    ['a number for a level', { given: { group: 1 } }, 'BAD_VALUE'],
    ['text for a number', { given: { age: '55' } }, 'BAD_VALUE'],
    ['NaN', { given: { age: Number.NaN } }, 'BAD_VALUE'],
    ['a value that never occurred', { given: { age: 55.5 } }, 'BAD_VALUE'],
    ['a value outside a smoothed range', { given: { seen: 0 } }, 'BAD_VALUE'],
    ['text for true', { given: { member: 'true' } }, 'BAD_VALUE'],
    ['missing where nothing was', { given: { seen: null } }, 'BAD_VALUE'],
    ['an identifier', { given: { id: 1 } }, 'BAD_OPTION'],
    ['a constant', { given: { one: 'same' } }, 'BAD_OPTION'],
    ['one candidate', { given: { age: 55 }, candidates: 1 }, 'BAD_OPTION'],
    ['a negative number of rows', { given: { age: 55 }, rows: -1 }, 'BAD_OPTION'],
    ['a far offset', { given: { age: 55 }, offset: 2 ** 52 }, 'OUT_OF_RANGE'],
  ])('%s', (_, change, expected) => {
    expect(code(() => sampleCartConditional(auto, { rows: 20, seed: 's', given: {}, ...change }))).toBe(expected);
  });
  test('cells that exclude each other', () => {
    const rows = Array.from({ length: 400 }, (_, i) => i);
    const table = fromColumns({
      sex: rows.map((i) => (i % 2 === 0 ? 'F' : 'M')),
      x: rows.map((i) => i % 7),
      pay: rows.map((i) => 1 + (i % 2)),
    });
    const model = fitCart(table, { visitOrder: 'given' });
    const given = { sex: 'F', pay: 2 };
    expect(code(() => sampleCartConditional(model, { rows: 20, seed: 's', given }))).toBe('CONSTRAINT_UNMET');
    // Where both stand first nothing is weighed: the draws extrapolate, and the result says so.
    const ahead = fitCart(table, { visitOrder: ['sex', 'pay'] });
    const drawn = sampleCartConditional(ahead, { rows: 20, seed: 's', given });
    expect([drawn.exact, drawn.probability, drawn.table.rowCount]).toEqual([true, 0, 20]);
  });
  test('a model with kept columns, or of another kind', () => {
    const partial = fitCart(source, { synthesize: ['age'] });
    expect(code(() => sampleCartConditional(partial, { rows: 1, seed: 's', given: { age: 55 } }))).toBe('BAD_OPTION');
    expect(
      code(() => sampleCartConditional({ ...auto, kind: 'x' } as never, { rows: 1, seed: 's', given: { age: 55 } })),
    ).toBe('BAD_MODEL');
  });
});
