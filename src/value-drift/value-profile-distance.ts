import { SynthproofError } from '../errors.ts';
import { LN2 } from '../math/constants.ts';
import { log } from '../math/log.ts';
import { sum } from '../math/sum.ts';

/** Distances between two value profiles read as shares. */
export interface ValueProfileDistance {
  /** Jensen-Shannon distance in bits to the power 1/2, 0 (same) to 1 (disjoint). */
  readonly jsDistanceBits: number;
  /** 1 - `jsDistanceBits`: the similarity of GlobalOpinionQA (Durmus et al. 2023). */
  readonly jsSimilarity: number;
  /** Total variation, 0 to 1. */
  readonly tv: number;
  /** Cosine similarity, 0 to 1. */
  readonly cosine: number;
  /** Aitchison distance: Euclidean between centred log-ratios; null when a share is 0 (`reason`). */
  readonly aitchison: number | null;
  /** `zero-share` when the Aitchison distance does not exist. */
  readonly reason?: string | undefined;
}

/**
 * How far two distributions of values lie apart: the shares that each value has in two data sets, or the answers of two
 * populations.
 *
 * @param p - Non-negative weights, one per value, with a total above 0; divided by their total.
 * @param q - Weights of the same values.
 * @returns The distances; all are unitless and symmetric.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`; `EMPTY_INPUT` for a total of 0; `OUT_OF_RANGE` for a negative or
 * non-finite weight.
 * @example
 * valueProfileDistance([1, 0], [0, 1]).jsDistanceBits; // => 1
 * valueProfileDistance([1, 3], [2, 6]).aitchison; // => 0
 */
export function valueProfileDistance(p: ArrayLike<number>, q: ArrayLike<number>): ValueProfileDistance {
  if (p.length !== q.length)
    throw new SynthproofError('LENGTH_MISMATCH', `q: expected ${p.length} weights, received ${q.length}`, {
      argument: 'q',
    });
  const a = shares('p', p);
  const b = shares('q', q);
  const n = a.length;
  const divergence = new Float64Array(n);
  const apart = new Float64Array(n);
  const dot = new Float64Array(n);
  const aa = new Float64Array(n);
  const bb = new Float64Array(n);
  let zero = false;
  for (let i = 0; i < n; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === 0 || y === 0) zero = true;
    const middle = (x + y) / 2;
    divergence[i] = (x === 0 ? 0 : x * log(x / middle)) + (y === 0 ? 0 : y * log(y / middle));
    apart[i] = Math.abs(x - y);
    dot[i] = x * y;
    aa[i] = x * x;
    bb[i] = y * y;
  }
  // Half the sum of both divergences, from nats to bits.
  const js = Math.sqrt(Math.min(1, Math.max(0, sum(divergence) / 2 / LN2)));
  const distances = {
    jsDistanceBits: js,
    jsSimilarity: 1 - js,
    tv: Math.min(1, sum(apart) / 2),
    cosine: Math.min(1, sum(dot) / (Math.sqrt(sum(aa)) * Math.sqrt(sum(bb)))),
  };
  if (zero) return { ...distances, aitchison: null, reason: 'zero-share' };
  return { ...distances, aitchison: aitchison(a, b) };
}

function shares(argument: string, weights: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(weights);
  let largest = 0;
  for (let i = 0; i < out.length; i++) {
    const w = out[i]!;
    if (!(w >= 0 && w < Infinity))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `${argument}[${i}]: expected a finite weight from 0, received ${String(w)}`,
        { argument },
      );
    if (w > largest) largest = w;
  }
  if (largest === 0)
    throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one weight above 0, received none`, {
      argument,
    });
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / largest;
  const total = sum(out);
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / total;
  return out;
}

/** Logs of ratios p/q, less their mean: the difference of both centred log-ratios. */
function aitchison(a: Float64Array, b: Float64Array): number {
  const ratios = a.map((x, i) => log(x) - log(b[i]!));
  const mean = sum(ratios) / ratios.length;
  return Math.sqrt(sum(ratios.map((r) => (r - mean) * (r - mean))));
}
