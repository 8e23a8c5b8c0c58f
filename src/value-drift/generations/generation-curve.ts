import { SynthproofError } from '../../errors.ts';
import { adjustPValues } from '../../stats/adjust-p-values.ts';
import { checkRange, checkShare } from '../../stats/internal-options.ts';
import type { Interval, JobOptions, Measure } from '../../types.ts';
import type { ScorerCalibration } from '../calibration/calibrate-scorer.ts';
import { compareProfiles } from '../compare-profiles.ts';
import type { DriftReport } from '../drift-report.ts';
import { changePoint } from './change-point.ts';
import type {
  Generation,
  GenerationCurve,
  GenerationDrift,
  GenerationPoint,
  GenerationTrend,
} from './generation-types.ts';
import { inferRegime } from './infer-regime.ts';
import { spreadChange, tailMass } from './internal-spread.ts';
import { textFigures } from './internal-text-figures.ts';
import { trendTest } from './trend-test.ts';

/** Options of {@link generationCurve}. */
export interface GenerationCurveOptions extends JobOptions {
  /** Seed of all permutations; any text. Default `generations`. */
  readonly seed?: string | undefined;
  /** Permutations of each comparison, 99 to 1e6. Default 999. */
  readonly permutations?: number | undefined;
  /** Confidence of intervals, verdicts and alarms. Default 0.95. */
  readonly level?: number | undefined;
  /** Change of a mean that does not matter, in standard deviations. Default 0.2. */
  readonly margin?: number | undefined;
  /** Loss of variance that is tolerated before a collapse counts, 0 to below 1. Default 0.1. */
  readonly tolerance?: number | undefined;
  /**
   * How far the scorer agrees with people, from {@link calibrateScorer}: on values on which it does not, comparisons can
   * only be `inconclusive`. The spread of the scores and its alarm stay as they are. Default: none.
   */
  readonly calibration?: ScorerCalibration | undefined;
}

/**
 * What happens to values over generations of synthetic data: drift from the origin and from the parent, spread, tails,
 * diversity, novelty and the share of real data, with trends, change points and a collapse alarm.
 *
 * Each generation is compared with the first and with its parent by {@link compareProfiles}; p-values of the curve are
 * adjusted together (Holm). The collapse alarm tests whether the mean variance ratio to the origin fell below
 * 1 - tolerance; the k-th generation tested may use (1 - level) / (k (k + 1)) of the error, which sums to 1 - level however
 * many generations follow: one false alarm in all generations to come has at most that chance, and yesterday's verdicts
 * stay as they were. {@link inferRegime} tells whether the line was trained on its parent alone.
 *
 * @param generations - From the origin (real data) on, parents before children; at least two.
 * @param options - See {@link GenerationCurveOptions}.
 * @returns See {@link GenerationCurve}; {@link generationReport} turns it into words and pictures.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `BAD_VALUE` for repeated ids, unknown parents or profiles without scores,
 * `SPEC_MISMATCH`, `LENGTH_MISMATCH` when texts do not match the items, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const spread = (width) => profileValues(Array.from({ length: 200 }, (_, i) => [width * (i % 11)]), scorer);
 * const curve = generationCurve([1, 0.9, 0.5].map((width, t) => ({ id: `g${t}`, profile: spread(width), realShare: t ? 0 : 1 })));
 * curve.collapseAt; // => 'g2'
 * curve.points[2].varianceRatio; // => 0.25
 */
export function generationCurve(
  generations: readonly Generation[],
  options: GenerationCurveOptions = {},
): GenerationCurve {
  const { seed = 'generations', permutations = 999, level = 0.95, margin = 0.2, tolerance = 0.1 } = options;
  checkShare('level', level);
  checkRange('tolerance', tolerance, 0, 0.999999);
  const parents = lineOf(generations);
  const origin = generations[0]!.profile;
  const ancestors: number[][] = [];
  for (const parent of parents) ancestors.push(parent < 0 ? [] : [parent, ...ancestors[parent]!]);
  const texts = textFigures(generations, ancestors, seed);
  const total = 2 * (generations.length - 1);
  let done = 0;
  const compare = (from: number, to: number): DriftReport => {
    const { signal } = options;
    const report = compareProfiles(generations[from]!.profile, generations[to]!.profile, {
      seed: `${seed}/${generations[from]!.id}/${generations[to]!.id}`,
      permutations,
      level,
      margin,
      calibration: options.calibration,
      signal,
    });
    options.onProgress?.({ stage: 'generationCurve', done: ++done, total });
    return report;
  };
  const fromOrigin = generations.map((_, g) => (g === 0 ? null : compare(0, g)));
  const fromParent = generations.map((_, g) =>
    g === 0 ? null : parents[g] === 0 ? fromOrigin[g]! : compare(parents[g]!, g),
  );
  const originDrifts = drifts(fromOrigin);
  const parentDrifts = drifts(fromParent);
  let tested = 0;
  const points = generations.map((generation, g): GenerationPoint => {
    const { id, profile, realShare = null } = generation;
    const spread = g === 0 ? null : spreadChange(origin, profile, tolerance, level);
    const collapseP = spread === null ? null : spread.pValue;
    if (collapseP !== null) tested++;
    const collapseThreshold = collapseP === null ? null : (1 - level) / (tested * (tested + 1));
    const ownTexts = texts[g];
    return {
      id,
      parent: g === 0 ? null : generations[parents[g]!]!.id,
      depth: ancestors[g]!.length,
      n: profile.n,
      realShare,
      fromOrigin: originDrifts[g]!,
      fromParent: parentDrifts[g]!,
      varianceRatio: spread === null ? 1 : spread.ratio,
      ...(spread?.interval === undefined ? {} : { varianceInterval: spread.interval }),
      tailMass: tailMass(origin, profile),
      diversity: figureOf('diversity', generation.diversity) ?? ownTexts?.vendiShare ?? null,
      novelty: figureOf('novelty', generation.novelty) ?? ownTexts?.novelty ?? null,
      ...(ownTexts == null ? {} : { texts: ownTexts }),
      collapseP,
      collapseThreshold,
      collapsed: collapseP !== null && collapseP <= collapseThreshold!,
    };
  });
  const linear = parents.every((parent, g) => parent === g - 1);
  const profiles = generations.map(({ profile }) => profile);
  return {
    spec: origin.spec,
    specHash: origin.specHash,
    scorerId: origin.scorerId,
    level,
    tolerance,
    points,
    trends: trends(points, level, seed),
    collapseAt: points.find((point) => point.collapsed)?.id ?? null,
    regime: linear && profiles.length > 2 ? inferRegime(profiles, { level }) : null,
    warnings: warningsOf(generations, fromOrigin),
  };
}

/** Position of each generation's parent, -1 for the origin. */
function lineOf(generations: readonly Generation[]): number[] {
  if (generations.length < 2)
    throw new SynthproofError('EMPTY_INPUT', `generations: expected at least two, received ${generations.length}`, {
      argument: 'generations',
    });
  const places = new Map<string, number>();
  return generations.map(({ id, parent, profile, realShare, texts }, g) => {
    const fail = (code: 'BAD_VALUE' | 'LENGTH_MISMATCH', text: string): SynthproofError =>
      new SynthproofError(code, `generations[${g}]: ${text}`, { argument: 'generations', row: g });
    if (places.has(id)) throw fail('BAD_VALUE', `expected an id of its own, received ${JSON.stringify(id)} again`);
    if (profile.scores === undefined)
      throw fail(
        'BAD_VALUE',
        'expected the scores of single items, received a profile without; make it with keepScores',
      );
    if (realShare !== undefined) checkRange(`generations[${g}].realShare`, realShare, 0, 1);
    if (texts !== undefined && texts.length !== profile.n)
      throw fail('LENGTH_MISMATCH', `expected ${profile.n} texts, one per item, received ${texts.length}`);
    if (g === 0 && parent !== undefined)
      throw fail(
        'BAD_VALUE',
        `the first generation is the origin and has no parent, received ${JSON.stringify(parent)}`,
      );
    const place = g === 0 ? -1 : parent === undefined ? g - 1 : places.get(parent);
    if (place === undefined)
      throw fail(
        'BAD_VALUE',
        `expected a parent that stands before it in the list, received ${JSON.stringify(parent)}`,
      );
    places.set(id, g);
    return place;
  });
}

/** Comparisons as points of a curve, their p-values adjusted together. */
function drifts(reports: readonly (DriftReport | null)[]): (GenerationDrift | null)[] {
  const made = reports.filter((report) => report !== null);
  const adjusted = adjustPValues(
    made.map((report) => report.global.pValue),
    'holm',
  );
  let next = 0;
  return reports.map((report) => (report === null ? null : driftOf(report, adjusted[next++]!)));
}

function driftOf(report: DriftReport, pAdjusted: number): GenerationDrift {
  let squares = 0;
  let least = 0;
  let most = 0;
  let known = 0;
  let bounded = 0;
  let largest: string | null = null;
  let size = 0;
  const values = report.values.map(({ id, deltaInSd, simultaneousInterval: range, baseline: { sd } }) => {
    if (deltaInSd !== null) {
      squares += deltaInSd * deltaInSd;
      known++;
      if (Math.abs(deltaInSd) > size) {
        size = Math.abs(deltaInSd);
        largest = id;
      }
    }
    if (deltaInSd === null || range === undefined || sd === null || sd === 0) return { id, change: deltaInSd };
    const lower = range.lower / sd;
    const upper = range.upper / sd;
    const near = lower > 0 ? lower : upper < 0 ? -upper : 0;
    const far = Math.max(-lower, upper);
    least += near * near;
    most += far * far;
    bounded++;
    return { id, change: deltaInSd, interval: { lower, upper, level: range.level, method: range.method } };
  });
  const interval: Interval | undefined =
    known > 0 && bounded === known
      ? {
          lower: Math.sqrt(least / known),
          upper: Math.sqrt(most / known),
          level: report.level,
          method: 'max-t-permutation',
        }
      : undefined;
  return {
    size: known === 0 ? null : Math.sqrt(squares / known),
    ...(interval === undefined ? {} : { interval }),
    largest,
    pValue: report.global.pValue,
    pAdjusted,
    verdict: report.verdict,
    ...(report.verdict !== 'drift' && report.values.some((value) => value.limited?.verdict === 'drift')
      ? { limited: true as const }
      : {}),
    values,
  };
}

function figureOf(name: string, given: number | Measure | null | undefined): number | null {
  const value = typeof given === 'object' && given !== null ? given.value : (given ?? null);
  if (value !== null && !(Math.abs(value) <= 1e150))
    throw new SynthproofError('BAD_NUMBER', `${name}: expected a finite number or null, received ${String(value)}`, {
      argument: name,
    });
  return value;
}

function trends(points: readonly GenerationPoint[], level: number, seed: string): GenerationTrend[] {
  const series: readonly [string, (number | null)[]][] = [
    ['drift from origin', points.map((point) => point.fromOrigin?.size ?? null)],
    ['drift from parent', points.map((point) => point.fromParent?.size ?? null)],
    ['variance ratio', points.map((point) => point.varianceRatio)],
    ['tail mass', points.map((point) => point.tailMass)],
    ['diversity', points.map((point) => point.diversity)],
    ['novelty', points.map((point) => point.novelty)],
  ];
  return series
    .filter(([, values]) => values.filter((value) => value !== null).length > 1)
    .map(([name, values]) => {
      const change = changePoint(values, { seed: `${seed}/${name}` });
      return {
        series: name,
        trend: trendTest(values, { level }),
        change,
        changeAt: change.at === null ? null : points[change.at]!.id,
      };
    });
}

/** What the comparisons warn of, each once, with the generations it holds for. */
function warningsOf(generations: readonly Generation[], reports: readonly (DriftReport | null)[]): string[] {
  const where = new Map<string, string[]>();
  reports.forEach((report, g) => {
    for (const warning of report?.warnings ?? []) {
      const ids = where.get(warning);
      if (ids === undefined) where.set(warning, [generations[g]!.id]);
      else ids.push(generations[g]!.id);
    }
  });
  return [...where].map(([warning, ids]) => `${ids.join(', ')}: ${warning}`);
}
