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
export function fillSquaredDistances(out: Float64Array, points: PointBlock, i: number): void {
  const { data, width } = points;
  const at = i * width;
  let j = 0;
  // Four points at a time: four sums that do not wait for each other, each in the same order as alone.
  for (; j + 3 < i; j += 4) {
    const b = j * width;
    const c = b + width;
    const d = c + width;
    const e = d + width;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    let sumE = 0;
    for (let k = 0; k < width; k++) {
      const x = data[at + k]!;
      const toB = x - data[b + k]!;
      const toC = x - data[c + k]!;
      const toD = x - data[d + k]!;
      const toE = x - data[e + k]!;
      sumB += toB * toB;
      sumC += toC * toC;
      sumD += toD * toD;
      sumE += toE * toE;
    }
    out[j] = sumB;
    out[j + 1] = sumC;
    out[j + 2] = sumD;
    out[j + 3] = sumE;
  }
  for (; j < i; j++) out[j] = squaredDistance(points, i, j);
}

/** Squared Euclidean distance of two points. */
export function squaredDistance({ data, width }: PointBlock, i: number, j: number): number {
  const a = i * width;
  const b = j * width;
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const d = data[a + k]! - data[b + k]!;
    sum += d * d;
  }
  return sum;
}
