/** Features cut into at most 255 bins each. */
export interface BinnedFeatures {
  /** Number of rows. */
  readonly rows: number;
  /** Bin of each cell, one array per feature; the number of bins when missing. */
  readonly codes: readonly Uint8Array[];
  /** Upper ends of all bins but the last, ascending, one array per feature: bin b holds values <= thresholds[b]. */
  readonly thresholds: readonly Float64Array[];
  /** 1 where a feature has missing values. */
  readonly missing: Uint8Array;
  /** Where each feature's bins, and behind them the one for missing values, begin among those of all features; and their end. */
  readonly offsets: Int32Array;
}

/** Bins of every feature: one per distinct value where they suffice, else quantile bins (as scikit-learn's BinMapper). */
export function binFeatures(columns: readonly Float64Array[], rows: number, bins: number): BinnedFeatures {
  const missing = new Uint8Array(columns.length);
  const codes: Uint8Array[] = [];
  const thresholds: Float64Array[] = [];
  for (let c = 0; c < columns.length; c++) {
    const values = columns[c]!;
    const present = new Float64Array(rows);
    let count = 0;
    // Adding 0 turns -0 into 0: a sort puts -0 before 0.
    for (let i = 0; i < rows; i++) if (!Number.isNaN(values[i]!)) present[count++] = values[i]! + 0;
    missing[c] = count < rows ? 1 : 0;
    const edges = edgesOf(present.subarray(0, count).sort(), bins);
    thresholds.push(edges);
    codes.push(codesOf(values, edges));
  }
  const offsets = new Int32Array(columns.length + 1);
  for (let c = 0; c < columns.length; c++) offsets[c + 1] = offsets[c]! + thresholds[c]!.length + 2;
  return { rows, codes, thresholds, missing, offsets };
}

function edgesOf(sorted: Float64Array, bins: number): Float64Array {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= bins; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]!);
  const edges: number[] = [];
  if (distinct.length <= bins) {
    for (let k = 1; k < distinct.length; k++) edges.push(between(distinct[k - 1]!, distinct[k]!));
    return Float64Array.from(edges);
  }
  // Type-2 quantiles of numpy ("midpoint"): the middle of the two order statistics beside the position.
  const last = sorted.length - 1;
  for (let k = 1; k < bins; k++) {
    const position = (k * last) / bins;
    const low = Math.floor(position);
    const edge = position === low ? sorted[low]! : sorted[low]! / 2 + sorted[low + 1]! / 2;
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** A number from a up to, not including, b. */
function between(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}

function codesOf(values: Float64Array, edges: Float64Array): Uint8Array {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (Number.isNaN(x)) {
      out[i] = edges.length + 1;
      continue;
    }
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x <= edges[middle]!) high = middle;
      else low = middle + 1;
    }
    out[i] = low;
  }
  return out;
}
