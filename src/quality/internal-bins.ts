/** Edges of equal-width bins as numpy makes them: ascending, `bins + 1` of them; a single value gets half a unit each side. */
export function equalWidthEdges(sorted: Float64Array, bins: number): Float64Array {
  let low = 0;
  let high = 1;
  if (sorted.length > 0) {
    low = sorted[0]!;
    high = sorted[sorted.length - 1]!;
    if (low === high) {
      low -= 0.5;
      high += 0.5;
    }
  }
  const edges = new Float64Array(bins + 1);
  const step = (high - low) / bins;
  for (let i = 0; i < bins; i++) edges[i] = i * step + low;
  edges[bins] = high;
  return edges;
}

/** True when the values span a finite range, so that bins can be made. */
export function isBinnable(sorted: Float64Array): boolean {
  const n = sorted.length;
  return n === 0 || Number.isFinite(sorted[n - 1]! - sorted[0]!);
}

/**
 * Bin of each cell, 0 to edges.length: the number of edges at or below it; NaN gets edges.length.
 * With `open` the outer edges count as -infinity and +infinity, so codes run from 1 to edges.length - 1 and
 * edges.length is left to cells without a value. Without it the largest value shares its code with missing cells,
 * which is the reference's quirk.
 */
export function binCodes(cells: Float64Array, edges: Float64Array, open: boolean): Int32Array {
  const out = new Int32Array(cells.length);
  const last = edges.length - 1;
  for (let i = 0; i < cells.length; i++) {
    const x = cells[i]!;
    if (Number.isNaN(x)) {
      out[i] = edges.length;
      continue;
    }
    let low = open ? 1 : 0;
    let high = open ? last : edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    out[i] = low;
  }
  return out;
}
