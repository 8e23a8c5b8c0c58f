import { SynthproofError } from '../errors.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import { createRng } from '../random/create-rng.ts';
import { newcombeInterval } from '../stats/newcombe-interval.ts';
import type { Interval, JobOptions } from '../types.ts';
import { type Contrast, clusteredDesign, type Design, independentDesign, pairedDesign } from './internal-design.ts';
import { sampleDistances } from './internal-effects.ts';
import { finiteOrNull } from './internal-moments.ts';
import { flipTest, type ResamplingResult, splitTest } from './internal-resampling.ts';
import { sliceDrifts } from './internal-slices.ts';
import type { TargetRange, ValueProfile } from './profile-values.ts';

/** How the items of two profiles belong together. */
export type DriftDesign = 'independent' | 'paired' | 'clustered';

/** A verdict: drift was found, drift beyond the margin was ruled out, or the data do not say. */
export type DriftVerdict = 'drift' | 'no-drift' | 'inconclusive';

/** Options of {@link compareProfiles}. */
export interface CompareOptions extends JobOptions {
  /** Seed of the permutations; any text. Default `value-drift`. */
  readonly seed?: string | undefined;
  /** Random permutations, 99 to 1e6. Default 999. Up to 10,000 possible arrangements are all counted instead. */
  readonly permutations?: number | undefined;
  /** Confidence of the verdicts and intervals; 1 - level is the chance of a false `drift`. Default 0.95. */
  readonly level?: number | undefined;
  /** Largest change of a mean that does not matter. Default 0.2 in units of `marginUnit`. */
  readonly margin?: number | undefined;
  /** `sd`: in baseline standard deviations (default); `score`: in score units. */
  readonly marginUnit?: 'sd' | 'score' | undefined;
  /**
   * `paired`: the same ids on both sides, for example prompts answered before and after; several items of one id are
   * averaged. `clustered`: items of a cluster are alike and stay together. Default: `paired` when both profiles have
   * ids and share one, else `clustered` when one has clusters, else `independent`.
   */
  readonly design?: DriftDesign | undefined;
  /** Power that the detectable change is stated for. Default 0.8. */
  readonly power?: number | undefined;
}

/** One side of one value. */
export interface DriftSide {
  /** Scores used (pairs: ids). */
  readonly n: number;
  /** Mean; null when there is no score or it overflows. */
  readonly mean: number | null;
  /** Sample standard deviation; null below two scores. */
  readonly sd: number | null;
  /** Items without a score, infinite ones included. */
  readonly missing: number;
}

/** What happened to one value. */
export interface ValueDrift {
  /** Id of the value. */
  readonly id: string;
  /** Name shown to readers. */
  readonly label: string;
  /** The baseline. */
  readonly baseline: DriftSide;
  /** The current data. */
  readonly current: DriftSide;
  /** Change of the mean, current minus baseline, in score units. */
  readonly delta: number | null;
  /** The change in baseline standard deviations; null when they are 0. */
  readonly deltaInSd: number | null;
  /** Interval of the change on its own. */
  readonly interval?: Interval | undefined;
  /** Interval of the change that holds for all values together; from the permutations of the largest statistic. */
  readonly simultaneousInterval?: Interval | undefined;
  /** Hedges' g: the change in pooled standard deviations, corrected for small samples. */
  readonly hedgesG: number | null;
  /** Cliff's delta, -1 to 1: how much likelier a current score beats a baseline score than the reverse. */
  readonly cliffsDelta: number | null;
  /** Kolmogorov-Smirnov statistic, 0 to 1. */
  readonly ks: number | null;
  /** Wasserstein-1 distance, in score units. */
  readonly w1: number | null;
  /** Studentised change, signed: what the permutations compare. Null when it is not finite or not tested. */
  readonly statistic: number | null;
  /** Permutation p-value of this value alone. */
  readonly pValue: number;
  /** Step-down max-t p-value: holds for all values together. */
  readonly pAdjusted: number;
  /** The margin in score units; null when it cannot be computed. */
  readonly margin: number | null;
  /** Whether a change beyond the margin is ruled out (two one-sided tests at 1 - level). */
  readonly equivalent: boolean;
  /** Whether the whole interval lies beyond the margin. */
  readonly exceedsMargin: boolean;
  /** Change, in score units, that the test would find with the stated power. */
  readonly detectable: number | null;
  /** Against the spec's target: a drift towards it, away from it, or neither (also when there is no target or no drift). */
  readonly direction: 'toward' | 'away' | 'none';
  /** This value's verdict. */
  readonly verdict: DriftVerdict;
  /** Why the value was not tested: `too-few-scores` or `constant` (the same score everywhere on both sides). */
  readonly reason?: string | undefined;
}

/** One group's part in the drift of each value, in score units; null where it cannot be computed. */
export interface SliceDrift {
  /** Name of the group; null for items without one. */
  readonly group: string | null;
  /** Share of the baseline's items. */
  readonly shareBaseline: number;
  /** Share of the current items. */
  readonly shareCurrent: number;
  /** Per value: the part that comes from changed scores within the group. */
  readonly within: readonly (number | null)[];
  /** Per value: the part that comes from the group's changed share. */
  readonly between: readonly (number | null)[];
}

/** The outcome of a comparison. JSON-safe. */
export interface DriftReport {
  /** Hash of the value spec of both profiles. */
  readonly specHash: string;
  /** Name and version of the spec. */
  readonly spec: string;
  /** Unit of the scores; empty when the spec names none. */
  readonly unit: string;
  /** Scorer of both profiles. */
  readonly scorerId: string;
  /** How items belong together. */
  readonly design: DriftDesign;
  /** What was permuted: items, clusters or pairs on each side. */
  readonly units: { readonly baseline: number; readonly current: number };
  /** Confidence of verdicts and intervals. */
  readonly level: number;
  /** Margin as asked. */
  readonly margin: number;
  /** Its unit. */
  readonly marginUnit: 'sd' | 'score';
  /** Power behind `detectable`. */
  readonly power: number;
  /** The joint test of all values. */
  readonly global: {
    /** Largest studentised change among the values; null when it is infinite or nothing was tested. */
    readonly statistic: number | null;
    /** Its p-value. */
    readonly pValue: number;
    /** Statistic that reaches significance; null when no arrangement can. */
    readonly critical: number | null;
    /** `permutation` (random) or `exact` (all arrangements). */
    readonly method: 'permutation' | 'exact';
    /** Number of arrangements. */
    readonly arrangements: number;
    /** Seed of the random ones. */
    readonly seed: string;
  };
  /** One entry per value, in the order of the spec. */
  readonly values: readonly ValueDrift[];
  /** Parts of groups, when both profiles have groups; over all scored items, also those without a partner. */
  readonly slices?: readonly SliceDrift[] | undefined;
  /** The largest detectable change among the values, in baseline standard deviations. */
  readonly detectableInSd: number | null;
  /** `drift` when a value drifted, `no-drift` when a change beyond the margin is ruled out for every tested value. */
  readonly verdict: DriftVerdict;
  /** What the reader must know. */
  readonly warnings: readonly string[];
}

/**
 * Compares two profiles and gives a verdict for each value and for all together.
 *
 * Three claims are kept apart. Is there a change? The studentised change of each mean (Welch's, with each side's
 * variance drawn towards the pooled one as far as few or heavy-tailed scores leave it unknown) is compared with its
 * values under random relabelling (max-t, step-down: Westfall and Young 1993), so the chance of any false `drift` is at most
 * 1 - level whatever the scores look like and however the values hang together; p = (1 + as large) / (1 + draws), ties
 * counted. How large is it? Means with intervals, Hedges' g, Cliff's delta, Kolmogorov-Smirnov, Wasserstein-1. Does it
 * matter? A change beyond the margin is ruled out by two one-sided tests (Schuirmann 1987).
 *
 * A value's verdict is `no-drift` when a change beyond the margin is ruled out, even if a smaller one was detected; else
 * `drift` when its adjusted p is at most 1 - level; else `inconclusive`, and `detectable` says what this much data could
 * have shown. The overall verdict is `drift` when a value drifted, `no-drift` when all tested values are `no-drift`,
 * else `inconclusive`. Values that are constant and equal on both sides are left out of it.
 *
 * The relabelling test supposes that items (clusters, pairs) are exchangeable when nothing drifted; the intervals are
 * Student's and approximate for skewed scores of few items. A margin in standard deviations takes the baseline's as
 * known (the pooled one when it is 0).
 *
 * @param baseline - The profile to compare with, with scores.
 * @param current - The profile under test, made with the same spec and scorer.
 * @param options - See {@link CompareOptions}.
 * @returns A plain report; {@link valueDriftReport} turns it into words and a picture.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for different specs or scorers; `BAD_VALUE` for profiles without
 * scores; `OUT_OF_RANGE` and `BAD_OPTION` for bad options; `ABORTED`.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind', 'Honest'] });
 * const scorer = featureScorer(spec);
 * const before = profileValues(Array.from({ length: 60 }, (_, i) => [i % 7, i % 5]), scorer);
 * const after = profileValues(Array.from({ length: 60 }, (_, i) => [(i % 7) + 3, i % 5]), scorer);
 * const drift = compareProfiles(before, after, { seed: 'demo' });
 * drift.verdict; // => 'drift'
 * drift.values.map((value) => value.pAdjusted <= 0.05); // => [true, false]
 */
export function compareProfiles(
  baseline: ValueProfile,
  current: ValueProfile,
  options: CompareOptions = {},
): DriftReport {
  const {
    seed = 'value-drift',
    permutations = 999,
    level = 0.95,
    margin = 0.2,
    marginUnit = 'sd',
    power = 0.8,
  } = options;
  checkOptions(permutations, level, margin, marginUnit, power);
  checkMatch(baseline, current);
  const a = baseline.scores;
  const b = current.scores;
  if (a === undefined || b === undefined)
    throw new SynthproofError(
      'BAD_VALUE',
      'profiles: expected the scores of single items; make both profiles with keepScores',
      {
        argument: a === undefined ? 'baseline' : 'current',
      },
    );
  const name = options.design ?? chooseDesign(baseline, current);
  const design = build(name, baseline, current);
  const states = design.contrasts.map((contrast, v) => testability(design, contrast, v));
  const tested = states.map((state) => state === null);
  const rng = createRng(seed).stream('compareProfiles/1');
  const test =
    name === 'paired'
      ? flipTest(design.units, tested, permutations, rng, options)
      : splitTest(design.units, design.first, tested, permutations, rng, options);
  const alpha = 1 - level;
  const critical = tested.includes(true) ? criticalValue(test, alpha) : null;
  const values = design.contrasts.map((contrast, v) =>
    valueDrift(baseline, current, design, contrast, v, states[v]!, test, {
      alpha,
      level,
      margin,
      marginUnit,
      power,
      critical,
    }),
  );
  let top: number | null = null;
  let pValue = 1;
  for (let v = 0; v < values.length; v++) {
    if (!tested[v]) continue;
    top = Math.max(top ?? 0, test.observed[v]!);
    pValue = Math.min(pValue, test.adjusted[v]!);
  }
  const inSd = values.map((value) =>
    value.detectable === null || !value.baseline.sd ? null : value.detectable / value.baseline.sd,
  );
  const known = inSd.filter((x): x is number => x !== null && Number.isFinite(x));
  const slices =
    baseline.groups === undefined || current.groups === undefined
      ? undefined
      : sliceDrifts(baseline.groups, current.groups, values.length);
  return {
    specHash: baseline.specHash,
    spec: baseline.spec,
    unit: baseline.unit,
    scorerId: baseline.scorerId,
    design: name,
    units: { baseline: design.first, current: name === 'paired' ? design.first : design.units.units - design.first },
    level,
    margin,
    marginUnit,
    power,
    global: {
      statistic: top === null ? null : finiteOrNull(top),
      pValue,
      critical,
      method: test.exact ? 'exact' : 'permutation',
      arrangements: test.arrangements,
      seed,
    },
    values,
    ...(slices === undefined ? {} : { slices }),
    detectableInSd: known.length === 0 ? null : known.reduce((x, y) => Math.max(x, y)),
    verdict: overall(values),
    warnings: [...design.warnings, ...missingWarnings(baseline, current)],
  };
}

function checkOptions(permutations: number, level: number, margin: number, marginUnit: string, power: number): void {
  if (!Number.isSafeInteger(permutations) || permutations < 99 || permutations > 1_000_000)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `permutations: expected a whole number from 99 to 1e6, received ${String(permutations)}`,
      {
        argument: 'permutations',
      },
    );
  for (const [name, value] of [
    ['level', level],
    ['power', power],
  ] as const)
    if (!(value > 0 && value < 1))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `${name}: expected a number between 0 and 1, received ${String(value)}`,
        { argument: name },
      );
  if (!(margin > 0 && margin < Infinity))
    throw new SynthproofError('OUT_OF_RANGE', `margin: expected a finite number above 0, received ${String(margin)}`, {
      argument: 'margin',
    });
  if (marginUnit !== 'sd' && marginUnit !== 'score')
    throw new SynthproofError(
      'BAD_OPTION',
      `marginUnit: expected "sd" or "score", received ${JSON.stringify(marginUnit)}`,
      {
        argument: 'marginUnit',
      },
    );
}

function checkMatch(baseline: ValueProfile, current: ValueProfile): void {
  if (baseline.specHash !== current.specHash)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `profiles: expected one value spec, received "${baseline.spec}" (${baseline.specHash.slice(0, 12)}) and "${current.spec}" (${current.specHash.slice(0, 12)}); score both data sets against the same spec`,
      { argument: 'current' },
    );
  if (baseline.scorerId !== current.scorerId)
    throw new SynthproofError(
      'SPEC_MISMATCH',
      `profiles: expected one scorer, received "${baseline.scorerId}" and "${current.scorerId}"; score both data sets in the same way`,
      { argument: 'current' },
    );
}

function chooseDesign(baseline: ValueProfile, current: ValueProfile): DriftDesign {
  const a = baseline.scores;
  const b = current.scores;
  if (a?.ids !== undefined && b?.ids !== undefined) {
    const known = new Set(a.ids);
    if (b.ids.some((id) => known.has(id))) return 'paired';
  }
  return a?.clusters !== undefined || b?.clusters !== undefined ? 'clustered' : 'independent';
}

function build(name: DriftDesign, baseline: ValueProfile, current: ValueProfile): Design {
  const a = baseline.scores!;
  const b = current.scores!;
  if (name === 'independent') return independentDesign(a, b, baseline.n, current.n);
  if (name === 'paired') return pairedDesign(a, b);
  if (name !== 'clustered')
    throw new SynthproofError(
      'BAD_OPTION',
      `design: expected "independent", "paired" or "clustered", received ${JSON.stringify(name)}`,
      {
        argument: 'design',
      },
    );
  if (a.clusters === undefined && b.clusters === undefined)
    throw new SynthproofError('BAD_OPTION', 'design: "clustered" needs profiles made with clusters', {
      argument: 'design',
    });
  const known = new Set(a.clusters ?? []);
  const shared = new Set((b.clusters ?? []).filter((cluster) => known.has(cluster))).size;
  const warnings =
    shared === 0
      ? []
      : [
          `${shared} clusters occur on both sides and are taken as different ones, which is cautious; give them as ids for a paired comparison`,
        ];
  return clusteredDesign(a, b, a.clusters ?? null, b.clusters ?? null, baseline.n, current.n, warnings);
}

/** Null when the value can be tested, else the reason. */
function testability(design: Design, contrast: Contrast, v: number): string | null {
  const a = design.baseline[v]!;
  const b = design.current[v]!;
  if (Number.isNaN(contrast.se) || contrast.df <= 0) return 'too-few-scores';
  if (a.moments.sd === 0 && b.moments.sd === 0 && a.values[0] === b.values[0]) return 'constant';
  return null;
}

/** The statistic that at most a share alpha of arrangements reaches, the observed one counted among them. */
function criticalValue(test: ResamplingResult, alpha: number): number | null {
  const { maxima, arrangements, exact } = test;
  const total = exact ? arrangements : arrangements + 1;
  // A hair above, so that 0.95 * 1000 counts as 950.
  const place = Math.ceil((1 - alpha) * total - 1e-9) - 1;
  return place >= maxima.length ? null : finiteOrNull(maxima[place]!);
}

interface Settings {
  readonly alpha: number;
  readonly level: number;
  readonly margin: number;
  readonly marginUnit: 'sd' | 'score';
  readonly power: number;
  readonly critical: number | null;
}

function valueDrift(
  baseline: ValueProfile,
  current: ValueProfile,
  design: Design,
  contrast: Contrast,
  v: number,
  reason: string | null,
  test: ResamplingResult,
  settings: Settings,
): ValueDrift {
  const { alpha, level, critical } = settings;
  const { id, label } = baseline.values[v]!;
  const a = design.baseline[v]!;
  const b = design.current[v]!;
  const ma = a.moments;
  const mb = b.moments;
  const { se, df } = contrast;
  const both = ma.n > 0 && mb.n > 0;
  const delta = both ? finiteOrNull(contrast.delta) : null;
  const scale = Math.max(ma.scale, mb.scale);
  const spread = (part: typeof ma): number =>
    (part.n - 1) * part.scaledVariance * (part.scale / scale) * (part.scale / scale);
  const pooled = ma.n + mb.n < 3 || !both ? 0 : Math.sqrt((spread(ma) + spread(mb)) / (ma.n + mb.n - 2)) * scale;
  const distances = both ? sampleDistances(a.values, b.values) : null;
  const inSd = delta === null || ma.sd === 0 ? null : finiteOrNull(delta / ma.sd);
  const marginScore =
    settings.marginUnit === 'score' ? settings.margin : finiteOrNull(settings.margin * (ma.sd > 0 ? ma.sd : pooled));
  const tested = reason === null && delta !== null;
  const interval = tested ? around(delta, studentTQuantile(0.5 + level / 2, df) * se, level, design.method) : undefined;
  const inner = tested ? around(delta, studentTQuantile(1 - alpha, df) * se, level, 'tost') : undefined;
  const equivalent =
    inner !== undefined &&
    marginScore !== null &&
    marginScore > 0 &&
    inner.lower > -marginScore &&
    inner.upper < marginScore;
  const found = tested && test.adjusted[v]! <= alpha + 1e-12;
  const verdict: DriftVerdict = equivalent ? 'no-drift' : found ? 'drift' : 'inconclusive';
  const error = test.errors[v]!;
  const reach = critical === null ? null : critical * error;
  const simultaneous = tested && reach !== null ? around(delta, reach, level, 'max-t-permutation') : undefined;
  return {
    id,
    label,
    baseline: {
      n: ma.n,
      mean: ma.n === 0 ? null : finiteOrNull(ma.mean),
      sd: ma.n < 2 ? null : finiteOrNull(ma.sd),
      missing: lost(baseline, v),
    },
    current: {
      n: mb.n,
      mean: mb.n === 0 ? null : finiteOrNull(mb.mean),
      sd: mb.n < 2 ? null : finiteOrNull(mb.sd),
      missing: lost(current, v),
    },
    delta,
    deltaInSd: inSd,
    ...(interval === undefined ? {} : { interval }),
    ...(simultaneous === undefined ? {} : { simultaneousInterval: simultaneous }),
    hedgesG: delta === null || pooled === 0 ? null : finiteOrNull((delta / pooled) * (1 - 3 / (4 * (ma.n + mb.n) - 9))),
    cliffsDelta: distances === null ? null : distances.cliff,
    ks: distances === null ? null : distances.ks,
    w1: distances === null ? null : finiteOrNull(distances.w1),
    statistic: tested ? finiteOrNull(delta < 0 ? -test.observed[v]! : test.observed[v]!) : null,
    pValue: test.raw[v]!,
    pAdjusted: test.adjusted[v]!,
    margin: marginScore,
    equivalent,
    exceedsMargin:
      interval !== undefined && marginScore !== null && (interval.lower > marginScore || interval.upper < -marginScore),
    detectable: tested && reach !== null ? finiteOrNull(reach + normalQuantile(settings.power) * error) : null,
    direction: found ? directionOf(baseline.targets[v] ?? null, ma.mean, mb.mean) : 'none',
    verdict,
    ...(reason === null ? {} : { reason }),
  };
}

function lost(profile: ValueProfile, v: number): number {
  const { missing, invalid } = profile.values[v]!;
  return missing + invalid;
}

function around(centre: number, reach: number, level: number, name: string): Interval | undefined {
  const lower = centre - reach;
  const upper = centre + reach;
  return finiteOrNull(lower) === null || finiteOrNull(upper) === null
    ? undefined
    : { lower, upper, level, method: name };
}

/** How far a mean lies outside its target. */
function distance(target: TargetRange, mean: number): number {
  if (target.lower !== null && mean < target.lower) return target.lower - mean;
  if (target.upper !== null && mean > target.upper) return mean - target.upper;
  return 0;
}

function directionOf(target: TargetRange | null, before: number, after: number): 'toward' | 'away' | 'none' {
  if (target === null) return 'none';
  const x = distance(target, before);
  const y = distance(target, after);
  return y < x ? 'toward' : y > x ? 'away' : 'none';
}

function overall(values: readonly ValueDrift[]): DriftVerdict {
  if (values.some((value) => value.verdict === 'drift')) return 'drift';
  const compared = values.filter((value) => value.reason !== 'constant');
  return compared.length > 0 && compared.every((value) => value.verdict === 'no-drift') ? 'no-drift' : 'inconclusive';
}

/** A changed share of missing scores is a drift of its own kind, which the test of the means does not see. */
function missingWarnings(baseline: ValueProfile, current: ValueProfile): string[] {
  if (baseline.n === 0 || current.n === 0) return [];
  const changes = new Map<string, string[]>();
  for (let v = 0; v < baseline.values.length; v++) {
    const before = lost(baseline, v);
    const after = lost(current, v);
    const { lower, upper } = newcombeInterval(after, current.n, before, baseline.n, 0.99);
    if (lower <= 0 && upper >= 0) continue;
    const change = `from ${percent(before / baseline.n)} to ${percent(after / current.n)}`;
    const { label } = baseline.values[v]!;
    const labels = changes.get(change);
    if (labels === undefined) changes.set(change, [label]);
    else labels.push(label);
  }
  return [...changes].map(
    ([change, labels]) =>
      `${labels.length === baseline.values.length && labels.length > 1 ? 'all values' : labels.join(', ')}: the share of items without a score changed ${change}; means compare only items with a score`,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
