import { SynthproofError } from '../../errors.ts';
import { threefryBlock } from '../../random/threefry-block.ts';
import type { ColumnModel, ColumnShape } from '../model-types.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { nearDonor, type QuantileCurve, quantileCurve } from '../shared/internal-quantile-curve.ts';
import { fraction } from '../shared/internal-uniform.ts';
import { type CompiledTree, compileTree, walk } from './internal-compile.ts';

/** What a draw needs beside the column: the same for every column of one sample. */
export interface DrawContext {
  /** Four key words, made from the seed and the model's digest. */
  readonly key: Uint32Array;
  /** Index of the first row. */
  readonly offset: number;
  /** Number of rows. */
  readonly rows: number;
  /** Row numbers, where they do not run from `offset` upwards; null otherwise. */
  readonly numbers: Float64Array | null;
  /** Per column, the values drawn so far: numbers (NaN missing), or codes (the code after the last is "missing"). */
  readonly predictors: Float64Array[];
  /** Per column, 1 when its values are numbers. */
  readonly numeric: Uint8Array;
  /** Most draws from one training cell of a numeric column; Infinity for no limit. Then rows must be drawn from row 0 on. */
  readonly maxReuse: number;
}

/** A column of a model, its trees ready to be walked. */
export interface CompiledColumn {
  readonly column: ColumnModel;
  /** Tree of the missing indicator, or null. */
  readonly missing: CompiledTree | null;
  /** Tree of the values, or null. */
  readonly value: CompiledTree | null;
  /** Values by code, of a numeric column. */
  readonly values: Float64Array;
  /** Null unless draws are smoothed. */
  readonly curve: QuantileCurve | null;
}

/** Prepares a column for {@link drawMissing} and {@link drawValues}. */
export function compileColumn(column: ColumnModel): CompiledColumn {
  const value = column.value ? compileTree(column.value) : null;
  return {
    column,
    missing: column.missing ? compileTree(column.missing) : null,
    value,
    values: Float64Array.from(column.values),
    curve: value && column.smooth > 0 ? quantileCurve(column.values, value.donors) : null,
  };
}

/** Draws which rows of a column are missing: 1 or 0 each; null when the source has no missing cell. */
export function drawMissing(context: DrawContext, position: number, compiled: CompiledColumn): Uint8Array | null {
  const tree = compiled.missing;
  if (!tree) return null;
  const { donorStart, donors } = tree;
  const { key, offset, rows, numbers, predictors, numeric } = context;
  const [k0, k1, k2, k3] = key as unknown as [number, number, number, number];
  const words = new Uint32Array(4);
  const absent = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = numbers === null ? offset + i : numbers[i]!;
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
  compiled: CompiledColumn,
  absent: Uint8Array | null,
): Float64Array {
  const { column, curve, values: table } = compiled;
  const tree = compiled.value!;
  const { donorStart, donors } = tree;
  const { key, offset, rows, numbers, predictors, numeric } = context;
  const [k0, k1, k2, k3] = key as unknown as [number, number, number, number];
  const isNumber = numeric[position] === 1;
  const missing = missingCode(column);
  const used = isNumber && context.maxReuse < Infinity ? new Float64Array(donors.length) : null;
  const words = new Uint32Array(4);
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    if (absent !== null && absent[i] === 1) {
      out[i] = missing;
      continue;
    }
    const row = numbers === null ? offset + i : numbers[i]!;
    threefryBlock(k0, k1, k2, k3, 0, position, row, Math.floor(row / 4_294_967_296), words);
    const leaf = walk(tree, predictors, numeric, i);
    const start = donorStart[leaf]!;
    const size = donorStart[leaf + 1]! - start;
    let at = start + Math.floor(fraction(words[0]!, words[1]!) * size);
    if (used) at = nextFree(used, context.maxReuse, at, start, size, column, row);
    const donor = donors[at]!;
    if (curve)
      out[i] = nearDonor(column, column.smooth, curve, donor, words[2]! / 4_294_967_296, words[3]! / 4_294_967_296);
    else out[i] = isNumber ? table[donor]! : donor;
  }
  return out;
}

/** The drawn donor of a leaf, or the first after it (the first one follows the last) that may still be used; counts the use. */
function nextFree(
  used: Float64Array,
  most: number,
  drawn: number,
  start: number,
  size: number,
  column: ColumnModel,
  row: number,
): number {
  for (let step = 0; step < size; step++) {
    const at = start + ((drawn - start + step) % size);
    if (used[at]! >= most) continue;
    used[at]!++;
    return at;
  }
  throw new SynthproofError(
    'NO_CAPACITY',
    `maxDonorReuse: the ${size} training rows of a leaf of column "${column.name}" were each drawn ${most} times before row ${row}; raise maxDonorReuse, or draw fewer rows`,
    { argument: 'maxDonorReuse', column: column.name, row },
  );
}

/** What stands for a missing cell among a column's predictors. */
export function missingCode(column: ColumnShape): number {
  if (isNumericKind(column.kind)) return Number.NaN;
  return column.kind === 'boolean' ? 2 : column.labels.length;
}
