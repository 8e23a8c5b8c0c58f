import { normalQuantile } from '../math/normal-quantile.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import type { Interval } from '../types.ts';
import type { DriftVerdict, ValueDrift } from './drift-report.ts';
import type { Contrast, Design } from './internal-design.ts';
import { sampleDistances } from './internal-effects.ts';
import { finiteOrNull } from './internal-moments.ts';
import type { ResamplingResult } from './internal-resampling.ts';
import type { TargetRange, ValueProfile } from './profile-values.ts';

/** Null when the value can be tested, else the reason. */
export function testability(design: Design, contrast: Contrast, v: number): string | null {
  const a = design.baseline[v]!;
  const b = design.current[v]!;
  if (Number.isNaN(contrast.se) || contrast.df <= 0) return 'too-few-scores';
  if (a.moments.sd === 0 && b.moments.sd === 0 && a.values[0] === b.values[0]) return 'constant';
  return null;
}

/** The statistic that at most a share alpha of arrangements reaches, the observed one counted among them. */
export function criticalValue(test: ResamplingResult, alpha: number): number | null {
  const { maxima, arrangements, exact } = test;
  const total = exact ? arrangements : arrangements + 1;
  // A hair above, so that 0.95 * 1000 counts as 950.
  const place = Math.ceil((1 - alpha) * total - 1e-9) - 1;
  return place >= maxima.length ? null : finiteOrNull(maxima[place]!);
}

/** What the verdict on one value hangs on. */
export interface Settings {
  readonly alpha: number;
  readonly level: number;
  readonly margin: number;
  readonly marginUnit: 'sd' | 'score';
  readonly power: number;
  readonly critical: number | null;
}

/** Everything that is said about one value. */
export function valueDrift(
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

/** Items without a usable score. */
export function lost(profile: ValueProfile, v: number): number {
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
