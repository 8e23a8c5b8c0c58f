import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { type FromValuesOptions, fromColumns } from './from-columns.ts';
import { DAY_MS } from './internal-calendar.ts';
import { badCell } from './internal-error.ts';
import { shown } from './internal-text.ts';

/** A column of a DuckDB chunk: values by `getItem`, or raw `items` beside `validity`. */
export interface DuckDbVectorLike {
  /** The value of a row, null when missing. Preferred: it knows the column's type. */
  getItem?(row: number): unknown;
  /** The column's type; printed, it tells dates and timestamps (`DATE`, `TIMESTAMP`, ...). */
  readonly type?: unknown;
  /** Raw values; a row that is NULL holds a plain 0 here. */
  readonly items?: ArrayLike<unknown> | undefined;
  /** Which rows hold a value; absent when all do. */
  readonly validity?:
    | {
        /** Whether a row holds a value. */
        itemValid(row: number): boolean;
      }
    | null
    | undefined;
}

/** What is used of a DuckDB data chunk (`@duckdb/node-api`): its chunks fit as they are. */
export interface DuckDbChunkLike {
  /** Number of rows. */
  readonly rowCount: number;
  /** The column at a place. */
  getColumnVector(column: number): DuckDbVectorLike;
}

/** What is used of a DuckDB result. */
export interface DuckDbResultLike {
  /** Names of the columns in order. */
  columnNames(): readonly string[];
}

/**
 * A table from chunks of a DuckDB result, read through their methods; no package is imported.
 *
 * Pass `await result.fetchAllChunks()`, or one chunk at a time with a schema to read a large result in batches. NULL is
 * missing. DATE and TIMESTAMP come as datetimes, BIGINT as whole numbers up to 2^53 - 1. Types that a column cannot hold
 * without loss (DECIMAL, LIST, STRUCT, intervals) are refused: cast them in the query to DOUBLE or VARCHAR.
 *
 * @param result - The result, for its column names.
 * @param chunks - Its chunks, in order.
 * @param options - See {@link FromValuesOptions}.
 * @returns The table of all chunks.
 * @throws {@link SynthproofError} `BAD_VALUE` with column and row; `BAD_COLUMN` for a vector without values;
 * `SCHEMA_MISMATCH`; `DUPLICATE_COLUMN`.
 * @example
 * const vector = { items: Int32Array.of(7, 0), validity: { itemValid: (row) => row === 0 } };
 * const chunk = { rowCount: 2, getColumnVector: () => vector };
 * toRecords(fromDuckDb({ columnNames: () => ['n'] }, [chunk])); // => [{ n: 7 }, { n: null }]
 */
export function fromDuckDb(
  result: DuckDbResultLike,
  chunks: readonly DuckDbChunkLike[],
  options: FromValuesOptions = {},
): Table {
  const entries = result.columnNames().map((name, c): [string, unknown[]] => {
    const cells: unknown[] = [];
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(c);
      const { items } = vector;
      const type = String(vector.type ?? '');
      const typed = typeof vector.getItem === 'function';
      if (!typed && items === undefined)
        throw new SynthproofError(
          'BAD_COLUMN',
          `chunks: expected getColumnVector(${c}) of ${shown(name)} to have getItem(row) or items, received neither; pass DuckDB data chunks`,
          { argument: 'chunks', column: name },
        );
      for (let row = 0; row < chunk.rowCount; row++) {
        if (typed) cells.push(plainValue(name, cells.length, vector.getItem!(row), type));
        // The bitmap alone tells NULL from 0.
        else cells.push(vector.validity?.itemValid(row) === false ? null : items![row]);
      }
    }
    return [name, cells];
  });
  return fromColumns(entries, options);
}

/**
 * A date or timestamp object as what {@link fromColumns} takes for dates; everything else as it is. The column's type
 * decides, because TIME values have the same fields as timestamps.
 */
function plainValue(name: string, row: number, value: unknown, type: string): unknown {
  if (typeof value !== 'object' || value === null || !(type === 'DATE' || type.startsWith('TIMESTAMP'))) return value;
  const {
    days,
    seconds,
    milliseconds,
    millis = milliseconds,
    micros,
    nanoseconds,
    nanos = nanoseconds,
  } = value as {
    readonly [field: string]: unknown;
  };
  if (typeof days === 'number') return instant(days * DAY_MS);
  if (typeof seconds === 'bigint') return instant(Number(seconds) * 1000);
  if (typeof millis === 'bigint') return instant(Number(millis));
  const fine = typeof micros === 'bigint' ? micros : nanos;
  if (typeof fine !== 'bigint') return value;
  const unit = typeof micros === 'bigint' ? 1000n : 1_000_000n;
  if (fine % unit === 0n) return instant(Number(fine / unit));
  throw badCell(
    name,
    row,
    'an instant of whole milliseconds',
    fine,
    "round it in the query with date_trunc('milliseconds', ...), or cast it to VARCHAR",
  );
}

function instant(time: number): { getTime(): number } {
  return { getTime: () => time };
}
