import type { Column } from '../types.ts';
import { binCodes, equalWidthEdges, isBinnable } from './internal-bins.ts';
import { isContinuous, levelPair, numericCells, sortedValues } from './internal-columns.ts';
import { roundTo14 } from './internal-ks.ts';
import type { QualityMode } from './quality-measure.ts';

/** One column of one table, ready to be scored. */
export interface PreparedColumn {
  /** Doubles with NaN for no value; null for levels. */
  readonly cells: Float64Array | null;
  /** Ascending usable values (rounded in compat mode); null for levels. */
  readonly sorted: Float64Array | null;
  /** Codes of levels or bins; null when the numbers span no finite range. */
  readonly codes: Int32Array | null;
  /** Number of codes, missing included. */
  readonly size: number;
}

/** What both tables' versions of one column share. */
export interface ColumnPlan {
  readonly real: PreparedColumn;
  readonly synthetic: PreparedColumn;
  /** Labels of levels; null for numbers and times. */
  readonly labels: readonly string[] | null;
}

/** Prepares one column of both tables. */
export function prepareColumn(real: Column, synthetic: Column, mode: QualityMode, bins: number): ColumnPlan {
  if (!isContinuous(real.kind)) {
    const pair = levelPair(real, synthetic);
    const size = pair.labels.length + 1;
    return {
      real: { cells: null, sorted: null, codes: pair.real, size },
      synthetic: { cells: null, sorted: null, codes: pair.synthetic, size },
      labels: pair.labels,
    };
  }
  const a = preparedNumbers(numericCells(real), mode, bins, null);
  const edges = mode === 'strict' ? edgesOf(a.sorted!, bins) : null;
  const b = preparedNumbers(numericCells(synthetic), mode, bins, edges);
  return { real: edges ? { ...a, codes: binCodes(a.cells!, edges, true) } : a, synthetic: b, labels: null };
}

function edgesOf(sorted: Float64Array, bins: number): Float64Array | null {
  return isBinnable(sorted) ? equalWidthEdges(sorted, bins) : null;
}

/** In compat mode bins come from the column's own values; in strict mode from the edges given, if any. */
function preparedNumbers(
  cells: Float64Array,
  mode: QualityMode,
  bins: number,
  shared: Float64Array | null,
): PreparedColumn {
  const sorted = sortedValues(cells);
  let codes: Int32Array | null = shared ? binCodes(cells, shared, true) : null;
  if (mode === 'compat') {
    const own = edgesOf(sorted, bins);
    codes = own ? binCodes(cells, own, false) : null;
    roundTo14(sorted);
  }
  return { cells, sorted, codes, size: bins + 2 };
}

/** The same column for some rows only. In strict mode the full real column's bins stay. */
export function takePrepared(
  column: PreparedColumn,
  rows: Uint32Array,
  mode: QualityMode,
  bins: number,
): PreparedColumn {
  if (!column.cells) return { ...column, codes: takeCodes(column.codes!, rows) };
  const cells = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) cells[i] = column.cells[rows[i]!]!;
  const taken = preparedNumbers(cells, mode, bins, null);
  if (mode === 'compat') return taken;
  return { ...taken, codes: column.codes && takeCodes(column.codes, rows) };
}

function takeCodes(codes: Int32Array, rows: Uint32Array): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = codes[rows[i]!]!;
  return out;
}
