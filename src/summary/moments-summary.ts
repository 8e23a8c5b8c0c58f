import { SynthproofError } from '../errors.ts';
import type { JsonValue } from '../hash/parse-strict-json.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import { checkNames, finiteCells, type LeftOutNumbers, numericCells } from './internal-columns.ts';
import { exactProductTotal, exactTotal, PRODUCT_UNIT, SUM_UNIT, significand } from './internal-exact.ts';
import { readExact, roundRatio, roundScaled, writeExact } from './internal-rational.ts';
import { addCounts, badSummary, readCount, readDouble, readField, readList, writeDouble } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link momentsSummary}. */
export interface MomentsOptions {
  /** Names of number, integer, boolean (0 and 1) or datetime (milliseconds) columns; at least one. */
  readonly columns: readonly string[];
  /** 1: sums and means only, about three times as fast; 2: sums of squares and variances too. Default 2. */
  readonly order?: 1 | 2 | undefined;
}

/** The moments of one column, each rounded once from its exact value. Null figures: no or too few values, or beyond the largest double. */
export interface ColumnMoments {
  /** The column's name. */
  readonly column: string;
  /** Finite values: all figures are of these. */
  readonly n: number;
  /** Exact sum, correctly rounded (math.fsum). 0 without values; null beyond the largest double. */
  readonly sum: number | null;
  /** Sum / n, correctly rounded. Null without values. */
  readonly mean: number | null;
  /** Sample variance (n - 1), correctly rounded. Null with order 1, below two values, or beyond the largest double. */
  readonly variance: number | null;
  /** Square root of the variance. Null with it. */
  readonly standardDeviation: number | null;
  /** Least finite value; null without values. */
  readonly minimum: number | null;
  /** Greatest finite value; null without values. */
  readonly maximum: number | null;
  /** Rows without a value. */
  readonly missing: number;
  /** Rows that hold NaN. */
  readonly nan: number;
  /** Rows that hold Infinity. */
  readonly positiveInfinity: number;
  /** Rows that hold -Infinity. */
  readonly negativeInfinity: number;
}

/** What {@link momentsSummary} reports. */
export interface MomentsReport {
  /** One entry per column, in the order given. */
  readonly columns: readonly ColumnMoments[];
}

interface Moments extends LeftOutNumbers {
  n: number;
  sum: bigint;
  squares: bigint;
  minimum: number;
  maximum: number;
}

const LEFT_OUT = ['missing', 'nan', 'positiveInfinity', 'negativeInfinity'] as const;

/**
 * Mergeable sum, mean, variance and extremes of columns, on exact sums.
 *
 * Values and their squares are added without any rounding (a superaccumulator: one whole number in units of 2^-1074),
 * so the figures depend on neither order nor partitioning, and cancellation costs nothing. NaN, infinities and missing
 * cells are left out and counted.
 *
 * @param options - See {@link MomentsOptions}.
 * @returns The summarizer, kind `moments/1`. Exact.
 * @throws {@link SynthproofError} `BAD_OPTION`; on update `UNKNOWN_COLUMN` and `KIND_MISMATCH`.
 * @example
 * const moments = momentsSummary({ columns: ['x'] });
 * const state = summarize(moments, [createTable([numberColumn('x', [1e16, 1, -1e16, 2])])]);
 * moments.report(state).columns[0].sum; // => 3
 * moments.report(state).columns[0].mean; // => 0.75
 */
export function momentsSummary(options: MomentsOptions): Summarizer<Table, SummaryState<'moments/1'>, MomentsReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const order = options.order ?? 2;
  if (order !== 1 && order !== 2)
    throw new SynthproofError('BAD_OPTION', `order: expected 1 or 2, received ${order}`, { argument: 'order' });
  return buildSummarizer(
    'moments/1',
    { columns, order },
    {
      empty: (): Moments[] => columns.map(noMoments),
      add(data, table) {
        for (let c = 0; c < columns.length; c++) {
          const cells = finiteCells(numericCells(table, columns[c]!));
          const { values, n } = cells;
          combine(data[c]!, {
            ...cells,
            sum: exactTotal(values, n, Math.max(-cells.minimum, cells.maximum)),
            squares: order === 2 ? exactProductTotal(values, values, n) : 0n,
          });
        }
      },
      combine(into, from) {
        for (let c = 0; c < columns.length; c++) combine(into[c]!, from[c]!);
      },
      write: (data) => ({ columns: data.map((moments) => write(moments, order)) }),
      read: (value) =>
        readList(readField(value, 'columns', '/state'), '/state/columns', columns.length).map((entry, c) =>
          read(entry, order, `/state/columns/${c}`),
        ),
      report: (data): MomentsReport => ({
        columns: data.map((moments, c) => ({ column: columns[c]!, ...figures(moments, order) })),
      }),
    },
  );
}

function noMoments(): Moments {
  return {
    n: 0,
    sum: 0n,
    squares: 0n,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
    missing: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
  };
}

function combine(into: Moments, from: Moments): void {
  into.n = addCounts(into.n, from.n);
  into.sum += from.sum;
  into.squares += from.squares;
  into.minimum = Math.min(into.minimum, from.minimum);
  into.maximum = Math.max(into.maximum, from.maximum);
  for (const cause of LEFT_OUT) into[cause] = addCounts(into[cause], from[cause]);
}

function write(moments: Moments, order: number): JsonValue {
  const { n, minimum, maximum, missing, nan, positiveInfinity, negativeInfinity } = moments;
  return {
    n,
    sum: writeExact(moments.sum, SUM_UNIT),
    ...(order === 2 ? { squares: writeExact(moments.squares, PRODUCT_UNIT) } : {}),
    minimum: n === 0 ? null : writeDouble(minimum),
    maximum: n === 0 ? null : writeDouble(maximum),
    missing,
    nan,
    positiveInfinity,
    negativeInfinity,
  };
}

function read(value: unknown, order: number, path: string): Moments {
  const moments = noMoments();
  moments.n = readCount(readField(value, 'n', path), `${path}/n`);
  // 2^53 values of at most 2^1024 each.
  moments.sum = readExact(readField(value, 'sum', path), SUM_UNIT, 1077, `${path}/sum`);
  if (order === 2)
    moments.squares = readExact(readField(value, 'squares', path), PRODUCT_UNIT, 2101, `${path}/squares`);
  if (moments.n > 0) {
    moments.minimum = readDouble(readField(value, 'minimum', path), `${path}/minimum`);
    moments.maximum = readDouble(readField(value, 'maximum', path), `${path}/maximum`);
  }
  if (!isPossible(moments, order)) throw badSummary(path, 'sums and extremes that values can have');
  for (const cause of LEFT_OUT) moments[cause] = readCount(readField(value, cause, path), `${path}/${cause}`);
  return moments;
}

/** Whether some values have these sums and extremes: n * minimum <= sum <= n * maximum, sum^2 <= n * squares. */
function isPossible({ n, sum, squares, minimum, maximum }: Moments, order: number): boolean {
  if (n === 0) return sum === 0n && squares === 0n;
  const count = BigInt(n);
  const least = significand(minimum);
  const greatest = significand(maximum);
  const largest = least + greatest < 0n ? -least : greatest;
  return (
    least <= greatest &&
    count * least <= sum &&
    sum <= count * greatest &&
    (order === 1 || (sum * sum <= count * squares && squares <= count * largest * largest))
  );
}

function figures(moments: Moments, order: number): Omit<ColumnMoments, 'column'> {
  const { n, missing, nan, positiveInfinity, negativeInfinity } = moments;
  const count = BigInt(n);
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  let variance: number | null = null;
  if (order === 2 && n > 1) {
    // (n * sum of squares - square of the sum) / (n (n - 1)), exact up to the one rounding.
    const spread = count * moments.squares - moments.sum * moments.sum;
    variance = finite(roundRatio(spread, count * (count - 1n), PRODUCT_UNIT));
  }
  return {
    n,
    sum: finite(roundScaled(moments.sum, SUM_UNIT)),
    mean: n === 0 ? null : roundRatio(moments.sum, count, SUM_UNIT),
    variance,
    standardDeviation: variance === null ? null : Math.sqrt(variance),
    minimum: n === 0 ? null : moments.minimum + 0,
    maximum: n === 0 ? null : moments.maximum + 0,
    missing,
    nan,
    positiveInfinity,
    negativeInfinity,
  };
}
