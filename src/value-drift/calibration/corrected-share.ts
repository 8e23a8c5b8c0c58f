import { SynthproofError } from '../../errors.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { checkShare } from '../../stats/internal-options.ts';
import type { Measure } from '../../types.ts';
import { roganGladen } from './rogan-gladen.ts';

/** Counts of a yes-or-no judge. */
export interface JudgeCounts {
  /** Items without a human label. */
  readonly items: number;
  /** How many of them the judge calls positive. */
  readonly positives: number;
  /** Items that people call positive. */
  readonly truePositives: number;
  /** How many of them the judge calls positive too. */
  readonly hits: number;
  /** Items that people call negative. */
  readonly trueNegatives: number;
  /** How many of them the judge calls negative too. */
  readonly rejections: number;
}

/** Options of {@link correctedShare}. */
export interface CorrectedShareOptions {
  /** Coverage of the interval, default 0.95. */
  readonly level?: number | undefined;
}

/**
 * Share of positive items, corrected for a judge whose sensitivity and specificity were estimated on labelled items.
 *
 * The interval takes the uncertainty of all three rates into account: normal, about a point with small counts added.
 * Source: Lang and Reiczigel 2014.
 *
 * @param counts - See {@link JudgeCounts}.
 * @param options - See {@link CorrectedShareOptions}.
 * @returns A measure in [0, 1]; null with reason `no-better-than-chance` when estimated se + sp <= 1.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for counts that are no counts, or parts greater than their whole;
 * `EMPTY_INPUT` when one of the three wholes is 0.
 * @example
 * const counts = { items: 1000, positives: 500, truePositives: 100, hits: 80, trueNegatives: 100, rejections: 70 };
 * correctedShare(counts).value; // => 0.4
 */
export function correctedShare(counts: JudgeCounts, options: CorrectedShareOptions = {}): Measure {
  const { level = 0.95 } = options;
  checkShare('level', level);
  const { items, positives, truePositives, hits, trueNegatives, rejections } = counts;
  checkPart('positives', positives, items);
  checkPart('hits', hits, truePositives);
  checkPart('rejections', rejections, trueNegatives);
  const value = roganGladen(positives / items, hits / truePositives, rejections / trueNegatives);
  const base = { metric: 'correctedShare', range: [0, 1], goal: 'none', n: items } as const;
  const z = normalQuantile(0.5 + level / 2);
  const n = items + z * z;
  const p = (positives + (z * z) / 2) / n;
  const se = (hits + 1) / (truePositives + 2);
  const sp = (rejections + 1) / (trueNegatives + 2);
  const skill = se + sp - 1;
  if (value === null || !(skill > 0)) return { ...base, value: null, reason: 'no-better-than-chance' };
  const middle = Math.min(1, Math.max(0, (p + sp - 1) / skill));
  const seVariance = (se * (1 - se)) / (truePositives + 2);
  const spVariance = (sp * (1 - sp)) / (trueNegatives + 2);
  // Second-order shift of Lang and Reiczigel: the correction divides by an estimated number.
  const shift = 2 * z * z * (middle * seVariance - (1 - middle) * spVariance);
  const reach =
    (z * Math.sqrt((p * (1 - p)) / n + middle * middle * seVariance + (1 - middle) * (1 - middle) * spVariance)) /
    skill;
  return {
    ...base,
    value,
    interval: {
      lower: Math.min(1, Math.max(0, middle + shift - reach)),
      upper: Math.min(1, Math.max(0, middle + shift + reach)),
      level,
      method: 'lang-reiczigel',
    },
  };
}

function checkPart(name: string, part: number, whole: number): void {
  if (whole === 0)
    throw new SynthproofError('EMPTY_INPUT', `counts: expected items for "${name}" to be a part of, received none`, {
      argument: 'counts',
    });
  if (!(Number.isSafeInteger(whole) && Number.isSafeInteger(part) && part >= 0 && part <= whole))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `counts.${name}: expected a count from 0 to ${String(whole)}, received ${String(part)}`,
      { argument: 'counts' },
    );
}
