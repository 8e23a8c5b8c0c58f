import { chiSquareUpperTail } from '../math/index.ts';
import { type CountTable, pearsonStatistic, tableMargins } from './internal-table.ts';

/** Options of {@link chiSquareTest}. */
export interface ChiSquareTestOptions {
  /** Yates's continuity correction, applied to 2 by 2 tables only. Default false. */
  readonly yates?: boolean | undefined;
}

/** Result of a test of independence on a table of counts. */
export interface IndependenceTest {
  /** The statistic. */
  readonly statistic: number;
  /** Degrees of freedom; 0 when fewer than two rows or columns hold counts. */
  readonly df: number;
  /** p-value; 1 when `df` is 0. */
  readonly pValue: number;
  /** Sum of all counts. */
  readonly n: number;
  /** Smallest expected count: below 5 the p-value is rough. */
  readonly leastExpected: number;
  /** Rows and columns left out because they hold no counts. */
  readonly dropped: number;
}

/**
 * Pearson's chi-square test of independence (or homogeneity) on an r by c table of counts.
 *
 * Empty rows and columns are left out and counted in `dropped`.
 *
 * @param table - Counts, one array per row.
 * @param options - See {@link ChiSquareTestOptions}.
 * @returns See {@link IndependenceTest}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * chiSquareTest([[10, 20], [20, 10]]).statistic; // => 6.666666666666667
 */
export function chiSquareTest(table: CountTable, options: ChiSquareTestOptions = {}): IndependenceTest {
  const margins = tableMargins(table);
  const { rows, columns, total, dropped } = margins;
  const df = Math.max(0, rows.length - 1) * Math.max(0, columns.length - 1);
  const statistic = df === 0 ? 0 : pearsonStatistic(margins, options.yates && df === 1 ? 0.5 : 0);
  let leastRow = Infinity;
  let leastColumn = Infinity;
  for (const value of rows) leastRow = Math.min(leastRow, value);
  for (const value of columns) leastColumn = Math.min(leastColumn, value);
  return {
    statistic,
    df,
    pValue: df === 0 ? 1 : chiSquareUpperTail(statistic, df),
    n: total,
    leastExpected: total === 0 ? 0 : (leastRow * leastColumn) / total,
    dropped,
  };
}
