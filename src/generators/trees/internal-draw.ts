import { threefryBlock } from '../../random/threefry-block.ts';
import type { ColumnModel } from '../model-types.ts';
import { nearDonor, quantileCurve } from '../shared/internal-quantile-curve.ts';
import { fraction } from '../shared/internal-uniform.ts';
import { compileTree, walk } from './internal-compile.ts';

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
  const curve = isNumber && column.smooth > 0 ? quantileCurve(column.values, donors) : null;
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
    const donor = donors[start + Math.floor(fraction(words[0]!, words[1]!) * size)]!;
    if (curve) out[i] = nearDonor(column, column.smooth, curve, donor, words[2]! / 4_294_967_296, words[3]! / 4_294_967_296);
    else out[i] = isNumber ? table[donor]! : donor;
  }
  return out;
}
