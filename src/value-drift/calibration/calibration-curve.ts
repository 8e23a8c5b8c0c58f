import { SynthproofError } from '../../errors.ts';
import { checkWhole } from '../../stats/internal-options.ts';
import { midRanks } from '../../stats/mid-ranks.ts';
import { checkNumbers, checkPaired } from './internal-check.ts';

/** Options of {@link calibrationCurve}. */
export interface CalibrationCurveOptions {
  /** Bins of equal width over [0, 1], default 10. */
  readonly bins?: number | undefined;
}

/** One bin of a {@link CalibrationCurve}. */
export interface CalibrationBin {
  /** Lower end; it belongs to the bin below, but for 0. */
  readonly from: number;
  /** Upper end, which belongs to the bin. */
  readonly to: number;
  /** Items in the bin. */
  readonly n: number;
  /** Their mean stated probability; null when there are none. */
  readonly stated: number | null;
  /** Their share of ones; null when there are none. */
  readonly observed: number | null;
}

/** Result of {@link calibrationCurve}. JSON-safe. */
export interface CalibrationCurve {
  /** Items. */
  readonly n: number;
  /** Brier score: mean (p - y)^2, 0 to 1, smaller is better. */
  readonly brier: number;
  /** Expected calibration error: mean |stated - observed| over the bins, by their items; 0 to 1, smaller is better. */
  readonly ece: number;
  /** Probability that a one has the higher p than a zero, ties by half; null when one of the two is missing. */
  readonly auc: number | null;
  /** The bins. */
  readonly bins: readonly CalibrationBin[];
  /** Rising line through the outcomes (isotonic regression): knots for {@link calibrate}. */
  readonly isotonic: readonly (readonly [stated: number, observed: number])[];
}

/**
 * How far a judge's probabilities can be believed, and the rising line that mends them.
 *
 * Source: Brier 1950; Guo et al. 2017 (ECE); Barlow et al. 1972 (pooling adjacent violators).
 *
 * @param probabilities - The judge's probabilities, 0 to 1.
 * @param outcomes - What people said, 0 or 1.
 * @param options - See {@link CalibrationCurveOptions}.
 * @returns See {@link CalibrationCurve}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT`, `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * const curve = calibrationCurve([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 1]);
 * [curve.brier < 0.0401, curve.auc]; // => [true, 1]
 */
export function calibrationCurve(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: CalibrationCurveOptions = {},
): CalibrationCurve {
  const { bins = 10 } = options;
  checkWhole('bins', bins, 1, 10_000);
  checkPaired('outcomes', probabilities, outcomes, 1);
  checkNumbers('probabilities', probabilities, 0, 1);
  const n = probabilities.length;
  const counts = new Float64Array(bins);
  const stated = new Float64Array(bins);
  const ones = new Float64Array(bins);
  let brier = 0;
  let positives = 0;
  for (let i = 0; i < n; i++) {
    const p = probabilities[i]!;
    const y = outcomes[i]!;
    if (y !== 0 && y !== 1)
      throw new SynthproofError('BAD_VALUE', `outcomes[${i}]: expected 0 or 1, received ${String(y)}`, {
        argument: 'outcomes',
        row: i,
      });
    const bin = Math.max(0, Math.ceil(p * bins) - 1);
    counts[bin]! += 1;
    stated[bin]! += p;
    ones[bin]! += y;
    brier += ((p - y) * (p - y)) / n;
    positives += y;
  }
  let ece = 0;
  const shown: CalibrationBin[] = [];
  for (let b = 0; b < bins; b++) {
    const count = counts[b]!;
    ece += Math.abs(stated[b]! - ones[b]!) / n;
    shown.push({
      from: b / bins,
      to: (b + 1) / bins,
      n: count,
      stated: count === 0 ? null : stated[b]! / count,
      observed: count === 0 ? null : ones[b]! / count,
    });
  }
  return {
    n,
    brier,
    ece,
    auc: aucOf(probabilities, outcomes, positives),
    bins: shown,
    isotonic: isotonicKnots(probabilities, outcomes),
  };
}

function aucOf(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>, positives: number): number | null {
  const n = probabilities.length;
  if (positives === 0 || positives === n) return null;
  const ranks = midRanks(Float64Array.from(probabilities));
  let total = 0;
  for (let i = 0; i < n; i++) if (outcomes[i] === 1) total += ranks[i]!;
  return (total - (positives * (positives + 1)) / 2) / (positives * (n - positives));
}

/** Pools adjacent violators; equal probabilities are one point. Both ends of each flat piece are kept. */
function isotonicKnots(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): [number, number][] {
  const order = Array.from(probabilities, (_, i) => i).sort((i, j) => probabilities[i]! - probabilities[j]!);
  // Blocks: first and last probability, weight, sum of outcomes.
  const blocks: { from: number; to: number; n: number; ones: number }[] = [];
  for (const i of order) {
    const p = probabilities[i]!;
    const last = blocks.at(-1);
    if (last !== undefined && last.from === p && last.to === p) {
      last.n++;
      last.ones += outcomes[i]!;
    } else blocks.push({ from: p, to: p, n: 1, ones: outcomes[i]! });
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push(block);
    while (pooled.length > 1) {
      const b = pooled[pooled.length - 1]!;
      const a = pooled[pooled.length - 2]!;
      if (a.ones * b.n < b.ones * a.n) break;
      pooled.splice(-2, 2, { from: a.from, to: b.to, n: a.n + b.n, ones: a.ones + b.ones });
    }
  }
  return pooled.flatMap(({ from, to, n, ones }): [number, number][] =>
    from === to
      ? [[from, ones / n]]
      : [
          [from, ones / n],
          [to, ones / n],
        ],
  );
}
