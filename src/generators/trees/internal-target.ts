import type { EncodedColumn, Target } from '../shared/internal-predictor.ts';

/** Grid of a numeric target: sums of up to 2^32 rows stay exact. */
const GRID = 2_097_152;

const NO_CLASSES = /* @__PURE__ */ new Int32Array(0);
const NO_SCORES = /* @__PURE__ */ new Float64Array(0);

/** The target of a value tree over the observed rows. */
export function valueTarget(encoded: EncodedColumn, rows: Int32Array, numericSplit: 'value' | 'rank'): Target {
  if (!encoded.numeric) return classTarget(encoded.codes, encoded.size);
  const score = numericSplit === 'rank' ? rankScores(encoded, rows) : valueScores(encoded, rows);
  return { classes: 1, klass: NO_CLASSES, score };
}

/** A target of classes; two classes are scored 0 and 1, which orders splits as Gini does. */
export function classTarget(codes: Int32Array, classes: number): Target {
  if (classes > 2) return { classes, klass: codes, score: NO_SCORES };
  return { classes: 1, klass: NO_CLASSES, score: Float64Array.from(codes) };
}

/** Values on a grid of 2^21 steps from least to greatest, centred: differences far below the spread do not count. */
function valueScores({ codes, values, size }: EncodedColumn, rows: Int32Array): Float64Array {
  const low = values[0]!;
  // Halved, so that a range from -1e308 to 1e308 does not overflow.
  const span = values[size - 1]! / 2 - low / 2;
  const grid = new Float64Array(size);
  for (let c = 0; c < size; c++) grid[c] = span > 0 ? Math.round(((values[c]! / 2 - low / 2) / span) * GRID) : 0;
  return centred(codes, grid, rows);
}

/** Mid-ranks on the same grid: invariant to any increasing transformation, and not ruled by a few large values. */
function rankScores({ codes, size }: EncodedColumn, rows: Int32Array): Float64Array {
  const count = new Int32Array(size);
  for (let i = 0; i < rows.length; i++) count[codes[rows[i]!]!]!++;
  const grid = new Float64Array(size);
  let below = 0;
  for (let c = 0; c < size; c++) {
    grid[c] = Math.round(((below + count[c]! / 2) / rows.length) * GRID);
    below += count[c]!;
  }
  return centred(codes, grid, rows);
}

/** Score of each row, less the rounded mean: small numbers keep squares of sums precise. */
function centred(codes: Int32Array, grid: Float64Array, rows: Int32Array): Float64Array {
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += grid[codes[rows[i]!]!]!;
  const centre = Math.round(total / rows.length);
  const score = new Float64Array(codes.length);
  for (let i = 0; i < rows.length; i++) score[rows[i]!] = grid[codes[rows[i]!]!]! - centre;
  return score;
}
