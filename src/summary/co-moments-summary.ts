import { SynthproofError } from '../errors.ts';
import { isPresent } from '../table/internal-bitmap.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import { checkNames, numericCells } from './internal-columns.ts';
import { exactProductTotal, exactTotal, PRODUCT_UNIT, SUM_UNIT } from './internal-exact.ts';
import { readExact, roundRatio, writeExact } from './internal-rational.ts';
import { addCounts, badSummary, readCount, readField, readList, writeDouble } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link coMomentsSummary}. */
export interface CoMomentsOptions {
  /** Names of 1 to 512 number, integer, boolean (0 and 1) or datetime (milliseconds) columns. */
  readonly columns: readonly string[];
  /**
   * A reference value per column, finite, for example the reference data's means; `x - reference` is what is summed.
   * Default all 0: then everything is exact. Another reference rounds each difference once, which lets an engine without
   * exact sums follow.
   */
  readonly reference?: readonly number[] | undefined;
}

/** What {@link coMomentsSummary} reports. Null figures: too few rows, no spread, or beyond the largest double. */
export interface CoMomentsReport {
  /** The columns, as given. */
  readonly columns: readonly string[];
  /** Rows in which every column holds a finite number: all figures are of these. */
  readonly n: number;
  /** Rows left out because some column has no finite number. */
  readonly leftOut: number;
  /** Means. */
  readonly means: readonly (number | null)[];
  /** Sample covariance matrix (n - 1), each entry rounded once. */
  readonly covariance: readonly (readonly (number | null)[])[];
  /** Pearson correlation matrix, -1 to 1; null beside a constant column. */
  readonly correlation: readonly (readonly (number | null)[])[];
}

interface CoMoments {
  n: number;
  leftOut: number;
  sums: bigint[];
  /** Row by row of the lower triangle with its diagonal. */
  products: bigint[];
}

/**
 * Mergeable means, covariances and correlations of columns, on exact sums and exact sums of products.
 *
 * Serves Pearson correlation, Gaussian copula fits and Frechet distances of embeddings. Rows that lack a finite number
 * in any of the columns are left out and counted.
 *
 * @param options - See {@link CoMomentsOptions}.
 * @returns The summarizer, kind `co-moments/1`. Exact.
 * @throws {@link SynthproofError} `BAD_OPTION`, `LENGTH_MISMATCH`; on update `UNKNOWN_COLUMN` and `KIND_MISMATCH`.
 * @example
 * const pairs = coMomentsSummary({ columns: ['x', 'y'] });
 * const rows = createTable([numberColumn('x', [1, 2, 3]), numberColumn('y', [2, 4, 6.5])]);
 * const report = pairs.report(summarize(pairs, [rows]));
 * report.covariance; // => [[1, 2.25], [2.25, 61 / 12]]
 * report.correlation[1][0]; // => 0.9979487157886735
 */
export function coMomentsSummary(
  options: CoMomentsOptions,
): Summarizer<Table, SummaryState<'co-moments/1'>, CoMomentsReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const size = columns.length;
  if (size > 512)
    throw new SynthproofError('BAD_OPTION', `columns: expected at most 512, received ${size}`, { argument: 'columns' });
  const reference = checkReference(options.reference, size);
  return buildSummarizer(
    'co-moments/1',
    { columns, reference: reference.map(writeDouble) },
    {
      empty: (): CoMoments => ({
        n: 0,
        leftOut: 0,
        sums: new Array<bigint>(size).fill(0n),
        products: new Array<bigint>((size * (size + 1)) / 2).fill(0n),
      }),
      add(data, table) {
        const { values, n } = completeRows(table, columns, reference);
        data.n += n;
        data.leftOut += table.rowCount - n;
        for (let i = 0, k = 0; i < size; i++) {
          data.sums[i]! += exactTotal(values[i]!, n, largestSize(values[i]!, n));
          for (let j = 0; j <= i; j++, k++) data.products[k]! += exactProductTotal(values[i]!, values[j]!, n);
        }
      },
      combine(into, from) {
        into.n = addCounts(into.n, from.n);
        into.leftOut = addCounts(into.leftOut, from.leftOut);
        for (let i = 0; i < size; i++) into.sums[i]! += from.sums[i]!;
        for (let k = 0; k < into.products.length; k++) into.products[k]! += from.products[k]!;
      },
      write: ({ n, leftOut, sums, products }) => ({
        n,
        leftOut,
        sums: sums.map((sum) => writeExact(sum, SUM_UNIT)),
        products: products.map((product) => writeExact(product, PRODUCT_UNIT)),
      }),
      read(value) {
        const exact = (name: string, length: number, unit: number, limit: number): bigint[] =>
          readList(readField(value, name, '/state'), `/state/${name}`, length).map((text, i) =>
            readExact(text, unit, limit, `/state/${name}/${i}`),
          );
        const data: CoMoments = {
          n: readCount(readField(value, 'n', '/state'), '/state/n'),
          leftOut: readCount(readField(value, 'leftOut', '/state'), '/state/leftOut'),
          sums: exact('sums', size, SUM_UNIT, 1077),
          products: exact('products', (size * (size + 1)) / 2, PRODUCT_UNIT, 2101),
        };
        // n * sum of squares >= square of the sum; without rows all are 0.
        let possible = data.n > 0 || data.sums.every((sum) => sum === 0n);
        for (let i = 0; i < size; i++)
          if (BigInt(data.n) * data.products[(i * (i + 3)) / 2]! < data.sums[i]! * data.sums[i]!) possible = false;
        if (!possible || (data.n === 0 && data.products.some((product) => product !== 0n)))
          throw badSummary('/state', 'sums and products that rows can have');
        return data;
      },
      report: (data) => coMomentsReport(columns, reference, data),
    },
  );
}

function coMomentsReport(columns: readonly string[], reference: readonly number[], data: CoMoments): CoMomentsReport {
  const { n, leftOut, sums, products } = data;
  const count = BigInt(n);
  const size = columns.length;
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const spread = (i: number, j: number): bigint => {
    const [low, high] = i < j ? [i, j] : [j, i];
    return count * products[(high * (high + 1)) / 2 + low]! - sums[i]! * sums[j]!;
  };
  const matrix = (entry: (i: number, j: number) => number | null): (number | null)[][] => {
    const rows: (number | null)[][] = columns.map(() => new Array<number | null>(size).fill(null));
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        const value = entry(i, j);
        rows[i]![j] = value;
        rows[j]![i] = value;
      }
    return rows;
  };
  const diagonal = columns.map((_, i) => spread(i, i));
  return {
    columns,
    n,
    leftOut,
    means: sums.map((sum, i) => (n === 0 ? null : finite(roundRatio(sum, count, SUM_UNIT) + reference[i]!))),
    covariance: matrix((i, j) => (n < 2 ? null : finite(roundRatio(spread(i, j), count * (count - 1n), PRODUCT_UNIT)))),
    correlation: matrix((i, j) => {
      const scale = diagonal[i]! * diagonal[j]!;
      if (scale <= 0n) return null;
      const both = spread(i, j);
      const size = Math.min(1, Math.sqrt(roundRatio(both * both, scale, 0)));
      return both < 0n ? -size : size;
    }),
  };
}

function checkReference(reference: readonly number[] | undefined, size: number): number[] {
  if (reference === undefined) return new Array<number>(size).fill(0);
  if (!Array.isArray(reference) || !reference.every((value: unknown) => Number.isFinite(value)))
    throw new SynthproofError('BAD_OPTION', 'reference: expected a list of finite numbers', { argument: 'reference' });
  if (reference.length !== size)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `reference: expected ${size} numbers, one per column, received ${reference.length}`,
      { argument: 'reference' },
    );
  // -0 and 0 are one reference and one parameter text.
  return reference.map((value: number) => value + 0);
}

/** The columns minus their references, of the rows in which all of these are finite. */
function completeRows(
  table: Table,
  names: readonly string[],
  reference: readonly number[],
): { readonly values: Float64Array[]; readonly n: number } {
  const rows = table.rowCount;
  const keep = new Uint8Array(rows).fill(1);
  const cells = names.map((name) => numericCells(table, name));
  const shifted: Float64Array[] = [];
  for (let c = 0; c < cells.length; c++) {
    const { values, validity } = cells[c]!;
    const shift = reference[c]!;
    const out = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const x = values[i]! - shift;
      out[i] = x;
      if (x - x !== 0 || !isPresent(validity, i)) keep[i] = 0;
    }
    shifted.push(out);
  }
  let n = 0;
  for (let i = 0; i < rows; i++) {
    if (keep[i] === 0) continue;
    if (n < i) for (const out of shifted) out[n] = out[i]!;
    n++;
  }
  return { values: shifted, n };
}

function largestSize(values: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) if (Math.abs(values[i]!) > largest) largest = Math.abs(values[i]!);
  return largest;
}
