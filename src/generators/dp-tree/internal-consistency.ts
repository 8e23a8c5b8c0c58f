/** Closest point (least squares) with non-negative entries that sum to the total (Duchi et al. 2008, figure 1). */
export function projectToTotal(values: Float64Array, total: number): Float64Array {
  const sorted = values.slice().sort();
  let running = 0;
  let shift = 0;
  for (let k = 1; k <= sorted.length; k++) {
    const value = sorted[sorted.length - k]!;
    running += value;
    const candidate = (running - total) / k;
    if (k > 1 && value - candidate <= 0) break;
    shift = candidate;
  }
  return values.map((value) => Math.max(0, value - shift));
}

/** Averages estimates of the same counts, weighted by the inverse of their variances (one a count). */
export function averageEstimates(
  estimates: readonly { readonly counts: Float64Array; readonly variances: Float64Array }[],
): Float64Array {
  const size = estimates[0]!.counts.length;
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let weight = 0;
    let total = 0;
    for (const { counts, variances } of estimates) {
      weight += 1 / variances[i]!;
      total += counts[i]! / variances[i]!;
    }
    out[i] = total / weight;
  }
  return out;
}

const FITTING_ROUNDS = 200;

/**
 * A non-negative table with the given margins, close to the noisy one: projected to the total, then scaled to rows and
 * columns in turn (iterative proportional fitting). A trace of the independent table keeps every needed cell above 0.
 */
export function fitMargins(
  noisy: Float64Array,
  rows: Float64Array,
  columns: Float64Array,
  total: number,
): Float64Array {
  const width = columns.length;
  const table = projectToTotal(noisy, total);
  for (let r = 0; r < rows.length; r++)
    for (let c = 0; c < width; c++) table[r * width + c]! += 1e-6 * ((rows[r]! * columns[c]!) / total);
  for (let round = 0; round < FITTING_ROUNDS; round++) {
    let off = 0;
    for (let r = 0; r < rows.length; r++) {
      let have = 0;
      for (let c = 0; c < width; c++) have += table[r * width + c]!;
      const factor = have > 0 ? rows[r]! / have : 0;
      for (let c = 0; c < width; c++) table[r * width + c]! *= factor;
    }
    for (let c = 0; c < width; c++) {
      let have = 0;
      for (let r = 0; r < rows.length; r++) have += table[r * width + c]!;
      off = Math.max(off, Math.abs(have - columns[c]!));
      const factor = have > 0 ? columns[c]! / have : 0;
      for (let r = 0; r < rows.length; r++) table[r * width + c]! *= factor;
    }
    if (off <= 1e-6 * total) break;
  }
  return table;
}
