import { exp } from '../../math/exp.ts';
import { gamma } from '../../random/gamma.ts';
import { normal } from '../../random/normal.ts';
import type { Rng } from '../../types.ts';

/** A schedule of training data: what is kept besides the newest synthetic items. */
export interface Schedule {
  /** `accumulate`: all items so far; `replace`: the real items alone. */
  readonly regime: 'accumulate' | 'replace';
  /** Real items kept in every training set. */
  readonly real: number;
  /** Real items there are; the origin that drift is measured from. */
  readonly pool: number;
  /** Synthetic items made per generation. */
  readonly synthetic: number;
  /** Generations. */
  readonly generations: number;
}

/** What a generator does to its training data beside sampling error. */
export interface Distortion {
  /** Variance of what it makes over that of its training data. */
  readonly keeps: number;
  /** Change of the mean, in standard deviations of the origin. */
  readonly shift: number;
}

/**
 * Expected variance of each generation over the origin's, and expected change of its mean, in closed form: the first two
 * moments of mean and variance go through each refit exactly, by the law of total variance.
 */
export function expectedPath(schedule: Schedule, { keeps, shift }: Distortion): { variance: number; mean: number }[] {
  const { regime, real, pool, synthetic, generations } = schedule;
  const subset = realPart(schedule);
  const out: { variance: number; mean: number }[] = [];
  // The training set of the model at hand: expected mean and squared mean, as seen from the kept real items, expected
  // variance (divisor N), items. The first model is trained on the whole pool.
  let mean = 0;
  let square = subset.meanSquare;
  let variance = 1;
  let items = pool;
  for (let t = 0; t < generations; t++) {
    const made = keeps * variance;
    out.push({ variance: made, mean: mean + shift });
    const kept = regime === 'accumulate' ? items : real;
    const total = kept + synthetic;
    const part = synthetic / total;
    // Squared distance of the new items' mean from the kept items' mean.
    const apart =
      (regime === 'accumulate' ? shift * shift : square + 2 * shift * mean + shift * shift) + made / synthetic;
    const keptVariance = regime === 'accumulate' ? variance : subset.variance;
    variance = (kept * keptVariance + (synthetic - 1) * made) / total + part * (1 - part) * apart;
    if (regime === 'accumulate') {
      mean += part * shift;
      items = total;
    } else {
      square = part * part * (square + 2 * shift * mean + shift * shift + made / synthetic);
      mean = part * (mean + shift);
    }
  }
  return out;
}

/**
 * One chain in sufficient statistics: mean and variance of each generation's items, drawn as normal and chi-square, which
 * is exact for normal values. Fills one entry per generation.
 */
export function fillChain(
  means: Float64Array,
  variances: Float64Array,
  schedule: Schedule,
  { keeps, shift }: Distortion,
  rng: Rng,
): void {
  const { regime, real, pool, synthetic, generations } = schedule;
  const expected = realPart(schedule);
  const left = Math.max(0, 1 - real / pool);
  const realMean = normal(rng) * Math.sqrt(expected.meanSquare);
  const realVariance =
    real > 1 ? expected.variance * Math.max(0, 1 + (chiSquare(rng, real - 1) / (real - 1) - 1) * Math.sqrt(left)) : 0;
  // The first model is trained on the whole pool.
  let mean = 0;
  let variance = 1;
  let items = pool;
  for (let t = 0; t < generations; t++) {
    const made = keeps * variance;
    const centre = mean + shift;
    const newMean = centre + normal(rng) * Math.sqrt(made / synthetic);
    const newSquares = synthetic > 1 ? made * chiSquare(rng, synthetic - 1) : 0;
    means[t] = newMean;
    variances[t] = synthetic > 1 ? newSquares / (synthetic - 1) : 0;
    const kept = regime === 'accumulate' ? items : real;
    const keptMean = regime === 'accumulate' ? mean : realMean;
    const keptVariance = regime === 'accumulate' ? variance : realVariance;
    const total = kept + synthetic;
    const part = synthetic / total;
    const gap = newMean - keptMean;
    variance = (kept * keptVariance + newSquares) / total + part * (1 - part) * gap * gap;
    mean = keptMean + part * gap;
    if (regime === 'accumulate') items = total;
  }
}

/**
 * Kept real items as a sample without replacement from the pool: expected squared mean and variance (divisor n) in terms of
 * the pool's mean 0 and variance 1.
 */
function realPart({ real, pool }: Schedule): { meanSquare: number; variance: number } {
  if (real === 0) return { meanSquare: 0, variance: 0 };
  const spread = pool / (pool - 1);
  return { meanSquare: (spread * (1 - real / pool)) / real, variance: (spread * (real - 1)) / real };
}

/** A distortion drawn from its estimate: the kept variance on the log scale, so that it stays above 0. */
export function drawDistortion(
  keeps: { readonly value: number; readonly se: number },
  shift: { readonly value: number; readonly se: number },
  rng: Rng,
): Distortion {
  return {
    keeps: keeps.value * exp((keeps.se / keeps.value) * normal(rng)),
    shift: shift.value + shift.se * normal(rng),
  };
}

function chiSquare(rng: Rng, df: number): number {
  return gamma(rng, df / 2, 2);
}
