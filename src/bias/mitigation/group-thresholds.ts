import { SynthproofError } from '../../errors.ts';
import type { Table } from '../../types.ts';
import {
  columnOf,
  encodeNumbers,
  encodeWeights,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import { groupLabel } from '../internal-rates.ts';
import {
  type HullPoint,
  hullAt,
  type RatePoint,
  ratePoints,
  type ScoredRows,
  type ScoreRule,
  upperHull,
} from './internal-rate-hull.ts';

/** What {@link groupThresholds} fits. */
export interface GroupThresholdsSpec {
  /** Names of the sensitive columns; groups are their combinations. The rules need them at decision time too. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of scores, larger for a likelier positive. */
  readonly score: string;
  /** Name of a column of row weights. Default: every row weighs 1. */
  readonly weight?: string | undefined;
  /**
   * What must be equal in all groups: `equalized-odds` (default; true and false positive rate), `equal-opportunity` (true
   * positive rate) or `demographic-parity` (selection rate).
   */
  readonly constraint?: 'demographic-parity' | 'equal-opportunity' | 'equalized-odds' | undefined;
  /** What is to be as high as the constraint allows. Default `accuracy`. */
  readonly objective?: 'accuracy' | 'balanced-accuracy' | undefined;
  /** Groups with fewer rows, positives or negatives get the rule of all rows together. Default 10. */
  readonly minN?: number | undefined;
}

/** How one group is decided: P(select | score) = ignore * chance + (1 - ignore) * (lower or, with probability `mix`, upper). */
export interface ThresholdRule {
  /** The group's levels joined with ' × '; `(all rows)` for the fallback. */
  readonly group: string;
  /** The group's levels; empty for the fallback. */
  readonly values: readonly string[];
  /** Rows it was fitted to. */
  readonly n: number;
  /** First rule. */
  readonly lower: ScoreRule;
  /** Second rule, which selects more. */
  readonly upper: ScoreRule;
  /** Probability of the second rule, 0 to 1. */
  readonly mix: number;
  /** Probability that the score is ignored, 0 to 1: the price of equalized odds in a group whose score is better. */
  readonly ignore: number;
  /** Probability of selection where the score is ignored. */
  readonly chance: number;
  /** Expected selection rate on the fitted rows. */
  readonly selectionRate: number;
  /** Expected true positive rate; null without positives. */
  readonly truePositiveRate: number | null;
  /** Expected false positive rate; null without negatives. */
  readonly falsePositiveRate: number | null;
}

/** Result of {@link groupThresholds}: plain data that survives JSON. */
export interface GroupThresholds {
  /** Discriminant. */
  readonly kind: 'group-thresholds';
  /** Version of this format. */
  readonly version: 1;
  /** Sensitive columns. */
  readonly sensitive: readonly string[];
  /** Column of scores. */
  readonly score: string;
  /** What was made equal. */
  readonly constraint: 'demographic-parity' | 'equal-opportunity' | 'equalized-odds';
  /** What was maximised. */
  readonly objective: 'accuracy' | 'balanced-accuracy';
  /** One rule per group that is large enough. */
  readonly rules: readonly ThresholdRule[];
  /** Rule of every other group: fitted to all rows, at the same value of the constraint. */
  readonly fallback: ThresholdRule;
  /** Groups that get the fallback, and why: `few-rows`, `few-positives`, `few-negatives`. */
  readonly small: readonly {
    /** The group's levels joined with ' × '. */
    readonly group: string;
    /** Its rows. */
    readonly n: number;
    /** Why. */
    readonly reason: string;
  }[];
  /** Expected objective over the groups with a rule, under the constraint. */
  readonly value: number;
  /** The best objective of one threshold per group without the constraint: what the constraint costs is the difference. */
  readonly unconstrained: number;
  /** Rows fitted. */
  readonly rows: number;
  /** Rows left out because score, label or weight is missing. */
  readonly leftOut: number;
}

interface Candidate extends ScoredRows {
  readonly group: string;
  readonly values: readonly string[];
  readonly points: readonly RatePoint[];
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Post-processing: the threshold (or the mix of two) per group that makes rates equal across groups at the least cost in
 * accuracy. Decisions are random only where a mix is needed. It treats groups differently by design: whether that is
 * lawful is for the user to know.
 *
 * The rate of each group over all thresholds is replaced by its upper convex hull (reached by mixing two thresholds).
 * The objective on the hulls is concave and piecewise linear, so its maximum stands at a corner: it is found exactly,
 * with no grid. Equalized odds takes the lower envelope of all hulls; groups above it ignore the score now and then.
 * Source: Hardt, Price & Srebro 2016, section 4; Fairlearn's ThresholdOptimizer for the names.
 *
 * @param table - Rows with sensitive columns, label and score: held-out rows, not those the score was trained on.
 * @param spec - See {@link GroupThresholdsSpec}.
 * @returns See {@link GroupThresholds}; {@link applyGroupThresholds} decides with it.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`, `OUT_OF_RANGE`; `EMPTY_INPUT` when
 * fewer than two groups are large enough.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'f', 'm', 'm', 'm']),
 *   booleanColumn('y', [false, true, true, false, false, true]),
 *   numberColumn('score', [0.1, 0.3, 0.4, 0.5, 0.6, 0.9]),
 * ]);
 * const fitted = groupThresholds(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score', minN: 1 });
 * fitted.rules.map((rule) => [rule.truePositiveRate, rule.falsePositiveRate]); // => [[1, 0], [1, 0]]
 */
export function groupThresholds(table: Table, spec: GroupThresholdsSpec): GroupThresholds {
  const { constraint = 'equalized-odds', objective = 'accuracy', minN = 10 } = spec;
  if (constraint !== 'equalized-odds' && constraint !== 'equal-opportunity' && constraint !== 'demographic-parity')
    throw new SynthproofError(
      'BAD_OPTION',
      `constraint: expected 'equalized-odds', 'equal-opportunity' or 'demographic-parity', received ${String(constraint)}`,
      { argument: 'constraint' },
    );
  if (objective !== 'accuracy' && objective !== 'balanced-accuracy')
    throw new SynthproofError(
      'BAD_OPTION',
      `objective: expected 'accuracy' or 'balanced-accuracy', received ${String(objective)}`,
      { argument: 'objective' },
    );
  if (!(minN >= 1 && minN <= Number.MAX_SAFE_INTEGER))
    throw new SynthproofError('OUT_OF_RANGE', `minN: expected a number of rows of at least 1, received ${minN}`, {
      argument: 'minN',
    });
  const { candidates, small, rows, leftOut } = readCandidates(table, spec, constraint, minN);
  if (candidates.length < 2)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `sensitive: expected at least two groups with ${minN} rows of each kind, received ${candidates.length}; coarsen the groups or lower minN`,
      { argument: 'sensitive' },
    );
  let positives = 0;
  let negatives = 0;
  for (const one of candidates) {
    positives += one.positives;
    negatives += one.negatives;
  }
  // Gain of a true positive and of a true negative, so that the objective is a weighted sum of rates.
  const gain =
    objective === 'accuracy'
      ? [1 / (positives + negatives), 1 / (positives + negatives)]
      : [positives === 0 ? 0 : 0.5 / positives, negatives === 0 ? 0 : 0.5 / negatives];
  const worth = (one: Candidate, point: RatePoint): number =>
    gain[0]! * one.positives * point.truePositive + gain[1]! * one.negatives * (1 - point.falsePositive);
  const unconstrained = candidates.reduce(
    (sum, one) => sum + one.points.reduce((best, point) => Math.max(best, worth(one, point)), 0),
    0,
  );
  const everyone: Candidate = pool(candidates);
  const head = {
    kind: 'group-thresholds',
    version: 1,
    sensitive: [...spec.sensitive],
    score: spec.score,
    constraint,
    objective,
  } as const;
  const tail = { small, unconstrained, rows, leftOut };
  const axis =
    constraint === 'demographic-parity'
      ? 'selected'
      : constraint === 'equal-opportunity'
        ? 'truePositive'
        : 'falsePositive';
  const hullOf = (one: Candidate): HullPoint[] =>
    upperHull(
      one.points.map((point) => ({
        x: point[axis],
        y: constraint === 'equalized-odds' ? point.truePositive : worth(one, point),
        rule: point.rule,
      })),
    );
  const hulls = candidates.map(hullOf);
  if (constraint !== 'equalized-odds') {
    let x = 0;
    let value = -Infinity;
    for (const corner of hulls.flatMap((hull) => hull.map((point) => point.x)).sort((a, b) => a - b)) {
      const here = hulls.reduce((sum, hull) => sum + hullAt(hull, corner).y, 0);
      if (here > value + 1e-15) {
        value = here;
        x = corner;
      }
    }
    const at = (one: Candidate, hull: readonly HullPoint[]): ThresholdRule => ruleOf(one, hullAt(hull, x), 0, 0);
    return {
      ...head,
      rules: candidates.map((one, g) => at(one, hulls[g]!)),
      fallback: at(everyone, hullOf(everyone)),
      value,
      ...tail,
    };
  }
  const best = bestOnEnvelope(hulls, gain[0]! * positives, gain[1]! * negatives);
  const at = (one: Candidate, hull: readonly HullPoint[]): ThresholdRule => {
    const reached = hullAt(hull, best.x);
    // Between the hull and the diagonal: ignoring the score with this probability lowers the hull to the envelope.
    const ignore = reached.y <= best.x ? 0 : Math.min(1, Math.max(0, (reached.y - best.y) / (reached.y - best.x)));
    return ruleOf(one, reached, ignore, best.x);
  };
  return {
    ...head,
    rules: candidates.map((one, g) => at(one, hulls[g]!)),
    fallback: at(everyone, hullOf(everyone)),
    value: best.value,
    ...tail,
  };
}

function readCandidates(
  table: Table,
  spec: GroupThresholdsSpec,
  constraint: GroupThresholds['constraint'],
  minN: number,
): { candidates: Candidate[]; small: GroupThresholds['small']; rows: number; leftOut: number } {
  const groups = indexGroups(table, spec.sensitive, []);
  const labels = readOutcome(table, spec.label, 'label');
  const scores = encodeNumbers(columnOf(table, spec.score, 'score'), 'score');
  const weights = spec.weight === undefined ? null : encodeWeights(columnOf(table, spec.weight, 'weight'), 'weight');
  const members = new Map<number, { score: number[]; label: number[]; weight: number[] }>();
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const w = weights === null ? 1 : weights[i]!;
    if (labels[i] === OUTCOME_MISSING || !Number.isFinite(scores[i]!) || Number.isNaN(w)) {
      leftOut++;
      continue;
    }
    const one = members.get(groups.index[i]!) ?? { score: [], label: [], weight: [] };
    members.set(groups.index[i]!, one);
    one.score.push(scores[i]!);
    one.label.push(labels[i]!);
    one.weight.push(w);
  }
  const candidates: Candidate[] = [];
  const small: { group: string; n: number; reason: string }[] = [];
  for (const g of [...members.keys()].sort((a, b) => a - b)) {
    const rows = members.get(g)!;
    const values = groups.codesOf(g).map((code, k) => groups.levels[k]![code]!);
    const n = rows.score.length;
    const positiveRows = rows.label.reduce((sum, y) => sum + y, 0);
    const mass = [0, 0];
    for (let i = 0; i < n; i++) mass[rows.label[i]!]! += rows.weight[i]!;
    const reason =
      n < minN || mass[0]! + mass[1]! === 0
        ? 'few-rows'
        : constraint !== 'demographic-parity' && (positiveRows < minN || mass[1] === 0)
          ? 'few-positives'
          : constraint === 'equalized-odds' && (n - positiveRows < minN || mass[0] === 0)
            ? 'few-negatives'
            : null;
    if (reason !== null) small.push({ group: groupLabel(values), n, reason });
    else
      candidates.push({
        group: groupLabel(values),
        values,
        ...rows,
        points: ratePoints(rows),
        positives: mass[1]!,
        negatives: mass[0]!,
      });
  }
  return { candidates, small, rows: table.rowCount - leftOut, leftOut };
}

/** All groups with a rule as one. */
function pool(candidates: readonly Candidate[]): Candidate {
  const rows = {
    score: candidates.flatMap((one) => one.score),
    label: candidates.flatMap((one) => one.label),
    weight: candidates.flatMap((one) => one.weight),
  };
  return {
    group: '(all rows)',
    values: [],
    ...rows,
    points: ratePoints(rows),
    positives: candidates.reduce((sum, one) => sum + one.positives, 0),
    negatives: candidates.reduce((sum, one) => sum + one.negatives, 0),
  };
}

/** Best point (false, true positive rate) on the lower envelope of concave hulls: a corner of a hull or a crossing of two. */
function bestOnEnvelope(
  hulls: readonly (readonly HullPoint[])[],
  gainPositive: number,
  gainNegative: number,
): { readonly x: number; readonly y: number; readonly value: number } {
  const corners = [...new Set(hulls.flatMap((hull) => hull.map((point) => point.x)))].sort((a, b) => a - b);
  let best = { x: 0, y: 0, value: -Infinity };
  const look = (x: number): void => {
    let y = Infinity;
    for (const hull of hulls) y = Math.min(y, hullAt(hull, x).y);
    const value = gainPositive * y + gainNegative * (1 - x);
    if (value > best.value + 1e-15) best = { x, y, value };
  };
  for (let k = 0; k < corners.length; k++) {
    const right = corners[k]!;
    if (k > 0) {
      const left = corners[k - 1]!;
      const ends = hulls.map((hull) => [hullAt(hull, left).y, hullAt(hull, right).y] as const);
      for (let a = 0; a < ends.length; a++)
        for (let b = a + 1; b < ends.length; b++) {
          const before = ends[a]![0] - ends[b]![0];
          const after = ends[a]![1] - ends[b]![1];
          if (before * after < 0) look(left + ((right - left) * before) / (before - after));
        }
    }
    look(right);
  }
  return best;
}

function ruleOf(
  one: Candidate,
  reached: { readonly lower: ScoreRule; readonly upper: ScoreRule; readonly mix: number },
  ignore: number,
  chance: number,
): ThresholdRule {
  const rateAt = (rule: ScoreRule): RatePoint => one.points.find((point) => point.rule === rule)!;
  const [a, b] = [rateAt(reached.lower), rateAt(reached.upper)];
  const rate = (of: 'selected' | 'truePositive' | 'falsePositive'): number => {
    const mixed = reached.mix === 1 ? b[of] : a[of] + reached.mix * (b[of] - a[of]);
    return ignore * chance + (1 - ignore) * mixed;
  };
  return {
    group: one.group,
    values: one.values,
    n: one.score.length,
    lower: reached.lower,
    upper: reached.upper,
    mix: reached.mix,
    ignore,
    chance,
    selectionRate: rate('selected'),
    truePositiveRate: one.positives === 0 ? null : rate('truePositive'),
    falsePositiveRate: one.negatives === 0 ? null : rate('falsePositive'),
  };
}
