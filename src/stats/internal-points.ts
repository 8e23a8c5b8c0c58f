import { SynthproofError } from '../errors.ts';
import { requireLength } from './internal-check.ts';

/** Points as one row-major block. */
export interface PointBlock {
  /** Coordinates, row after row. */
  readonly data: Float64Array;
  /** Number of points of the first sample; the second follows. */
  readonly first: number;
  /** Number of points in all. */
  readonly count: number;
  /** Coordinates of a point. */
  readonly width: number;
}

/** Both samples in one block: `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`. */
export function poolPoints(
  x: readonly ArrayLike<number>[],
  y: readonly ArrayLike<number>[],
  least: number,
): PointBlock {
  requireLength('x', x.length, least);
  requireLength('y', y.length, least);
  const width = x[0]!.length;
  const count = x.length + y.length;
  const data = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const [name, row] = i < x.length ? ['x', i] : ['y', i - x.length];
    const point = i < x.length ? x[i]! : y[i - x.length]!;
    if (point.length !== width) {
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `${name}[${row}]: expected ${width} coordinates as in x[0], received ${point.length}`,
        { argument: name as string, row: row as number },
      );
    }
    for (let k = 0; k < width; k++) {
      const value = point[k]!;
      if (value - value !== 0) {
        throw new SynthproofError(
          'BAD_NUMBER',
          `${name}[${row}]: expected finite coordinates, received ${value} at ${k}; leave such points out first`,
          { argument: name as string, row: row as number },
        );
      }
      data[i * width + k] = value;
    }
  }
  return { data, first: x.length, count, width };
}

/** Squared Euclidean distances from point i to the points before it, written to the front of `out`. */
export function fillSquaredDistances(out: Float64Array, { data, width }: PointBlock, i: number): void {
  const at = i * width;
  for (let j = 0; j < i; j++) {
    const other = j * width;
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const d = data[at + k]! - data[other + k]!;
      sum += d * d;
    }
    out[j] = sum;
  }
}
