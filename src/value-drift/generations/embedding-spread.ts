import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { sum } from '../../math/sum.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { meanAndCovariance, type VectorBlock, vectorBlock } from './internal-vectors.ts';

/** Result of {@link embeddingSpread}. */
export interface EmbeddingSpread {
  /** Vectors. */
  readonly n: number;
  /** Mean of 1 - cosine over all pairs, 0 to 2; null when a vector is all zeros. */
  readonly meanPairwiseCosineDistance: number | null;
  /** Sum of the sample variances of all parts, in squared units of the vectors. */
  readonly totalVariance: number;
  /** Natural log of the determinant of the sample covariance; null when it is singular (always with n up to the number of parts). */
  readonly logDetCov: number | null;
  /** exp of the entropy of the covariance's eigenvalues brought to sum 1: directions in use, from 1; null when all vectors are equal. */
  readonly effectiveRank: number | null;
}

/**
 * How widely vectors (embeddings) are spread: four figures, each falling when a data set narrows.
 *
 * Covariances have the divisor n - 1. Effective rank: Roy and Vetterli 2007, of the covariance. Meant for up to some
 * hundred parts: the eigenvalues take time with the cube of their number.
 *
 * @param vectors - One vector per item, all of one length; at least two.
 * @returns See {@link EmbeddingSpread}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * const spread = embeddingSpread([[1, 0], [0, 1], [-1, 0], [0, -1]]);
 * spread.totalVariance; // => 4 / 3
 * spread.effectiveRank; // => 2
 */
export function embeddingSpread(vectors: readonly ArrayLike<number>[]): EmbeddingSpread {
  const block = vectorBlock('vectors', vectors, 2);
  const { covariance } = meanAndCovariance(block);
  const { values } = symmetricEigen(covariance);
  const { rows: n, width } = block;
  const total = sum(Float64Array.from({ length: width }, (_, k) => covariance[k * width + k]!));
  // What double precision cannot tell from zero is no direction in use.
  const floor = values[0]! * width * 2.3e-16;
  let logDet = 0;
  let entropy = 0;
  for (const value of values) {
    if (!(value > floor)) continue;
    logDet += log(value);
    entropy -= (value / total) * log(value / total);
  }
  const singular = n <= width || !(values[width - 1]! > floor);
  return {
    n,
    meanPairwiseCosineDistance: cosineDistance(block),
    totalVariance: total,
    logDetCov: singular ? null : logDet,
    effectiveRank: total > 0 ? Math.max(1, exp(entropy)) : null,
  };
}

/** From the sum of the unit vectors: its squared length counts each pair's cosine twice and each vector's own once. */
function cosineDistance({ data, rows, width }: VectorBlock): number | null {
  const total = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    let largest = 0;
    for (let k = 0; k < width; k++) largest = Math.max(largest, Math.abs(data[i * width + k]!));
    if (largest === 0) return null;
    let squares = 0;
    for (let k = 0; k < width; k++) squares += (data[i * width + k]! / largest) * (data[i * width + k]! / largest);
    const norm = largest * Math.sqrt(squares);
    for (let k = 0; k < width; k++) total[k]! += data[i * width + k]! / norm;
  }
  let squares = 0;
  for (let k = 0; k < width; k++) squares += total[k]! * total[k]!;
  return Math.min(2, Math.max(0, 1 - (squares - rows) / (rows * (rows - 1))));
}
