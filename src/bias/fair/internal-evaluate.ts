import { rocAuc } from '../../learners/roc-auc.ts';
import { newcombeInterval } from '../../stats/newcombe-interval.ts';
import { wilsonInterval } from '../../stats/wilson-interval.ts';
import type { Interval, Table } from '../../types.ts';
import { columnOf, encodeOutcome, OUTCOME_MISSING } from '../internal-encode.ts';
import { indexGroups } from '../internal-index.ts';
import type { FairTarget } from './fair-target-types.ts';
import type { ModelGap, ModelGroup, TrainedFigures } from './fair-trade-off-types.ts';
import { trainOutcome } from './internal-learner.ts';

/** How a model is trained and judged. */
export interface JudgeSettings {
  readonly target: FairTarget;
  /** Table whose levels and scales the features have. */
  readonly reference: Table;
  readonly learner: 'boosted' | 'logistic';
  readonly exclude: readonly string[];
  readonly threshold: number;
  readonly minGroupRows: number;
  readonly level: number;
  readonly seed: string;
  readonly signal: { readonly aborted: boolean } | undefined;
}

/** Trains a model on some rows and judges it on real ones, each of the tables given. */
export function judgeModel(train: Table, judged: readonly Table[], settings: JudgeSettings): TrainedFigures[] {
  const { target, reference, learner, exclude, seed, signal } = settings;
  const label = { column: target.label, positive: target.positive! };
  const codes = encodeOutcome(columnOf(train, target.label, 'label'), label, 'label');
  const features = reference.columns
    .map(({ name }) => name)
    .filter((name) => name !== target.label && !exclude.includes(name));
  const predict = trainOutcome({ train, reference, codes, features, learner, seed, signal });
  return judged.map((table) => judge(table, predict(table), settings));
}

function judge(table: Table, scores: Float64Array, settings: JudgeSettings): TrainedFigures {
  const { target, threshold, minGroupRows, level } = settings;
  const label = { column: target.label, positive: target.positive! };
  const truth = encodeOutcome(columnOf(table, target.label, 'label'), label, 'label');
  const groups = indexGroups(table, target.sensitive, []);
  const counts = new Map<number, { rows: number; selected: number; positives: number; hits: number }>();
  const rows: number[] = [];
  for (let i = 0; i < table.rowCount; i++) {
    if (truth[i] === OUTCOME_MISSING) continue;
    rows.push(i);
    const g = groups.index[i]!;
    const found = counts.get(g) ?? { rows: 0, selected: 0, positives: 0, hits: 0 };
    counts.set(g, found);
    const yes = scores[i]! >= threshold ? 1 : 0;
    found.rows++;
    found.selected += yes;
    if (truth[i] === 1) {
      found.positives++;
      found.hits += yes;
    }
  }
  const list: ModelGroup[] = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([g, found]) => ({
      values: groups.codesOf(g).map((code, k) => groups.levels[k]![code]!),
      ...found,
      selectionRate: found.selected / found.rows,
      selectionInterval: wilsonInterval(found.selected, found.rows, level),
      truePositiveRate: found.positives === 0 ? null : found.hits / found.positives,
      truePositiveInterval: found.positives === 0 ? null : wilsonInterval(found.hits, found.positives, level),
    }));
  return {
    auc: rocAuc(
      rows.map((row) => truth[row]!),
      rows.map((row) => scores[row]!),
      { level },
    ),
    demographicParity: gapOf(
      'demographicParity',
      list.map((one) => ({ values: one.values, count: one.selected, n: one.rows })),
      minGroupRows,
      level,
    ),
    equalOpportunity: gapOf(
      'equalOpportunity',
      list.map((one) => ({ values: one.values, count: one.hits, n: one.positives })),
      minGroupRows,
      level,
    ),
    groups: list,
    rows: rows.length,
    leftOut: table.rowCount - rows.length,
  };
}

/** Two groups: second minus first, with sign. More: highest minus lowest rate. */
function gapOf(
  metric: string,
  groups: readonly { readonly values: readonly string[]; readonly count: number; readonly n: number }[],
  least: number,
  level: number,
): ModelGap {
  const used = groups.filter((group) => group.n >= least);
  const suppressed = groups.filter((group) => group.n < least).map((group) => group.values);
  const signed = groups.length === 2;
  const n = used.reduce((sum, group) => sum + group.n, 0);
  const base = { metric, range: [signed ? -1 : 0, 1] as const, goal: 'zero' as const, n, signed, suppressed };
  if (used.length < 2) return { ...base, value: null, minuend: null, subtrahend: null, reason: 'TOO_FEW_GROUPS' };
  let [low, high] = [used[0]!, used[1]!];
  if (!signed)
    for (const group of used) {
      if (group.count / group.n > high.count / high.n) high = group;
      if (group.count / group.n < low.count / low.n) low = group;
    }
  const interval: Interval = newcombeInterval(high.count, high.n, low.count, low.n, level);
  return {
    ...base,
    value: high.count / high.n - low.count / low.n,
    interval: signed ? interval : { ...interval, method: 'newcombe-of-the-widest-pair' },
    minuend: high.values,
    subtrahend: low.values,
  };
}
