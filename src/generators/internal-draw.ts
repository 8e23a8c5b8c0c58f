import { threefryBlock } from '../random/threefry-block.ts';
import { compileTree, walk } from './internal-compile.ts';
import type { ColumnModel } from './model-types.ts';

/** What a draw needs beside the column: the same for every column of one sample. */
export interface DrawContext {
  /** Four key words, made from the seed and the model's digest. */
  readonly key: Uint32Array;
  /** Index of the first row. */
  readonly offset: number;
  /** Number of rows. */
  readonly rows: number;
  /** Per column, the values drawn so far: numbers (NaN missing), or codes (the code after the last is "missing"). */
  readonly predictors: Float64Array[];
  /** Per column, 1 when its values are numbers. */
  readonly numeric: Uint8Array;
}

/** 53 bits of two words as a fraction in [0, 1). */
function fraction(high: number, low: number): number {
  return (high * 2_097_152 + (low >>> 11)) / 9_007_199_254_740_992;
}

/** Draws which rows of a column are missing: 1 or 0 each; null when the source has no missing cell. */
export function drawMissing(context: DrawContext, position: number, column: ColumnModel): Uint8Array | null {
  if (!column.missing) return null;
  const tree = compileTree(column.missing);
  const { donorStart, donors } = tree;
  const { key, offset, rows, predictors, numeric } = context;
  const [k0, k1, k2, k3] = key as unknown as [number, number, number, number];
  const words = new Uint32Array(4);
  const absent = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = offset + i;
    // Counter: draw 1 of this cell. Draw 0 is the value.
    threefryBlock(k0, k1, k2, k3, 1, position, row, Math.floor(row / 4_294_967_296), words);
    const leaf = walk(tree, predictors, numeric, i);
    const start = donorStart[leaf]!;
    const size = donorStart[leaf + 1]! - start;
    absent[i] = donors[start + Math.floor(fraction(words[0]!, words[1]!) * size)]!;
  }
  return absent;
}

/** Draws a modelled column: numbers with NaN, or codes with the code after the last, where `absent` says missing. */
export function drawValues(
  context: DrawContext,
  position: number,
  column: ColumnModel,
  absent: Uint8Array | null,
): Float64Array {
  const tree = compileTree(column.value!);
  const { donorStart, donors } = tree;
  const { key, offset, rows, predictors, numeric } = context;
  const [k0, k1, k2, k3] = key as unknown as [number, number, number, number];
  const isNumber = numeric[position] === 1;
  const smooth = isNumber && column.smooth;
  const table = isNumber ? Float64Array.from(column.values) : new Float64Array(0);
  const missing = isNumber ? Number.NaN : column.kind === 'boolean' ? 2 : column.labels.length;
  const words = new Uint32Array(4);
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    if (absent !== null && absent[i] === 1) {
      out[i] = missing;
      continue;
    }
    const row = offset + i;
    threefryBlock(k0, k1, k2, k3, 0, position, row, Math.floor(row / 4_294_967_296), words);
    const leaf = walk(tree, predictors, numeric, i);
    const start = donorStart[leaf]!;
    const size = donorStart[leaf + 1]! - start;
    const u = fraction(words[0]!, words[1]!);
    if (smooth) out[i] = between(column, table, donors, start, size, u);
    else if (isNumber) out[i] = table[donors[start + Math.floor(u * size)]!]!;
    else out[i] = donors[start + Math.floor(u * size)]!;
  }
  return out;
}

/** A point of the leaf's piecewise linear quantile function, rounded as the column is written. */
function between(
  column: ColumnModel,
  table: Float64Array,
  donors: Int32Array,
  start: number,
  size: number,
  u: number,
): number {
  const at = u * (size - 1);
  const below = Math.floor(at);
  const low = table[donors[start + below]!]!;
  const high = table[donors[start + Math.min(below + 1, size - 1)]!]!;
  if (low === high) return low;
  // Weighted halves, so that a gap from -1e308 to 1e308 does not overflow.
  const t = at - below;
  const value = low * (1 - t) + high * t;
  return Math.min(high, Math.max(low, rounded(column, value)));
}

function rounded(column: ColumnModel, value: number): number {
  if (column.kind === 'number') return Math.abs(value) < 1e21 ? Number(value.toFixed(column.decimals)) + 0 : value;
  const step = column.unit === 'day' ? 86_400_000 : 1;
  // Half away from zero, and never -0.
  return Math.sign(value) * Math.floor(Math.abs(value) / step + 0.5) * step + 0;
}
