import { checkWhole } from '../../stats/internal-options.ts';
import { type VectorBlock, vectorBlock } from './internal-vectors.ts';

/** Options of {@link prdc}. */
export interface PrdcOptions {
  /** A point's neighbourhood reaches to its neighbour of this rank within its own set, from 1. Default 5. */
  readonly neighbours?: number | undefined;
}

/** Result of {@link prdc}. */
export interface PrdcResult {
  /** Share of synthetic points in the neighbourhood of a real point, 0 to 1: are they plausible? */
  readonly precision: number;
  /** Share of real points in the neighbourhood of a synthetic point, 0 to 1: could the real ones have been made? */
  readonly recall: number;
  /** Real neighbourhoods that hold a synthetic point, per synthetic point and neighbour, 0 and up, about 1 for equal distributions. */
  readonly density: number;
  /** Share of real points whose neighbourhood holds a synthetic point, 0 to 1: are all modes there? Does not count outliers of the synthetic side. */
  readonly coverage: number;
}

/**
 * Precision, recall, density and coverage of synthetic vectors against real ones: plausibility and diversity apart.
 *
 * Larger is better. A neighbourhood is the open ball around a point up to its k-th neighbour in its own set, itself not
 * counted. Euclidean distances: scale the parts first. Time grows with the square of the points, memory does not.
 * Source: Naeem et al. 2020, sections 3 and 4.
 *
 * @param real - Vectors of one length; more than `neighbours`.
 * @param synthetic - Vectors of the same length; more than `neighbours`.
 * @param options - See {@link PrdcOptions}.
 * @returns See {@link PrdcResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE`.
 * @example
 * const points = [[0], [1], [3], [7]];
 * prdc(points, points, { neighbours: 1 }); // => { precision: 1, recall: 1, density: 1, coverage: 1 }
 */
export function prdc(
  real: readonly ArrayLike<number>[],
  synthetic: readonly ArrayLike<number>[],
  options: PrdcOptions = {},
): PrdcResult {
  const { neighbours = 5 } = options;
  checkWhole('neighbours', neighbours, 1);
  const a = vectorBlock('real', real, neighbours + 1);
  const b = vectorBlock('synthetic', synthetic, neighbours + 1, a.width);
  const reach = reaches(a, neighbours);
  const reachSynthetic = reaches(b, neighbours);
  let plausible = 0;
  let holding = 0;
  const covered = new Uint8Array(a.rows);
  const recalled = new Uint8Array(a.rows);
  for (let j = 0; j < b.rows; j++) {
    let inside = 0;
    for (let i = 0; i < a.rows; i++) {
      const d = squared(a, i, b, j);
      if (d < reach[i]!) {
        inside++;
        covered[i] = 1;
      }
      if (d < reachSynthetic[j]!) recalled[i] = 1;
    }
    if (inside > 0) plausible++;
    holding += inside;
  }
  let coveredCount = 0;
  let recalledCount = 0;
  for (let i = 0; i < a.rows; i++) {
    coveredCount += covered[i]!;
    recalledCount += recalled[i]!;
  }
  return {
    precision: plausible / b.rows,
    recall: recalledCount / a.rows,
    density: holding / (neighbours * b.rows),
    coverage: coveredCount / a.rows,
  };
}

/** Squared distance of each point to its k-th neighbour in the same set. */
function reaches(block: VectorBlock, k: number): Float64Array {
  const out = new Float64Array(block.rows);
  const nearest = new Float64Array(k);
  for (let i = 0; i < block.rows; i++) {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < block.rows; j++) {
      if (j === i) continue;
      const d = squared(block, i, block, j);
      if (d >= nearest[k - 1]!) continue;
      let place = k - 1;
      while (place > 0 && nearest[place - 1]! > d) {
        nearest[place] = nearest[place - 1]!;
        place--;
      }
      nearest[place] = d;
    }
    out[i] = nearest[k - 1]!;
  }
  return out;
}

function squared(a: VectorBlock, i: number, b: VectorBlock, j: number): number {
  const { width } = a;
  let total = 0;
  for (let k = 0; k < width; k++) {
    const d = a.data[i * width + k]! - b.data[j * width + k]!;
    total += d * d;
  }
  return total;
}
