import { ckmeans } from 'simple-statistics';
import { SynthproofError } from '../errors.ts';
import type { DatetimeColumn, IntegerColumn, NumberColumn } from '../types.ts';
import { isPresent } from './internal-bitmap.ts';

/** Options of {@link binEdges}. */
export interface BinEdgesOptions {
  /** Number of bins wanted, 2 to 100; ties can leave fewer. Default 5. */
  readonly bins?: number | undefined;
  /** `quantile`: about equal counts (default); `width`: equal widths; `natural`: least spread within bins (ckmeans). */
  readonly method?: 'quantile' | 'width' | 'natural' | undefined;
}

/** More cells than this are thinned by rank before natural breaks are looked for. */
const NATURAL_CELLS = 5000;

/**
 * Inner edges that cut a number, integer or datetime column into bins; each bin holds its lower edge.
 *
 * Missing cells and NaN take no part. Natural breaks by simple-statistics' ckmeans (Wang and Song 2011); above 5,000
 * cells they are found on every k-th one by rank.
 *
 * @param column - The column.
 * @param options - See {@link BinEdgesOptions}.
 * @returns At most `bins - 1` numbers, ascending, all above the least value; none for a constant or empty column.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for bins.
 * @example
 * binEdges(integerColumn('age', [20, 25, 40, 41, 70]), { bins: 3, method: 'natural' }); // => [40, 70]
 */
export function binEdges(
  column: NumberColumn | IntegerColumn | DatetimeColumn,
  options: BinEdgesOptions = {},
): number[] {
  const { bins = 5, method = 'quantile' } = options;
  if (!Number.isInteger(bins) || bins < 2 || bins > 100)
    throw new SynthproofError('OUT_OF_RANGE', `bins: expected a whole number from 2 to 100, received ${bins}`, {
      argument: 'bins',
    });
  const { values, validity } = column;
  const sorted = values.filter((value, row) => isPresent(validity, row) && !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n === 0) return [];
  const starts: number[] = [];
  if (method === 'natural') {
    const distinct = Array.from(sorted).filter((value, i) => i === 0 || value !== sorted[i - 1]);
    // Weights matter: ckmeans sees every value as often as it occurs, thinned by rank when there are many.
    const step = Math.max(1, Math.ceil(n / NATURAL_CELLS));
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
