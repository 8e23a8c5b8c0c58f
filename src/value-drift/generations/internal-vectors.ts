import { SynthproofError } from '../../errors.ts';
import { sum } from '../../math/sum.ts';

/** Vectors as one row-major block. */
export interface VectorBlock {
  /** Parts, row after row. */
  readonly data: Float64Array;
  /** Number of vectors. */
  readonly rows: number;
  /** Parts of a vector. */
  readonly width: number;
}

/** Checks vectors and lays them out: `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`. */
export function vectorBlock(
  argument: string,
  vectors: readonly ArrayLike<number>[],
  least: number,
  width: number = vectors[0]?.length ?? 0,
): VectorBlock {
  const rows = vectors.length;
  if (rows < least || width === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `${argument}: expected at least ${least} vectors with a part each, received ${rows} of ${width} parts`,
      { argument },
    );
  const data = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const vector = vectors[i]!;
    if (vector.length !== width)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `${argument}[${i}]: expected ${width} parts, received ${vector.length}`,
        { argument, row: i },
      );
    for (let k = 0; k < width; k++) {
      const x = vector[k]!;
      // Up to 1e150 in size, so that squares stay finite.
      if (!(Math.abs(x) <= 1e150))
        throw new SynthproofError(
          'BAD_NUMBER',
          `${argument}[${i}][${k}]: expected a finite number up to 1e150 in size, received ${String(x)}`,
          { argument, row: i },
        );
      data[i * width + k] = x;
    }
  }
  return { data, rows, width };
}

/** Mean vector and sample covariance (divisor n - 1), row by row. */
export function meanAndCovariance({ data, rows, width }: VectorBlock): {
  mean: Float64Array;
  covariance: Float64Array;
} {
  const column = new Float64Array(rows);
  const centred = new Float64Array(data.length);
  const mean = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    for (let i = 0; i < rows; i++) column[i] = data[i * width + k]!;
    mean[k] = sum(column) / rows;
    for (let i = 0; i < rows; i++) centred[k * rows + i] = column[i]! - mean[k]!;
  }
  const covariance = new Float64Array(width * width);
  for (let a = 0; a < width; a++)
    for (let b = 0; b <= a; b++) {
      let total = 0;
      for (let i = 0; i < rows; i++) total += centred[a * rows + i]! * centred[b * rows + i]!;
      covariance[a * width + b] = total / (rows - 1);
      covariance[b * width + a] = total / (rows - 1);
    }
  return { mean, covariance };
}
