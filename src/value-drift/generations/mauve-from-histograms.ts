import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { checkPositive, checkWhole } from '../../stats/internal-options.ts';

/** Options of {@link mauveFromHistograms}. */
export interface MauveOptions {
  /** How fast a divergence lowers the score, above 0. Default 5. */
  readonly scaling?: number | undefined;
  /** Mixtures on the frontier, evenly from 1e-6 to 1 - 1e-6; from 2. Default 25. */
  readonly points?: number | undefined;
}

/** Result of {@link mauveFromHistograms}. */
export interface MauveResult {
  /** Area under the divergence frontier, 0 to 1; 1 = the same distribution. */
  readonly mauve: number;
  /** The same with half a count added to each bin, which is steadier for few items. */
  readonly mauveStar: number;
  /** Frontier integral, 0 to 1; 0 = the same distribution. Without `scaling` or `points`. */
  readonly frontierIntegral: number;
}

/**
 * MAUVE of two histograms over the same bins, for example of clusters of embeddings: how much of each distribution the
 * other one covers, both kinds of error traded off.
 *
 * For mixtures r = w p + (1 - w) q the points (exp(-s KL(q|r)), exp(-s KL(p|r))), joined with (1, 0) and (0, 1); the score
 * is the area below. The bins decide: cut both data sets into the same clusters, made on both together, and say how.
 * Sources: Pillutla et al. 2021, section 2; Liu et al. 2021 for the integral; Pillutla et al. 2023 for the smoothing.
 *
 * @param p - Counts of one data set, from 0, one per bin.
 * @param q - Counts of the other, in the same order of bins.
 * @param options - See {@link MauveOptions}.
 * @returns See {@link MauveResult}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `EMPTY_INPUT` when a side has no count, `OUT_OF_RANGE`.
 * @example
 * mauveFromHistograms([5, 5], [5, 5]); // => { mauve: 1, mauveStar: 1, frontierIntegral: 0 }
 * mauveFromHistograms([9, 0], [0, 9]).frontierIntegral; // => 1
 */
export function mauveFromHistograms(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options: MauveOptions = {},
): MauveResult {
  const { scaling = 5, points = 25 } = options;
  checkPositive('scaling', scaling);
  checkWhole('points', points, 2, 100_000);
  if (p.length !== q.length)
    throw new SynthproofError('LENGTH_MISMATCH', `q: expected ${p.length} bins as in p, received ${q.length}`, {
      argument: 'q',
    });
  const shareP = shares('p', p, 0);
  const shareQ = shares('q', q, 0);
  return {
    mauve: area(shareP, shareQ, scaling, points),
    mauveStar: area(shares('p', p, 0.5), shares('q', q, 0.5), scaling, points),
    frontierIntegral: frontierIntegral(shareP, shareQ),
  };
}

function shares(argument: string, counts: ArrayLike<number>, added: number): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i]! >= 0 && counts[i]! <= 1e150))
      throw new SynthproofError(
        'BAD_NUMBER',
        `${argument}[${i}]: expected a count from 0, received ${String(counts[i])}`,
        {
          argument,
          row: i,
        },
      );
    total += counts[i]! + added;
  }
  if (!(total > added * counts.length))
    throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one count above 0, received none`, {
      argument,
    });
  return Float64Array.from({ length: counts.length }, (_, i) => (counts[i]! + added) / total);
}

/** Mean of the areas under the frontier seen from either axis. */
function area(p: Float64Array, q: Float64Array, scaling: number, points: number): number {
  // By rising weight of p the first part rises and the second falls; the ends stand for infinite divergences.
  const x = new Float64Array(points + 2);
  const y = new Float64Array(points + 2);
  y[0] = 0;
  const mixture = new Float64Array(p.length);
  for (let i = 0; i < points; i++) {
    const weight = 1e-6 + ((1 - 2e-6) * i) / (points - 1);
    for (let k = 0; k < p.length; k++) mixture[k] = weight * p[k]! + (1 - weight) * q[k]!;
    x[i + 1] = exp(-scaling * divergence(q, mixture));
    y[i + 1] = exp(-scaling * divergence(p, mixture));
  }
  x[0] = 1;
  y[points + 1] = 1;
  let overX = 0;
  let overY = 0;
  for (let i = 1; i < x.length; i++) {
    overX += ((x[i - 1]! - x[i]!) * (y[i]! + y[i - 1]!)) / 2;
    overY += ((y[i]! - y[i - 1]!) * (x[i]! + x[i - 1]!)) / 2;
  }
  return Math.min(1, Math.max(0, (overX + overY) / 2));
}

/** Kullback-Leibler divergence in nats; 0 or more. */
function divergence(p: Float64Array, r: Float64Array): number {
  let total = 0;
  for (let k = 0; k < p.length; k++) if (p[k]! > 0) total += p[k]! * log(p[k]! / r[k]!);
  return Math.max(0, total);
}

/** Twice the integral over all mixtures of the mixed divergences, in closed form per bin. */
function frontierIntegral(p: Float64Array, q: Float64Array): number {
  let total = 0;
  for (let k = 0; k < p.length; k++) {
    const a = p[k]!;
    const b = q[k]!;
    if (a === b) continue;
    if (a === 0 || b === 0) {
      total += (a + b) / 2;
      continue;
    }
    // Near-equal shares would cancel; there the bin adds (a - b)^2 / (3 (a + b)) to leading order.
    const gap = a - b;
    total +=
      Math.abs(gap) < 1e-4 * (a + b) ? (gap * gap) / (3 * (a + b)) : (a + b) / 2 - (a * b * log1p(gap / b)) / gap;
  }
  return Math.min(1, Math.max(0, total));
}
