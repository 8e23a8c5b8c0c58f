/** Standardised features, row by row, zeros left out. */
export interface SparseRows {
  /** Where each row begins in `index` and `value`; one entry more than rows. */
  readonly start: Uint32Array;
  /** Feature of each entry, ascending in a row. */
  readonly index: Uint16Array | Uint32Array;
  /** Standardised value of each entry. */
  readonly value: Float64Array;
  /** What was taken off each feature; 0 where most cells are 0. */
  readonly centre: Float64Array;
  /** What each feature was then divided by; 0 for a constant feature, which has no entries. */
  readonly scale: Float64Array;
}

/**
 * Scales each feature to deviation 1, and centres those that are mostly not 0. One-hot features keep their zeros, so that
 * a row costs as much as it has entries; with a free intercept centring does not change the fit, only its conditioning.
 */
export function sparseRows(columns: readonly Float64Array[], rows: number): SparseRows {
  const width = columns.length;
  const centre = new Float64Array(width);
  const scale = new Float64Array(width);
  const start = new Uint32Array(rows + 1);
  for (let c = 0; c < width; c++) {
    const values = columns[c]!;
    let mean = 0;
    let zeros = 0;
    for (let i = 0; i < rows; i++) {
      mean += values[i]! / rows;
      if (values[i] === 0) zeros++;
    }
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const d = values[i]! - mean;
      squares += (d * d) / rows;
    }
    const deviation = Math.sqrt(squares);
    // Rounding alone gives a constant feature a tiny deviation.
    if (!(deviation > 1e-12 * Math.abs(mean)) || deviation === Infinity) continue;
    scale[c] = deviation;
    if (2 * zeros < rows) centre[c] = mean;
    for (let i = 0; i < rows; i++) if (centre[c] !== 0 || values[i] !== 0) start[i + 1] = start[i + 1]! + 1;
  }
  for (let i = 0; i < rows; i++) start[i + 1] = start[i + 1]! + start[i]!;
  const total = start[rows]!;
  const index = width <= 65535 ? new Uint16Array(total) : new Uint32Array(total);
  const value = new Float64Array(total);
  const at = start.slice();
  for (let c = 0; c < width; c++) {
    if (scale[c] === 0) continue;
    const values = columns[c]!;
    for (let i = 0; i < rows; i++) {
      if (centre[c] === 0 && values[i] === 0) continue;
      const k = at[i]!;
      index[k] = c;
      value[k] = (values[i]! - centre[c]!) / scale[c]!;
      at[i] = k + 1;
    }
  }
  return { start, index, value, centre, scale };
}
