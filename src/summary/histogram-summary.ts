import { SynthproofError } from '../errors.ts';
import { isPresent } from '../table/internal-bitmap.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import {
  type CellMap,
  combineCells,
  countTable,
  emptyCells,
  readCells,
  sortedCells,
  writeCells,
} from './internal-cell-map.ts';
import { checkNames, checkWhole, type NumericCells, numericCells } from './internal-columns.ts';
import { readField, writeDouble } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link histogramSummary}. */
export interface HistogramOptions {
  /** Name of a number, integer, boolean or datetime column (milliseconds). */
  readonly column: string;
  /** Bin edges: finite, rising, 1 to 10,000. They come from the reference data, so that all chunks share them. */
  readonly edges: readonly number[];
  /** Names of columns: one histogram per combination of their levels. Default none: one histogram. */
  readonly by?: readonly string[] | undefined;
  /** More combinations than this are refused with `NO_CAPACITY`. Default 100,000. */
  readonly maxCells?: number | undefined;
}

/** One histogram. */
export interface HistogramGroup {
  /** A level of each `by` column; null where the cell is missing. */
  readonly group: readonly (string | null)[];
  /** Rows below the first edge, -Infinity among them. */
  readonly below: number;
  /** Rows per bin; one fewer than edges. A bin holds its lower edge, the last one its upper edge too. */
  readonly counts: readonly number[];
  /** Rows above the last edge, Infinity among them; with a single edge also those on it. */
  readonly above: number;
  /** Rows that hold NaN. */
  readonly nan: number;
  /** Rows without a value. */
  readonly missing: number;
}

/** What {@link histogramSummary} reports. */
export interface HistogramReport {
  /** The column. */
  readonly column: string;
  /** The edges, as given. */
  readonly edges: readonly number[];
  /** The columns that split the rows, as given. */
  readonly by: readonly string[];
  /** Rows counted: all of them. */
  readonly rows: number;
  /** One histogram per combination of levels that occurs; always exactly one without `by`. */
  readonly groups: readonly HistogramGroup[];
}

/**
 * A mergeable histogram on given edges, of all rows or of each group: for population stability, Jensen-Shannon, binned
 * Kolmogorov-Smirnov, and (split by group and label) thresholds and calibration of scores.
 *
 * @param options - See {@link HistogramOptions}.
 * @returns The summarizer, kind `histogram/1`. Exact.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN`, `KIND_MISMATCH` and
 * `NO_CAPACITY`.
 * @example
 * const ages = histogramSummary({ column: 'age', edges: [0, 18, 65] });
 * const rows = createTable([integerColumn('age', [17, 18, 65, 90, null])]);
 * const histogram = ages.report(summarize(ages, [rows])).groups[0];
 * histogram.counts; // => [1, 2]
 * [histogram.below, histogram.above, histogram.missing]; // => [0, 1, 1]
 */
export function histogramSummary(
  options: HistogramOptions,
): Summarizer<Table, SummaryState<'histogram/1'>, HistogramReport> {
  const [column] = checkNames([options.column], 'column', 1) as [string];
  const by = checkNames(options.by ?? [], 'by', 0);
  const maxCells = checkWhole(options.maxCells ?? 100_000, 'maxCells', 1, 1_000_000);
  const sorted = checkEdges(options.edges);
  const edges = [...sorted];
  const bins = edges.length - 1;
  // Slots: below, the bins, above, NaN, missing.
  const width = bins + 4;
  return buildSummarizer(
    'histogram/1',
    { column, edges: edges.map(writeDouble), by, maxCells },
    {
      empty: () => emptyCells(width, maxCells),
      add(data: CellMap, table) {
        const codes = binCodes(numericCells(table, column), sorted);
        countTable(data, table, by, [{ codes, size: width }], (extra) => extra[0]!);
      },
      combine: combineCells,
      write: (data) => ({ cells: writeCells(data) }),
      read: (value) => readCells(readField(value, 'cells', '/state'), by.length, width, maxCells, '/state/cells'),
      report(data): HistogramReport {
        const cells = sortedCells(data);
        if (cells.length === 0 && by.length === 0) cells.push({ levels: [], counts: new Array(width).fill(0) });
        let rows = 0;
        for (const { counts } of cells) for (const count of counts) rows += count;
        const groups = cells.map(({ levels, counts }) => ({
          group: levels,
          below: counts[0]!,
          counts: counts.slice(1, bins + 1),
          above: counts[bins + 1]!,
          nan: counts[bins + 2]!,
          missing: counts[bins + 3]!,
        }));
        return { column, edges, by, rows, groups };
      },
    },
  );
}

function checkEdges(edges: readonly number[]): Float64Array {
  const list = Array.isArray(edges) ? Float64Array.from(edges as readonly number[]) : new Float64Array(0);
  let rising = list.length >= 1 && list.length <= 10_000;
  for (let k = 0; k < list.length && rising; k++)
    rising = Number.isFinite(list[k]) && (k === 0 || list[k]! > list[k - 1]!);
  if (!rising)
    throw new SynthproofError(
      'BAD_OPTION',
      'edges: expected a list of 1 to 10,000 finite numbers, each above the last',
      {
        argument: 'edges',
      },
    );
  // -0 and 0 are one edge and one parameter text.
  for (let k = 0; k < list.length; k++) list[k]! += 0;
  return list;
}

/** The slot of each row: 0 below, 1 to bins, then above, NaN, missing. */
function binCodes({ values, validity }: NumericCells, edges: Float64Array): Int32Array {
  const codes = new Int32Array(values.length);
  const size = edges.length;
  const last = edges[size - 1]!;
  for (let i = 0; i < codes.length; i++) {
    const x = values[i]!;
    if (!isPresent(validity, i)) codes[i] = size + 2;
    else if (x < last) {
      // Number of edges at or below x.
      let from = 0;
      let left = size;
      while (left > 0) {
        const half = left >> 1;
        if (edges[from + half]! <= x) {
          from += half + 1;
          left -= half + 1;
        } else left = half;
      }
      codes[i] = from;
    } else if (x === last) codes[i] = size > 1 ? size - 1 : size;
    else codes[i] = x > last ? size : size + 1;
  }
  return codes;
}
