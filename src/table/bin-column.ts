import { ckmeans } from 'simple-statistics';
import { SynthproofError } from '../errors.ts';
import type { CategoryColumn, DatetimeColumn, IntegerColumn, NumberColumn } from '../types.ts';
import { categoryColumn } from './category-column.ts';
import { formatDatetime } from './format-datetime.ts';
import { isPresent } from './internal-bitmap.ts';
import { shown } from './internal-text.ts';

/** Options of {@link binColumn}. */
export interface BinColumnOptions {
  /** Number of bins wanted, 2 to 100; ties can leave fewer. Default 5. */
  readonly bins?: number | undefined;
  /** `quantile`: about equal counts (default); `width`: equal widths; `natural`: least spread within bins (ckmeans). */
  readonly method?: 'quantile' | 'width' | 'natural' | undefined;
  /** Inner edges, ascending, instead of a method: n edges make n + 1 bins, each with its lower edge and without its upper. */
  readonly edges?: readonly number[] | undefined;
}

/** More distinct values than this are thinned by rank before natural breaks are looked for. */
const NATURAL_VALUES = 5000;

/**
 * A number, integer or datetime column as ordered groups, for example to audit age groups.
 *
 * Labels carry the bin's number, so that they sort in order: `1: under 30`, `2: 30 to under 45`, `3: 45 and over`.
 * Missing cells and NaN stay missing. Natural breaks by simple-statistics' ckmeans (Wang and Song 2011); above 5,000
 * distinct values they are found on 5,000 evenly ranked ones.
 *
 * @param column - The column.
 * @param options - See {@link BinColumnOptions}.
 * @returns A category column of the same name.
 * @throws {@link SynthproofError} `KIND_MISMATCH` for other kinds; `OUT_OF_RANGE` for bins; `BAD_OPTION` for edges that do not ascend.
 * @example
 * const ages = integerColumn('age', [20, 25, 40, 41, 70, null]);
 * binColumn(ages, { edges: [30, 45] }).labels; // => ['1: under 30', '2: 30 to under 45', '3: 45 and over']
 * [...binColumn(ages, { bins: 3, method: 'natural' }).codes]; // => [0, 0, 1, 1, 2, -1]
 */
export function binColumn(
  column: NumberColumn | IntegerColumn | DatetimeColumn,
  options: BinColumnOptions = {},
): CategoryColumn {
  const { bins = 5, method = 'quantile' } = options;
  const { name, kind } = column;
  if (kind !== 'number' && kind !== 'integer' && kind !== 'datetime')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `column: ${shown(name)} is ${kind}; only numbers and datetimes are binned`,
      {
        argument: 'column',
        column: name,
      },
    );
  if (!Number.isInteger(bins) || bins < 2 || bins > 100)
    throw new SynthproofError('OUT_OF_RANGE', `bins: expected a whole number from 2 to 100, received ${bins}`, {
      argument: 'bins',
    });
  const { values, validity } = column;
  const sorted = values.filter((value, row) => isPresent(validity, row) && !Number.isNaN(value)).sort();
  const edges = options.edges ? checkedEdges(options.edges) : edgesOf(sorted, bins, method);
  const width = String(edges.length + 1).length;
  const text = (value: number): string =>
    column.kind === 'datetime' ? formatDatetime(value, column.unit) : String(value);
  const labels = Array.from({ length: edges.length + 1 }, (_, bin) => {
    const number = String(bin + 1).padStart(width, '0');
    if (edges.length === 0) return `${number}: all`;
    if (bin === 0) return `${number}: under ${text(edges[0]!)}`;
    if (bin === edges.length) return `${number}: ${text(edges[bin - 1]!)} and over`;
    return `${number}: ${text(edges[bin - 1]!)} to under ${text(edges[bin]!)}`;
  });
  const cells = Array.from(values, (value, row) =>
    isPresent(validity, row) && !Number.isNaN(value) ? labels[binOf(edges, value)]! : null,
  );
  return categoryColumn(name, cells, labels);
}

/** Number of edges at or below the value. */
function binOf(edges: readonly number[], value: number): number {
  let bin = 0;
  while (bin < edges.length && edges[bin]! <= value) bin++;
  return bin;
}

function checkedEdges(edges: readonly number[]): readonly number[] {
  edges.forEach((edge, i) => {
    if (!Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]!))
      throw new SynthproofError(
        'BAD_OPTION',
        `edges: expected finite numbers in ascending order, received ${edge} at ${i}`,
        {
          argument: 'edges',
        },
      );
  });
  if (edges.length > 99)
    throw new SynthproofError('BAD_OPTION', `edges: expected at most 99, received ${edges.length}`, {
      argument: 'edges',
    });
  return edges;
}

/** Inner edges; each is a value of the column (or a step of equal width) at which a bin starts. */
function edgesOf(sorted: Float64Array, bins: number, method: 'quantile' | 'width' | 'natural'): number[] {
  const n = sorted.length;
  if (n === 0) return [];
  const starts: number[] = [];
  if (method === 'natural') {
    const distinct = Array.from(sorted).filter((value, i) => i === 0 || value !== sorted[i - 1]);
    // Weights matter: ckmeans sees every value as often as it occurs, thinned by rank when there are many.
    const step = Math.max(1, Math.ceil(n / NATURAL_VALUES));
    const thinned = Array.from({ length: Math.ceil(n / step) }, (_, i) => sorted[i * step]!);
    const wanted = Math.min(bins, distinct.length, new Set(thinned).size);
    for (const cluster of ckmeans(thinned, wanted).slice(1)) starts.push(cluster[0]!);
  } else if (method === 'width') {
    const low = sorted[0]!;
    const high = sorted[n - 1]!;
    for (let b = 1; b < bins; b++) starts.push(low + ((high - low) * b) / bins);
  } else for (let b = 1; b < bins; b++) starts.push(sorted[Math.min(n - 1, Math.ceil((n * b) / bins))]!);
  return starts.filter((edge, i) => edge > sorted[0]! && (i === 0 || edge !== starts[i - 1]) && Number.isFinite(edge));
}
