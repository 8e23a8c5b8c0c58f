import { describe, expect, test } from 'vitest';
import { type CartModel, fingerprintModel, fitCart, sampleCart } from '../../../src/generators/index.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import {
  cellAt,
  concatRows,
  formatCsv,
  getColumn,
  isMissing,
  missingCount,
  schemaOf,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

const source = mixedTable(1200);
const model = fitCart(source);
const rows = 1500;
const whole = sampleCart(model, { rows, seed: 'seed' });

function hash(table: Table): string {
  return sha256Hex(formatCsv(table));
}

function shards(count: number, made: CartModel = model): Table {
  const size = Math.ceil(rows / count);
  const parts: Table[] = [];
  for (let start = 0; start < rows; start += size)
    parts.push(sampleCart(made, { rows: Math.min(size, rows - start), seed: 'seed', offset: start }));
  return concatRows(parts);
}

test('keeps columns, kinds, units and order', () => {
  const kinds = (table: Table) => schemaOf(table).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(whole)).toEqual(kinds(source));
  expect(whole.rowCount).toBe(rows);
});

test.each([1, 2, 7, 64])('%d shards give one table', (count) => {
  expect(hash(shards(count))).toBe(hash(whole));
});

test('shards in any order, and single rows, are the same rows', () => {
  for (const row of [1499, 0, 733]) {
    const one = sampleCart(model, { rows: 1, seed: 'seed', offset: row });
    expect(toRecords(one)[0]).toEqual(toRecords(whole)[row]);
  }
});

test('another seed gives other rows, the same seed the same', () => {
  expect(hash(sampleCart(model, { rows, seed: 'other' }))).not.toBe(hash(whole));
  expect(hash(sampleCart(model, { rows, seed: 'seed' }))).toBe(hash(whole));
});

test('a model read back from JSON samples the same and has the same fingerprint', () => {
  const copy = JSON.parse(JSON.stringify(model)) as CartModel;
  expect(copy).toEqual(model);
  expect(hash(sampleCart(copy, { rows, seed: 'seed' }))).toBe(hash(whole));
  expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
});

test('row numbers above 2^32 are drawn apart', () => {
  const far = sampleCart(model, { rows: 40, seed: 'seed', offset: 4_294_967_296 });
  const near = sampleCart(model, { rows: 40, seed: 'seed' });
  const ages = (table: Table) => toRecords(table).map((record) => record['age']);
  expect(ages(far)).not.toEqual(ages(near));
});

describe('what is learnt', () => {
  test('missing shares, also where they depend on another column', () => {
    for (const name of ['name', 'group', 'age', 'score', 'member', 'born']) {
      const share = (table: Table) => missingCount(getColumn(table, name)) / table.rowCount;
      expect(Math.abs(share(whole) - share(source))).toBeLessThan(0.05);
    }
    const inGroup = (table: Table, group: string) => {
      const found = toRecords(table).filter((record) => record['group'] === group);
      return found.filter((record) => record['score'] === null).length / found.length;
    };
    expect(inGroup(whole, 'a')).toBeGreaterThan(0.35);
    expect(inGroup(whole, 'b')).toBeLessThan(0.1);
  });

  test('dependence: age follows group, membership follows age', () => {
    for (const record of toRecords(whole)) {
      if (record['group'] === 'a' && record['age'] !== null) expect(record['age']).toBeLessThanOrEqual(60);
      if (record['group'] === 'c' && record['age'] !== null) expect(record['age']).toBeGreaterThanOrEqual(50);
    }
    const agree = toRecords(whole).filter((r) => r['age'] !== null && r['member'] !== null);
    const right = agree.filter((r) => (r['age'] as number) > 50 === r['member']).length;
    expect(right / agree.length).toBeGreaterThan(0.9);
  });

  test('a missing predictor still predicts', () => {
    const missingScore = toRecords(whole).filter((record) => record['score'] === null && record['group'] !== null);
    const low = missingScore.filter((record) => record['group'] === 'a').length;
    expect(low / missingScore.length).toBeGreaterThan(0.9);
  });
});

test('constant and all-missing columns stay what they are', () => {
  expect(new Set(toRecords(whole).map((record) => record['one']))).toEqual(new Set(['same']));
  expect(missingCount(getColumn(whole, 'none'))).toBe(rows);
  expect(model.report.constant).toEqual(['one']);
  expect(model.report.allMissing).toEqual([{ column: 'none', observed: 0 }]);
});

test('days stay days, decimals stay decimals, integers stay whole', () => {
  for (const record of toRecords(whole)) {
    for (const name of ['age', 'seen', 'id'])
      if (record[name] !== null) expect(Number.isInteger(record[name])).toBe(true);
    if (record['score'] !== null) expect(String(record['score'])).toMatch(/^\d+(\.\d{1,2})?$/);
  }
  const born = getColumn(whole, 'born');
  for (let row = 0; row < rows; row++)
    if (!isMissing(born, row)) expect((cellAt(born, row) as number) % 86_400_000).toBe(0);
});

describe('smoothing', () => {
  test('auto interpolates only near-unique columns', () => {
    expect(model.report.smoothed).toEqual(['score', 'seen']);
    const seen = new Set(toRecords(source).map((record) => record['seen']));
    const copied = toRecords(whole).filter((record) => seen.has(record['seen']!)).length;
    expect(copied / rows).toBeLessThan(0.05);
  });

  test('none draws training values, interpolate stays within their range', () => {
    const plain = sampleCart(fitCart(source, { smoothing: 'none' }), { rows, seed: 's' });
    const smooth = sampleCart(fitCart(source, { smoothing: 'interpolate' }), { rows, seed: 's' });
    const known = new Set(toRecords(source).map((record) => record['score']));
    const scores = toRecords(source).flatMap((record) => (record['score'] === null ? [] : [record['score'] as number]));
    for (const record of toRecords(plain)) expect(known.has(record['score']!)).toBe(true);
    for (const record of toRecords(smooth)) {
      if (record['score'] === null) continue;
      expect(record['score']).toBeGreaterThanOrEqual(Math.min(...scores));
      expect(record['score']).toBeLessThanOrEqual(Math.max(...scores));
    }
  });
});

describe('refusals', () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'none';
  };
  test('bad options', () => {
    expect(code(() => sampleCart(model, { rows: -1, seed: '' }))).toBe('BAD_OPTION');
    expect(code(() => sampleCart(model, { rows: 1.5, seed: '' }))).toBe('BAD_OPTION');
    expect(code(() => sampleCart(model, { rows: 1, seed: '', offset: -2 }))).toBe('BAD_OPTION');
    expect(code(() => sampleCart(model, { rows: 2, seed: '', offset: Number.MAX_SAFE_INTEGER }))).toBe('OUT_OF_RANGE');
    expect(code(() => sampleCart(model, { rows: 1, seed: '\ud800' }))).toBe('BAD_TEXT');
    expect(code(() => sampleCart(model, { rows: 1, seed: '', signal: { aborted: true } }))).toBe('ABORTED');
  });
  test('zero rows are an empty table with all columns', () => {
    const none = sampleCart(model, { rows: 0, seed: '' });
    expect(none.rowCount).toBe(0);
    expect(none.columns.map((column) => column.name)).toEqual(source.columns.map((column) => column.name));
  });
  test('damaged or foreign models', () => {
    const damaged = (change: (copy: Record<string, never>) => void): string => {
      const copy = JSON.parse(JSON.stringify(model));
      change(copy);
      return code(() => sampleCart(copy, { rows: 5, seed: '' }));
    };
    type Loose = {
      kind: string;
      version: number;
      order: number[];
      columns: { value: { right: number[]; codes: number[]; split: number[] } | null }[];
    };
    const edit = (change: (copy: Loose) => void) => damaged(change as never);
    expect(
      edit((copy) => {
        copy.kind = 'copula';
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.version = 2;
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.order.push(99);
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.columns[3]!.value = null;
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.columns[3]!.value!.right[0] = 0;
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.columns[3]!.value!.codes[0] = 1e6;
      }),
    ).toBe('BAD_MODEL');
    expect(
      edit((copy) => {
        copy.columns[3]!.value!.split.pop();
      }),
    ).toBe('BAD_MODEL');
  });
});
