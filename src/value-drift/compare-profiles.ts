import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { checkOneOf, checkPositive, checkShare, checkWhole } from '../stats/internal-options.ts';
import { newcombeInterval } from '../stats/newcombe-interval.ts';
import type { JobOptions } from '../types.ts';
import type { ScorerCalibration } from './calibration/calibrate-scorer.ts';
import type { DriftDesign, DriftReport, DriftVerdict, ValueDrift } from './drift-report.ts';
import { clusteredDesign, type Design, independentDesign, pairedDesign } from './internal-design.ts';
import { checkCalibration, limited, scorerWarnings } from './internal-limit.ts';
import { finiteOrNull } from './internal-moments.ts';
import { requireSameScorer, requireScores } from './internal-profiles.ts';
import { flipTest, splitTest } from './internal-resampling.ts';
import { sliceDrifts } from './internal-slices.ts';
import { criticalValue, lost, testability, valueDrift } from './internal-value-drift.ts';
import { percent } from './internal-words.ts';
import type { ValueProfile } from './profile-values.ts';

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
  /**
   * How far the scorer agrees with people, from {@link calibrateScorer}: values on which it does not can only be
   * `inconclusive`. Default: none; the report then warns of a judge that nobody checked.
   */
  readonly calibration?: ScorerCalibration | undefined;
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
 * else `inconclusive`. Values that are constant and equal on both sides are left out of it. With a `calibration`, a
 * value on which the scorer does not agree with people is `inconclusive` whatever its scores say; they stay in `limited`.
 *
 * The relabelling test supposes that items (clusters, pairs) are exchangeable when nothing drifted; the intervals are
 * Student's and approximate for skewed scores of few items. A margin in standard deviations takes the baseline's as
 * known (the pooled one when it is 0).
 *
 * @param baseline - The profile to compare with, with scores.
 * @param current - The profile under test, made with the same spec and scorer.
 * @param options - See {@link CompareOptions}.
 * @returns A plain report; {@link valueDriftReport} turns it into words and a picture.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for different specs or scorers, or a calibration of another one;
 * `BAD_MODEL` for a calibration that lacks values; `BAD_VALUE` for profiles without scores; `OUT_OF_RANGE` and `BAD_OPTION` for bad options; `ABORTED`.
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
    calibration,
  } = options;
  checkWhole('permutations', permutations, 99, 1_000_000);
  checkShare('level', level);
  checkShare('power', power);
  checkPositive('margin', margin);
  checkOneOf('marginUnit', marginUnit, ['sd', 'score']);
  requireSameScorer(baseline, 'current', current);
  if (calibration !== undefined)
    checkCalibration(
      calibration,
      baseline,
      baseline.values.map((value) => value.id),
    );
  requireScores('baseline', baseline);
  requireScores('current', current);
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
  const values = design.contrasts.map((contrast, v) => {
    const value = valueDrift(baseline, current, design, contrast, v, states[v]!, test, {
      alpha,
      level,
      margin,
      marginUnit,
      power,
      critical,
    });
    return {
      ...value,
      ...limited(
        value.verdict,
        calibration?.values.find(({ id }) => id === value.id),
      ),
    };
  });
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
    ...(calibration === undefined ? {} : { calibration }),
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
    warnings: [
      ...scorerWarnings(values, calibration, baseline.scorerId, baseline.scorerKind),
      ...design.warnings,
      ...missingWarnings(baseline, current),
    ],
  };
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
    throw new SynthproofError(
      'BAD_OPTION',
      'design: expected profiles made with clusters for "clustered", received none; give clusters to profileValues()',
      {
        argument: 'design',
      },
    );
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
