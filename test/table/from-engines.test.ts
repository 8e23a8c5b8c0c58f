import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import {
  type DuckDbChunkLike,
  type DuckDbVectorLike,
  fromArquero,
  fromDuckDb,
  schemaOf,
  toRecords,
} from '../../src/table/index.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return error.code;
    throw error;
  }
  return 'none';
};

const chunk = (rowCount: number, ...vectors: DuckDbVectorLike[]): DuckDbChunkLike => ({
  rowCount,
  getColumnVector: (c) => vectors[c]!,
});
const names = (...list: string[]) => ({ columnNames: () => list });
const items = (values: ArrayLike<unknown>, missing: readonly number[] = []): DuckDbVectorLike => ({
  items: values,
  validity: { itemValid: (row) => !missing.includes(row) },
});
/** As the package's vectors are: their type prints its SQL name, and `getItem` gives value objects. */
const typed = (type: string, values: readonly unknown[]): DuckDbVectorLike => ({
  type: { toString: () => type },
  getItem: (row) => values[row],
});

describe('DuckDB', () => {
  test('NULL is told from 0 by the validity, over several chunks', () => {
    const table = fromDuckDb(names('n', 's'), [
      chunk(2, items(Int32Array.of(0, 0), [1]), items(['a', 'b'])),
      chunk(0, items([]), items([])),
      chunk(1, { items: BigInt64Array.of(7n) }, items([''], [0])),
    ]);
    expect(toRecords(table)).toEqual([
      { n: 0, s: 'a' },
      { n: null, s: 'b' },
      { n: 7, s: null },
    ]);
    // A vector may hold more items than its chunk has rows.
    expect(fromDuckDb(names('n'), [chunk(1, items([1, 2]))]).rowCount).toBe(1);
  });

  test('dates and timestamps of every precision', () => {
    const table = fromDuckDb(names('d', 's', 'ms', 'us', 'ns', 'tz'), [
      chunk(
        2,
        typed('DATE', [{ days: 1 }, null]),
        typed('TIMESTAMP_S', [{ seconds: 2n }, null]),
        typed('TIMESTAMP_MS', [{ milliseconds: 3n }, { millis: 4n }]),
        typed('TIMESTAMP', [{ micros: 5000n }, null]),
        typed('TIMESTAMP_NS', [{ nanoseconds: 6_000_000n }, { nanos: 7_000_000n }]),
        typed('TIMESTAMP WITH TIME ZONE', [{ micros: -8000n }, null]),
      ),
    ]);
    expect(schemaOf(table).columns.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
      'datetime day',
      ...Array.from({ length: 5 }, () => 'datetime millisecond'),
    ]);
    expect(toRecords(table)).toEqual([
      { d: 86_400_000, s: 2000, ms: 3, us: 5, ns: 6, tz: -8 },
      { d: null, s: null, ms: 4, us: null, ns: 7, tz: null },
    ]);
  });

  test('what a column cannot hold is refused', () => {
    const one = (vector: DuckDbVectorLike) => () => fromDuckDb(names('x'), [chunk(1, vector)]);
    expect(codeOf(one(typed('TIMESTAMP', [{ micros: 1n }])))).toBe('BAD_VALUE');
    expect(codeOf(one(typed('TIMESTAMP', [{ odd: 1n }])))).toBe('BAD_VALUE');
    expect(codeOf(one(typed('TIME', [{ micros: 1000n }])))).toBe('BAD_VALUE');
    expect(codeOf(one(typed('DATE', [{ days: 2 ** 31 - 1 }])))).toBe('BAD_VALUE');
    expect(codeOf(one(typed('DECIMAL(4,1)', [{ value: 12n, scale: 1 }])))).toBe('BAD_VALUE');
    expect(codeOf(one(typed('HUGEINT', [2n ** 70n])))).toBe('BAD_VALUE');
    expect(codeOf(one({}))).toBe('BAD_COLUMN');
    expect(
      codeOf(() =>
        fromDuckDb(names('x'), [chunk(1, items([1]))], { schema: { columns: [{ name: 'y', kind: 'integer' }] } }),
      ),
    ).toBe('SCHEMA_MISMATCH');
  });
});

describe('Arquero', () => {
  const data: Record<string, unknown[]> = { n: [1, 2, null], s: ['a', undefined, 'c'] };
  const source = { numRows: () => 3, columnNames: () => ['n', 's'], column: (name: string) => data[name] };

  test('all rows, or those of the filter in the order of the table', () => {
    expect(toRecords(fromArquero(source))).toEqual([
      { n: 1, s: 'a' },
      { n: 2, s: null },
      { n: null, s: 'c' },
    ]);
    const filtered = { ...source, numRows: () => 2, indices: () => Uint32Array.of(2, 0) };
    expect(toRecords(fromArquero(filtered))).toEqual([
      { n: null, s: 'c' },
      { n: 1, s: 'a' },
    ]);
  });

  test('a name without a column is refused', () => {
    expect(codeOf(() => fromArquero({ ...source, columnNames: () => ['n', 'x'] }))).toBe('BAD_COLUMN');
    expect(codeOf(() => fromArquero({ ...source, column: () => [1, 'a', 2] }))).toBe('BAD_VALUE');
  });
});
