import { SynthproofError } from '../../errors.ts';
import { log } from '../../math/log.ts';
import { checkShare } from '../../stats/internal-options.ts';
import { requireSameScorer, requireScores } from '../internal-profiles.ts';
import type { ValueProfile } from '../profile-values.ts';

/** Options of {@link inferRegime}. */
export interface RegimeOptions {
  /** How sure a verdict must be, from 0.5 to below 1: the odds asked for are level / (1 - level). Default 0.95. */
  readonly level?: number | undefined;
}

/** What a line of generations was trained on, as far as its means tell. */
export interface TrainingRegime {
  /** `replace`: on the generation before alone; `accumulate`: on all before it; `undecided`. */
  readonly verdict: 'replace' | 'accumulate' | 'undecided';
  /** Log-likelihood of `replace` minus that of `accumulate`, natural log; above 0 speaks for `replace`. */
  readonly logRatio: number;
  /** Generations that can tell: from the third on. */
  readonly generations: number;
  /** Values that count, those that hang together counted less. */
  readonly effectiveValues: number;
}

/**
 * Tells whether a line of generations was trained on its parent alone (replace: errors pile up) or on everything before it
 * (accumulate: errors stay bounded), from the means of its values.
 *
 * A generation's expected mean is its parent's under `replace`, and the mean of all items before it under `accumulate`;
 * each generation's distance from the two, in standard errors, adds to a normal log-likelihood ratio. Values that
 * correlate in the origin are counted down by (sum of eigenvalues)^2 / sum of squares of their correlation matrix. A
 * generator that pushes its values in one direction weakens the signs; so do less than about 50 items per generation.
 *
 * @param profiles - Profiles with scores, the origin first, each generation made from the one before.
 * @param options - See {@link RegimeOptions}.
 * @returns See {@link TrainingRegime}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` below three profiles, `BAD_VALUE` without scores, `SPEC_MISMATCH`, `OUT_OF_RANGE`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const at = (mean) => profileValues(Array.from({ length: 100 }, (_, i) => [mean + (i % 2)]), scorer);
 * inferRegime([0, 0.3, 0.6, 0.9, 1.2].map(at)).verdict; // => 'replace'
 * inferRegime([0, 0.1, 0.05, 0.05, 0.05].map(at)).verdict; // => 'undecided'
 */
export function inferRegime(profiles: readonly ValueProfile[], options: RegimeOptions = {}): TrainingRegime {
  const { level = 0.95 } = options;
  checkShare('level', level);
  if (profiles.length < 3)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `profiles: expected at least three generations, received ${profiles.length}`,
      {
        argument: 'profiles',
      },
    );
  const first = profiles[0]!;
  for (const profile of profiles) requireSameScorer(first, 'profiles', profile);
  let total = 0;
  let used = 0;
  for (let v = 0; v < first.values.length; v++) {
    const own = first.values[v]!;
    if (own.mean === null) continue;
    let sum = own.mean * own.n;
    let count = own.n;
    let before = own.mean;
    let spread = own.sd ?? 0;
    let any = false;
    for (let t = 1; t < profiles.length; t++) {
      const { mean, n, sd } = profiles[t]!.values[v]!;
      if (mean === null) continue;
      if (t > 1 && spread > 0) {
        const toParent = (mean - before) / spread;
        const toAll = (mean - sum / count) / spread;
        total += (n / 2) * (toAll * toAll - toParent * toParent);
        any = true;
      }
      sum += mean * n;
      count += n;
      before = mean;
      spread = sd ?? 0;
    }
    if (any) used++;
  }
  const effectiveValues = used === 0 ? 0 : used * independentShare(first);
  const logRatio = used === 0 ? 0 : total * (effectiveValues / used);
  const needed = log(Math.max(level, 0.5) / (1 - Math.max(level, 0.5)));
  return {
    verdict:
      logRatio >= needed && logRatio > 0 ? 'replace' : logRatio <= -needed && logRatio < 0 ? 'accumulate' : 'undecided',
    logRatio,
    generations: profiles.length - 2,
    effectiveValues,
  };
}

/** V over the sum of squared correlations of the V values: 1 when none hang together, 1 / V when all are one. */
function independentShare(profile: ValueProfile): number {
  const { columns } = requireScores('profiles', profile);
  const scaled: Float64Array[] = [];
  for (let v = 0; v < columns.length; v++) {
    const { mean, sd } = profile.values[v]!;
    // A missing score stands at the mean: it says nothing about the correlation.
    if (mean !== null && sd !== null && sd > 0)
      scaled.push(columns[v]!.map((x) => (x - x === 0 ? (x - mean) / sd : 0)));
  }
  let squares = 0;
  for (let a = 0; a < scaled.length; a++)
    for (let b = 0; b < a; b++) {
      let product = 0;
      let sizeA = 0;
      let sizeB = 0;
      for (let i = 0; i < scaled[a]!.length; i++) {
        product += scaled[a]![i]! * scaled[b]![i]!;
        sizeA += scaled[a]![i]! * scaled[a]![i]!;
        sizeB += scaled[b]![i]! * scaled[b]![i]!;
      }
      squares += (2 * ((product * product) / sizeA)) / sizeB;
    }
  return scaled.length === 0 ? 1 : scaled.length / (scaled.length + squares);
}
