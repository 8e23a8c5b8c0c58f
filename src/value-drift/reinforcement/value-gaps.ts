import { SynthproofError } from '../../errors.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import type { Interval } from '../../types.ts';
import type { TargetRange, ValueProfile } from '../profile-values.ts';
import type { WantedMeans } from './reinforcement-types.ts';

/** Options of {@link valueGaps}. */
export interface ValueGapsOptions {
  /** Wanted means by value id. Default: the spec's targets. */
  readonly targets?: WantedMeans | undefined;
  /** Importance by value id, from 0. Default 1 each. */
  readonly weights?: WantedMeans | undefined;
  /** Gaps up to this many standard deviations count as met. Default 0.05. */
  readonly tolerance?: number | undefined;
  /** Power for `needed`. Default 0.8. */
  readonly power?: number | undefined;
}

/** How far one value is from its target. */
export interface ValueGap {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** Items with a score. */
  readonly n: number;
  /** Mean score; null without scores. */
  readonly mean: number | null;
  /** Interval of the mean. */
  readonly interval?: Interval | undefined;
  /** Where the mean should lie; null without a target. */
  readonly target: TargetRange | null;
  /** Way to the target, in score units: above 0 = the mean must rise; 0 inside the target. Null without target or mean. */
  readonly gap: number | null;
  /** The gap in standard deviations; null when there are none. */
  readonly gapInSd: number | null;
  /**
   * `met`: within the tolerance. `short` or `over`: below or above, and the interval excludes the target. `unclear`:
   * off the target, but the interval reaches it. `free`: no target. `no-scores`.
   */
  readonly status: 'met' | 'short' | 'over' | 'unclear' | 'free' | 'no-scores';
  /** Items on which a gap of this size is shown at .05 with the stated power; null when there is no gap. */
  readonly needed: number | null;
  /** Importance times the size of the gap in standard deviations; 0 when met or free. */
  readonly priority: number;
}

/**
 * Gap analysis: how far the mean of each value is from its target, whether that is shown by the data, how many items
 * would show it, and what to mend first.
 *
 * @param profile - The profile of the data; its scores are not needed.
 * @param options - See {@link ValueGapsOptions}.
 * @returns One entry per value, highest priority first, ties in the order of the spec.
 * @throws {@link SynthproofError} `BAD_VALUE` for a target of an unknown value; `OUT_OF_RANGE`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind', 'Honest'] }));
 * const gaps = valueGaps(profileValues([[1, 2], [3, 2], [2, 2]], scorer), { targets: { p1: 5 } });
 * gaps[0].gap; // => 3
 * gaps.map((gap) => gap.status); // => ['short', 'free']
 */
export function valueGaps(profile: ValueProfile, options: ValueGapsOptions = {}): ValueGap[] {
  const { targets, weights, tolerance = 0.05, power = 0.8 } = options;
  checkShare('power', power);
  checkRange('tolerance', tolerance, 0);
  for (const [argument, list] of [
    ['targets', targets],
    ['weights', weights],
  ] as const)
    for (const [id, x] of Object.entries(list ?? {})) {
      if (!profile.values.some((value) => value.id === id))
        throw new SynthproofError(
          'BAD_VALUE',
          `${argument}: expected ids of the spec (${profile.values.map((value) => value.id).join(', ')}), received ${JSON.stringify(id)}`,
          { argument },
        );
      if (!Number.isFinite(x) || (argument === 'weights' && x < 0))
        throw new SynthproofError(
          'OUT_OF_RANGE',
          `${argument}.${id}: expected a finite number${argument === 'weights' ? ' from 0' : ''}, received ${String(x)}`,
          {
            argument,
          },
        );
    }
  // Items for a two-sided z test of a mean at .05.
  const reach = normalQuantile(0.975) + normalQuantile(power);
  const gaps = profile.values.map(({ id, label, n, mean, sd, interval }, v): ValueGap => {
    const base = { id, label, n, mean, ...(interval === undefined ? {} : { interval }) };
    const target =
      targets === undefined
        ? (profile.targets[v] ?? null)
        : Object.hasOwn(targets, id)
          ? { lower: targets[id]!, upper: targets[id]! }
          : null;
    if (target === null || mean === null)
      return {
        ...base,
        target,
        gap: null,
        gapInSd: null,
        status: target === null ? 'free' : 'no-scores',
        needed: null,
        priority: 0,
      };
    const gap =
      target.lower !== null && mean < target.lower
        ? target.lower - mean
        : target.upper !== null && mean > target.upper
          ? target.upper - mean
          : 0;
    const gapInSd = sd === null || sd === 0 ? null : gap / sd;
    const met = gap === 0 || (gapInSd !== null && Math.abs(gapInSd) <= tolerance);
    const excluded =
      interval !== undefined &&
      (gap > 0 ? interval.upper < target.lower! : gap < 0 ? interval.lower > target.upper! : false);
    const importance = weights !== undefined && Object.hasOwn(weights, id) ? weights[id]! : 1;
    return {
      ...base,
      target,
      gap,
      gapInSd,
      status: met ? 'met' : !excluded ? 'unclear' : gap > 0 ? 'short' : 'over',
      needed: met || gapInSd === null ? null : Math.ceil((reach / gapInSd) * (reach / gapInSd)),
      priority: met ? 0 : importance * Math.abs(gapInSd ?? 1),
    };
  });
  return gaps
    .map((gap, v) => ({ gap, v }))
    .sort((a, b) => b.gap.priority - a.gap.priority || a.v - b.v)
    .map(({ gap }) => gap);
}
