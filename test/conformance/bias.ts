import {
  type AssociationCounts,
  conditionalDisparity,
  demographicDisparity,
  demographicParityDifference,
  demographicParityRatio,
  differentialFairness,
  directionalAmplification,
  equalizedOddsDifference,
  equalizedOddsRatio,
  equalOpportunityDifference,
  equalOpportunityRatio,
  type GroupTable,
  generalizedEntropy,
  groupTable,
  type MetricFrame,
  metricFrame,
  privilegedComparison,
  regressionFrame,
  reweigh,
  scoreFrame,
  zhaoAmplification,
} from '../../src/bias/index.ts';
import { kullbackLeibler } from '../../src/stats/kullback-leibler.ts';
import { quantile } from '../../src/stats/quantile.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { cellText } from '../../src/table/cell-text.ts';
import { createTable } from '../../src/table/create-table.ts';
import { filterRows } from '../../src/table/filter-rows.ts';
import { getColumn } from '../../src/table/get-column.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { BooleanColumn, Column, Table } from '../../src/types.ts';
import { clarifyFigures } from './bias-clarify.ts';
import type { FunctionTable } from './types.ts';

interface Rows {
  readonly yTrue: readonly number[];
  readonly yPred?: readonly number[];
  readonly yScore?: readonly number[];
  readonly sensitive: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly control?: Readonly<Record<string, readonly string[]>>;
  readonly weights?: readonly number[] | null;
}

interface Frame {
  readonly table: Table;
  readonly sensitive: string[];
  readonly control: string[];
  readonly weight?: string;
}

function asTable(input: Rows, numeric: boolean): Frame {
  const groups: Record<string, readonly string[]> = Array.isArray(input.sensitive)
    ? { sensitive: input.sensitive }
    : (input.sensitive as Record<string, readonly string[]>);
  const columns: Column[] = [];
  for (const [name, values] of Object.entries(groups)) columns.push(categoryColumn(`s:${name}`, values.map(String)));
  for (const [name, values] of Object.entries(input.control ?? {}))
    columns.push(categoryColumn(`c:${name}`, values.map(String)));
  if (numeric) columns.push(numberColumn('label', input.yTrue));
  else
    columns.push(
      booleanColumn(
        'label',
        input.yTrue.map((y) => y === 1),
      ),
    );
  if (input.yPred)
    columns.push(
      numeric
        ? numberColumn('prediction', input.yPred)
        : booleanColumn(
            'prediction',
            input.yPred.map((y) => y === 1),
          ),
    );
  if (input.yScore) columns.push(numberColumn('score', input.yScore));
  if (input.weights) columns.push(numberColumn('weight', input.weights));
  return {
    table: createTable(columns),
    sensitive: Object.keys(groups).map((name) => `s:${name}`),
    control: Object.keys(input.control ?? {}).map((name) => `c:${name}`),
    ...(input.weights ? { weight: 'weight' } : {}),
  };
}

function cellsOf(input: Rows): GroupTable {
  const { table, ...names } = asTable(input, false);
  return groupTable(table, { ...names, label: { column: 'label' }, prediction: { column: 'prediction' } });
}

const ALIASES: Readonly<Record<string, string>> = { mean_prediction: 'selection_rate' };

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace('r2_score', 'r2_score');
}

/** A frame in the shape of fairlearn's: metric -> value, or metric -> key -> value. */
function shape(frame: MetricFrame, names: readonly string[]): Record<string, unknown> {
  const position = new Map(frame.metrics.map((metric, k) => [snake(metric), k]));
  const controlled = frame.control.length > 0;
  const out: Record<string, Record<string, unknown>> = {};
  const put = (part: string, metric: string, key: string | null, value: unknown): void => {
    out[part] ??= {};
    if (key === null) out[part][metric] = value;
    else {
      out[part][metric] ??= {};
      (out[part][metric] as Record<string, unknown>)[key] = value;
    }
  };
  for (const name of names) {
    const k = position.get(ALIASES[name] !== undefined && !position.has(name) ? ALIASES[name] : name);
    if (k === undefined) continue;
    for (const stratum of frame.strata) {
      const key = controlled ? stratum.values.join('|') : null;
      const aggregate = stratum.aggregates[k]!;
      put('overall', name, key, stratum.overall[k]!.value);
      for (const group of stratum.groups)
        put('by_group', name, [...stratum.values, ...group.values].join('|'), group.measures[k]!.value);
      put('group_min', name, key, aggregate.min);
      put('group_max', name, key, aggregate.max);
      put('difference_between_groups', name, key, aggregate.differenceBetweenGroups);
      put('ratio_between_groups', name, key, aggregate.ratioBetweenGroups);
      put('difference_to_overall', name, key, aggregate.differenceToOverall);
      put('ratio_to_overall', name, key, aggregate.ratioToOverall);
    }
  }
  return out;
}

const RATE_NAMES = [
  'selection_rate',
  'true_positive_rate',
  'true_negative_rate',
  'false_positive_rate',
  'false_negative_rate',
  'accuracy',
  'mean_prediction',
  'precision',
  'recall',
  'f1',
  'balanced_accuracy',
  'zero_one_loss',
  'count',
];

const FAIRLEARN = { zeroDivision: 'fairlearn', minN: 0 } as const;

function fairnessMetrics(cells: GroupTable): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const method of ['between_groups', 'to_overall'] as const) {
    const options = { ...FAIRLEARN, method };
    out[`demographic_parity_difference/${method}`] = demographicParityDifference(cells, options).value;
    out[`demographic_parity_ratio/${method}`] = demographicParityRatio(cells, options).value;
    out[`equal_opportunity_difference/${method}`] = equalOpportunityDifference(cells, options).value;
    out[`equal_opportunity_ratio/${method}`] = equalOpportunityRatio(cells, options).value;
    for (const agg of ['worst_case', 'mean'] as const) {
      out[`equalized_odds_difference/${method}/${agg}`] = equalizedOddsDifference(cells, { ...options, agg }).value;
      out[`equalized_odds_ratio/${method}/${agg}`] = equalizedOddsRatio(cells, { ...options, agg }).value;
    }
  }
  return out;
}

/** Mappings of the bias oracles. */
export const biasFunctions: FunctionTable = {
  fairnessMetrics: (input: Rows) => fairnessMetrics(cellsOf(input)),
  metricFrame: (input: Rows) => shape(metricFrame(cellsOf(input), FAIRLEARN), RATE_NAMES),
  metricFrameRegression: (input: Rows) => {
    const { table, ...names } = asTable(input, true);
    const frame = regressionFrame(table, { ...names, label: 'label', prediction: 'prediction', ...FAIRLEARN });
    return shape(frame, [
      'mean_absolute_error',
      'mean_squared_error',
      'r2_score',
      'mean_prediction',
      'root_mean_squared_error',
      'count',
    ]);
  },
  metricFrameScores: (input: Rows) => {
    const { table, ...names } = asTable(input, false);
    const frame = scoreFrame(table, { ...names, label: { column: 'label' }, score: 'score', ...FAIRLEARN });
    return shape(frame, ['roc_auc', 'log_loss', 'mean_prediction', 'count']);
  },
  bootstrapGivenIndices: (input: Rows & { readonly indices: number[][]; readonly quantiles: number[] }) => {
    const { table, ...names } = asTable(input, false);
    const spec = { ...names, label: { column: 'label' }, prediction: { column: 'prediction' } };
    const groups = metricFrame(groupTable(table, spec), { ...FAIRLEARN, metrics: ['selectionRate'] }).strata[0]!.groups;
    const columns = [...groups.map((one) => `by_group ${one.values.join('|')}`), 'difference', 'ratio'];
    const draws: number[][] = columns.map(() => []);
    for (const rows of input.indices) {
      const cells = groupTable(takeRows(table, rows), spec);
      const stratum = metricFrame(cells, { ...FAIRLEARN, metrics: ['selectionRate'] }).strata[0]!;
      const figures = [
        ...groups.map((one) => stratum.groups.find((other) => other.group === one.group)?.measures[0]?.value ?? null),
        stratum.aggregates[0]!.differenceBetweenGroups,
        stratum.aggregates[0]!.ratioBetweenGroups,
      ];
      for (let k = 0; k < figures.length; k++) if (figures[k] !== null) draws[k]!.push(figures[k]!);
    }
    return { columns, quantiles: input.quantiles.map((p) => draws.map((one) => quantile(one, p))) };
  },
  biasAmplification: (input: AmplificationInput) => {
    const source = association(input.task, input.attribute);
    const predicted = association(input.taskPred, input.attributePred);
    const found = directionalAmplification(
      source,
      association(input.taskPred, input.attribute),
      association(input.task, input.attributePred),
    );
    return {
      directional_attribute_to_task: found.attributeToTask,
      directional_task_to_attribute: found.taskToAttribute,
      zhao_mals: zhaoAmplification(source.both, predicted.both).value,
      cooccurrence_source: source.both,
      cooccurrence_pred: predicted.both,
    };
  },
  differentialFairness: (input: {
    readonly group: string[];
    readonly outcome: number[];
    readonly concentration: number;
  }) => {
    const groups = [...new Set(input.group)];
    const outcomes = [...new Set(input.outcome)];
    const counts = groups.map(() => outcomes.map(() => 0));
    for (let i = 0; i < input.group.length; i++)
      counts[groups.indexOf(input.group[i]!)]![outcomes.indexOf(input.outcome[i]!)]!++;
    const found = differentialFairness(counts, { concentration: input.concentration, minN: 0 });
    return { epsilon: found.epsilon, ratio_bound: found.ratioBound };
  },
  reweighing: (input: { readonly sensitive: string[]; readonly label: number[]; readonly weights?: number[] }) => {
    const { table, ...names } = asTable(
      { yTrue: input.label, sensitive: input.sensitive, weights: input.weights ?? null },
      false,
    );
    const { cells } = reweigh(groupTable(table, { ...names, label: { column: 'label' } }));
    return Object.fromEntries(cells.map((one) => [`${one.group}|${one.positive ? 1 : 0}`, one.weight]));
  },
  realFairlearn: (input: RealInput, context) => {
    const table = realTable(input, context.data(input.dataset));
    const cells = groupTable(table, {
      sensitive: input.sensitive as string[],
      label: { column: 'label' },
      prediction: { column: 'prediction' },
      ...(input.weights ? { weight: input.weights } : {}),
    });
    return { frame: shape(metricFrame(cells, FAIRLEARN), RATE_NAMES), disparities: fairnessMetrics(cells) };
  },
  propublica: (input: RealInput, context) => {
    const table = realTable(input, context.data(input.dataset));
    const cells = groupTable(table, {
      sensitive: ['race'],
      label: { column: 'label' },
      prediction: { column: 'prediction' },
    });
    const [stratum] = metricFrame(cells).strata;
    const rows = (counted: readonly (readonly number[])[], at: (metric: string) => number): unknown => {
      const [tn, fp, fn, tp] = [0, 1, 2, 3].map((k) => counted.reduce((sum, n) => sum + n[k]!, 0));
      return {
        tn,
        fp,
        fn,
        tp,
        fpr: at('falsePositiveRate'),
        fnr: at('falseNegativeRate'),
        ppv: at('precision'),
        npv: at('negativePredictiveValue'),
        prevalence: at('baseRate'),
        lr_plus: at('truePositiveRate') / at('falsePositiveRate'),
        lr_minus: at('falseNegativeRate') / at('trueNegativeRate'),
      };
    };
    const pick =
      (measures: readonly { readonly metric: string; readonly value: number | null }[]) =>
      (metric: string): number =>
        measures.find((one) => one.metric === metric)!.value!;
    const out: Record<string, unknown> = {
      all: rows(
        cells.cells.map((one) => one.n),
        pick(stratum!.overall),
      ),
    };
    for (const group of stratum!.groups)
      out[group.group] = group.suppressed
        ? null
        : rows(
            cells.cells.filter((one) => one.group[0] === group.group).map((one) => one.n),
            pick(group.measures),
          );
    return out;
  },
  aif360: (input: Aif360Input) => aif360(input),
  aif360sklearn: (input: SklearnInput) => aif360sklearn(input),
  realClarify: (input: RealInput & { readonly advantaged: string; readonly stratum: string }, context) => {
    const table = realTable(input, context.data(input.dataset));
    const column = getColumn(table, input.sensitive as string);
    const facet = booleanColumn(
      'disadvantaged',
      Array.from({ length: table.rowCount }, (_, i) => cellText(column, i) !== input.advantaged),
    );
    return clarifyFigures(createTable([...table.columns, facet]), {
      disadvantaged: { column: 'disadvantaged' },
      label: { column: 'label' },
      prediction: { column: 'prediction' },
      strata: [input.stratum],
    });
  },
  simpson: (input: SimpsonInput) => simpson(input),
  realAif360: (input: RealInput & { readonly privileged: string }, context) => {
    const table = realTable(input, context.data(input.dataset));
    const column = getColumn(table, input.sensitive as string);
    const flags = (name: string): number[] => [...(getColumn(table, name) as BooleanColumn).values];
    return aif360({
      protected: {
        s: Array.from({ length: table.rowCount }, (_, i) => (cellText(column, i) === input.privileged ? 1 : 0)),
      },
      unprivileged: [{ s: 0 }],
      privileged: [{ s: 1 }],
      yTrue: flags('label'),
      yPred: flags('prediction'),
      // Without scores the reference takes the predicted labels.
      yScore: flags('prediction'),
      weights: null,
    });
  },
};

interface AmplificationInput {
  readonly task: number[][];
  readonly attribute: number[][];
  readonly taskPred: number[][];
  readonly attributePred: number[][];
}

function association(
  task: readonly (readonly number[])[],
  attribute: readonly (readonly number[])[],
): AssociationCounts {
  const tasks = task[0]!.map(() => 0);
  const attributes = attribute[0]!.map(() => 0);
  const both = tasks.map(() => attributes.map(() => 0));
  for (let i = 0; i < task.length; i++) {
    for (let t = 0; t < tasks.length; t++) tasks[t]! += task[i]![t]!;
    for (let a = 0; a < attributes.length; a++) {
      attributes[a]! += attribute[i]![a]!;
      for (let t = 0; t < tasks.length; t++) both[t]![a]! += task[i]![t]! * attribute[i]![a]!;
    }
  }
  return { n: task.length, attributes, tasks, both };
}

interface RealInput {
  readonly dataset: string;
  readonly sensitive: string | string[];
  readonly weights?: string;
}

/** The shared data file with the label and the prediction that the oracle's text describes, as boolean columns. */
function realTable(input: RealInput, csv: string): Table {
  const table = parseCsv(csv, { nullTokens: [] });
  const text = (name: string) => {
    const column = getColumn(table, name);
    return (row: number): string => cellText(column, row) ?? '';
  };
  const rows = Array.from({ length: table.rowCount }, (_, i) => i);
  if (input.dataset === 'adult.csv') {
    const [income, education, gain, marital] = [
      'income-per-year',
      'education-num',
      'capital-gain',
      'marital-status',
    ].map(text) as [(row: number) => string, (row: number) => string, (row: number) => string, (row: number) => string];
    return createTable([
      ...table.columns,
      booleanColumn(
        'label',
        rows.map((i) => income(i) === '>50K'),
      ),
      booleanColumn(
        'prediction',
        rows.map(
          (i) =>
            Number(education(i)) >= 13 ||
            Number(gain(i)) > 5000 ||
            (marital(i) === 'Married-civ-spouse' && Number(education(i)) >= 11),
        ),
      ),
    ]);
  }
  const recid = text('two_year_recid');
  const score = text('score_text');
  return createTable([
    ...table.columns,
    booleanColumn(
      'label',
      rows.map((i) => ['1', 'true'].includes(recid(i))),
    ),
    booleanColumn(
      'prediction',
      rows.map((i) => score(i) !== 'Low'),
    ),
  ]);
}

interface Aif360Input {
  readonly protected: Readonly<Record<string, readonly number[]>>;
  readonly unprivileged: readonly Readonly<Record<string, number>>[];
  readonly privileged: readonly Readonly<Record<string, number>>[];
  readonly yTrue: readonly number[];
  readonly yPred: readonly number[];
  readonly yScore?: readonly number[] | null;
  readonly weights: readonly number[] | null;
}

type Side = 'overall' | 'privileged' | 'unprivileged';
const SIDES: readonly Side[] = ['overall', 'privileged', 'unprivileged'];

function aif360(input: Aif360Input): unknown {
  const text = Object.fromEntries(Object.entries(input.protected).map(([name, values]) => [name, values.map(String)]));
  const { yScore, ...rest } = input;
  const { table: kept, weight } = asTable({ ...rest, ...(yScore ? { yScore } : {}), sensitive: text }, false);
  const sensitive = Object.keys(text).map((name) => `s:${name}`);
  const weighted = weight === undefined ? {} : { weight };
  const selectors = (list: Aif360Input['privileged']): Record<string, string>[] =>
    list.map((one) => Object.fromEntries(Object.entries(one).map(([name, level]) => [`s:${name}`, String(level)])));
  const sides = { unprivileged: selectors(input.unprivileged), privileged: selectors(input.privileged) };
  const label = { column: 'label' };
  const prediction = { column: 'prediction' };
  const cells = groupTable(kept, { sensitive, label, prediction, ...weighted });
  const found = privilegedComparison(cells, { ...sides, minN: 0, zeroDivision: 'aif360' });
  const metric = (name: string) => found.metrics.find((one) => one.metric === name)!;
  const rates = (name: string): unknown => Object.fromEntries(SIDES.map((side) => [side, metric(name)[side].value]));
  const counts = (bits: readonly number[]): unknown =>
    Object.fromEntries(SIDES.map((side) => [side, bits.reduce((sum, k) => sum + found.weights[side][k]!, 0)]));
  const ratio = (name: string): unknown => {
    const { value, reason } = metric(name).ratio;
    return reason === 'division-by-zero' ? 'Infinity' : value;
  };
  const difference = (name: string): number | null => metric(name).difference.value;
  const outcome = (cell: GroupTable['cells'][number], predicted: boolean): number[] =>
    predicted ? [cell.w[0]! + cell.w[2]!, cell.w[1]! + cell.w[3]!] : [cell.w[0]! + cell.w[1]!, cell.w[2]! + cell.w[3]!];
  const epsilon = (predicted: boolean, concentration: number): number | null =>
    differentialFairness(
      cells.cells.map((cell) => outcome(cell, predicted)),
      { concentration, minN: 0 },
    ).epsilon;
  // Benefits prediction - label + 1 of [TN, FP, FN, TP]; the reference ignores instance weights.
  const benefits = [1, 2, 0, 1];
  const list = cells.cells.flatMap((cell, group) => benefits.map((b, k) => ({ b, n: cell.n[k]!, group, cell })));
  const entropy = (alpha: number) =>
    generalizedEntropy(
      list.map((one) => one.b),
      { alpha, weights: list.map((one) => one.n), groups: list.map((one) => one.group) },
    );
  const infinite = (value: { readonly value: number | null; readonly reason?: string | undefined }): unknown =>
    value.reason === 'infinite' ? 'Infinity' : value.value;
  // The reference's two-group index gives rows on neither side a benefit of 0.
  const matches = (cell: GroupTable['cells'][number], clauses: readonly Record<string, string>[]): boolean =>
    clauses.some((clause) =>
      sensitive.every((name, k) => clause[name] === undefined || clause[name] === cell.group[k]),
    );
  const sideOf = (cell: GroupTable['cells'][number]): number =>
    matches(cell, sides.privileged) ? 1 : matches(cell, sides.unprivileged) ? 2 : 0;
  const twoGroup = (alpha: number): unknown => {
    const sums = [0, 1, 2].map((side) => {
      const own = list.filter((one) => sideOf(one.cell) === side);
      const n = own.reduce((sum, one) => sum + one.n, 0);
      return { n, mean: side === 0 || n === 0 ? 0 : own.reduce((sum, one) => sum + one.n * one.b, 0) / n };
    });
    return infinite(
      generalizedEntropy(
        sums.map((one) => one.mean),
        { alpha, weights: sums.map((one) => one.n) },
      ),
    );
  };
  const variation = (value: unknown): unknown => (typeof value === 'number' ? Math.sqrt(2 * value) : value);
  const total = entropy(1);
  const square = entropy(2);
  const classification: Record<string, unknown> = {
    num_true_positives: counts([3]),
    num_false_positives: counts([1]),
    num_true_negatives: counts([0]),
    num_false_negatives: counts([2]),
    true_positive_rate: rates('truePositiveRate'),
    false_positive_rate: rates('falsePositiveRate'),
    true_negative_rate: rates('trueNegativeRate'),
    false_negative_rate: rates('falseNegativeRate'),
    positive_predictive_value: rates('precision'),
    negative_predictive_value: rates('negativePredictiveValue'),
    false_discovery_rate: rates('falseDiscoveryRate'),
    false_omission_rate: rates('falseOmissionRate'),
    accuracy: rates('accuracy'),
    error_rate: rates('zeroOneLoss'),
    selection_rate: rates('selectionRate'),
    num_pred_positives: counts([1, 3]),
    num_pred_negatives: counts([0, 2]),
    statistical_parity_difference: difference('selectionRate'),
    disparate_impact: ratio('selectionRate'),
    true_positive_rate_difference: difference('truePositiveRate'),
    equal_opportunity_difference: difference('truePositiveRate'),
    false_positive_rate_difference: difference('falsePositiveRate'),
    false_negative_rate_difference: difference('falseNegativeRate'),
    false_omission_rate_difference: difference('falseOmissionRate'),
    false_discovery_rate_difference: difference('falseDiscoveryRate'),
    false_positive_rate_ratio: ratio('falsePositiveRate'),
    false_negative_rate_ratio: ratio('falseNegativeRate'),
    false_omission_rate_ratio: ratio('falseOmissionRate'),
    false_discovery_rate_ratio: ratio('falseDiscoveryRate'),
    average_odds_difference: found.averageOddsDifference!.value,
    average_abs_odds_difference: found.averageAbsOddsDifference!.value,
    average_predictive_value_difference: found.averagePredictiveValueDifference!.value,
    equalized_odds_difference: found.equalizedOddsGap!.value,
    error_rate_difference: difference('zeroOneLoss'),
    error_rate_ratio: ratio('zeroOneLoss'),
    theil_index: total.value,
    coefficient_of_variation: variation(square.value),
    between_group_theil_index: twoGroup(1),
    between_group_coefficient_of_variation: variation(twoGroup(2)),
    between_all_groups_theil_index: total.between,
    between_all_groups_coefficient_of_variation: variation(square.between),
    differential_fairness_bias_amplification: epsilon(true, 1)! - epsilon(false, 1)!,
    generalized_entropy_index: Object.fromEntries(
      [-1, 0.5, 1, 2, 3].map((alpha) => [String(alpha), infinite(entropy(alpha))]),
    ),
    between_group_generalized_entropy_index: Object.fromEntries(
      [0.5, 1, 2].map((alpha) => [String(alpha), twoGroup(alpha)]),
    ),
  };
  if (input.yScore) {
    // Mean score among positives and among negatives, by side.
    const mean = (y: boolean, side: Side): number | null => {
      const rows = filterRows(
        kept,
        (row) =>
          (getColumn(kept, 'label') as BooleanColumn).values[row] === (y ? 1 : 0) &&
          (side === 'overall' || inSide(row, side)),
      );
      const frame = scoreFrame(rows, { sensitive, label, score: 'score', ...weighted, ...FAIRLEARN });
      return frame.strata[0]?.overall[1]?.value ?? null;
    };
    const inSide = (row: number, side: Side): boolean =>
      sides[side as 'privileged'].some((clause) =>
        Object.entries(clause).every(([name, level]) => cellText(getColumn(kept, name), row) === level),
      );
    const table4 = SIDES.map((side) => ({ side, tpr: mean(true, side), fpr: mean(false, side) }));
    const other = (x: number | null): number | null => (x === null ? null : 1 - x);
    classification['generalized_true_positive_rate'] = Object.fromEntries(table4.map((one) => [one.side, one.tpr]));
    classification['generalized_false_positive_rate'] = Object.fromEntries(table4.map((one) => [one.side, one.fpr]));
    classification['generalized_true_negative_rate'] = Object.fromEntries(
      table4.map((one) => [one.side, other(one.fpr)]),
    );
    classification['generalized_false_negative_rate'] = Object.fromEntries(
      table4.map((one) => [one.side, other(one.tpr)]),
    );
    const [, p, u] = table4 as [(typeof table4)[0], (typeof table4)[0], (typeof table4)[0]];
    const gap = (a: number | null, b: number | null): number | null =>
      a === null || b === null ? null : Math.abs(a - b);
    const fprGap = gap(u.fpr, p.fpr);
    const tprGap = gap(u.tpr, p.tpr);
    classification['generalized_equalized_odds_difference'] =
      fprGap === null ? null : tprGap === null ? fprGap : Math.max(fprGap, tprGap);
  }
  const grouped = categoryColumn(
    'side',
    Array.from({ length: kept.rowCount }, (_, row) =>
      sides.privileged.some((clause) =>
        Object.entries(clause).every(([name, level]) => cellText(getColumn(kept, name), row) === level),
      )
        ? 'p'
        : sides.unprivileged.some((clause) =>
              Object.entries(clause).every(([name, level]) => cellText(getColumn(kept, name), row) === level),
            )
          ? 'u'
          : 'x',
    ),
  );
  const weights = reweigh(
    groupTable(createTable([...kept.columns, grouped]), { sensitive: ['side'], label, ...weighted }),
    { emptyCells: 'skip' },
  );
  const cell = (group: string, positive: boolean) =>
    weights.cells.find((one) => one.group === group && one.positive === positive)!;
  const factor = (group: string, positive: boolean): unknown => {
    const one = cell(group, positive);
    return one.weight ?? (one.after > 0 ? 'Infinity' : null);
  };
  const rateAfter = (group: string): number => {
    const [no, yes] = [cell(group, false), cell(group, true)].map((one) => one.before * (one.weight ?? 0)) as [
      number,
      number,
    ];
    return yes / (no + yes);
  };
  return {
    dataset: {
      num_positives: counts([2, 3]),
      num_negatives: counts([0, 1]),
      num_instances: counts([0, 1, 2, 3]),
      base_rate: rates('baseRate'),
      statistical_parity_difference: difference('baseRate'),
      disparate_impact: ratio('baseRate'),
      smoothed_empirical_differential_fairness: epsilon(false, 1),
      sedf_by_concentration: Object.fromEntries([0.5, 1, 2, 10].map((c) => [String(c), epsilon(false, c)])),
    },
    classification,
    reweighing: {
      w_p_fav: factor('p', true),
      w_p_unfav: factor('p', false),
      w_up_fav: factor('u', true),
      w_up_unfav: factor('u', false),
      mean_difference_after: rateAfter('u') - rateAfter('p'),
    },
  };
}

interface SklearnInput {
  readonly sensitive: readonly number[];
  readonly groups3: readonly string[];
  readonly yTrue: readonly number[];
  readonly yPred: readonly number[];
  readonly weights: readonly number[];
}

/** AIF360's sklearn interface. Which figures were called with weights, and which with the three groups, is the oracle's choice. */
function aif360sklearn({ sensitive, groups3, yTrue, yPred, weights }: SklearnInput): Record<string, unknown> {
  const cells = (groups: readonly (string | number)[], weighted: boolean, prediction: boolean): GroupTable => {
    const input = { yTrue, yPred, sensitive: groups.map(String), ...(weighted ? { weights } : {}) };
    const { table, ...names } = asTable(input, false);
    return groupTable(table, {
      ...names,
      label: { column: 'label' },
      ...(prediction ? { prediction: { column: 'prediction' } } : {}),
    });
  };
  /** Weights [negative, positive] of each group, by label or by prediction. */
  const outcomes = (table: GroupTable, predicted: boolean): number[][] =>
    table.cells.map(({ w }) => (predicted ? [w[0]! + w[2]!, w[1]! + w[3]!] : [w[0]! + w[1]!, w[2]! + w[3]!]));
  const divergence = (table: GroupTable, predicted: boolean): number | null => {
    const [weak, strong] = outcomes(table, predicted).map(([no, yes]) => [no! / (no! + yes!), yes! / (no! + yes!)]);
    return kullbackLeibler(strong!, weak!);
  };
  const epsilon = (table: GroupTable, predicted: boolean, concentration: number): number =>
    differentialFairness(outcomes(table, predicted), { concentration, minN: 0 }).epsilon!;
  const sides = { unprivileged: [{ 's:sensitive': '0' }], privileged: [{ 's:sensitive': '1' }], minN: 0 };
  const plain = privilegedComparison(cells(sensitive, false, true), sides);
  const weighted = privilegedComparison(cells(sensitive, true, true), sides);
  const [weak, strong] = outcomes(cells(sensitive, true, false), false).map(([no, yes]) => no! + yes!);
  const groups = cells(groups3, false, true);
  const names = [...new Set(groups3)].sort();
  return {
    class_imbalance: (weak! - strong!) / (weak! + strong!),
    kl_divergence: divergence(cells(sensitive, true, false), false),
    kl_divergence_pred: divergence(cells(sensitive, false, true), true),
    cdd_aif360: demographicDisparity(cells(groups3, true, false)).mean,
    smoothed_edf: epsilon(cells(groups3, true, true), false, 1),
    smoothed_edf_pred: epsilon(groups, true, 2),
    df_bias_amplification: epsilon(groups, true, 1) - epsilon(groups, false, 1),
    average_odds_error: plain.averageAbsOddsDifference?.value,
    average_odds_difference: weighted.averageOddsDifference?.value,
    between_group_ge_error_alpha1: generalizedEntropy(
      yTrue.map((y, i) => yPred[i]! - y + 1),
      { alpha: 1, groups: groups3.map((group) => names.indexOf(group)) },
    ).between,
    average_predictive_value_difference: plain.averagePredictiveValueDifference?.value,
  };
}

interface SimpsonInput {
  readonly tables: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly rows: readonly [string, string];
}

/** Two groups over strata: aggregate, conditional, and Clarify's figures of the outcome taken as its own prediction. */
function simpson({ tables, rows }: SimpsonInput): Record<string, unknown> {
  const stratum: string[] = [];
  const group: string[] = [];
  const outcome: boolean[] = [];
  for (const [name, counts] of Object.entries(tables))
    counts.forEach((pair, g) => {
      pair.forEach((n, rejected) => {
        for (let i = 0; i < n; i++) {
          stratum.push(name);
          group.push(rows[g]!);
          outcome.push(rejected === 0);
        }
      });
    });
  const [first, second] = rows;
  const table = createTable([
    categoryColumn('stratum', stratum),
    categoryColumn('group', group),
    booleanColumn('label', outcome),
    booleanColumn('prediction', outcome),
  ]);
  const label = { column: 'label' };
  const cells = groupTable(table, { sensitive: ['group'], label, control: ['stratum'] });
  const women = conditionalDisparity(cells, { first: second });
  const men = conditionalDisparity(cells, { first });
  const [frame] = metricFrame(groupTable(table, { sensitive: ['group'], label }), { metrics: ['baseRate'] }).strata;
  const rate = (name: string): number => frame!.groups.find((one) => one.group === name)!.measures[0]!.value!;
  return {
    total: table.rowCount,
    rate_male: rate(first),
    rate_female: rate(second),
    spd_female_minus_male: women.aggregate.value,
    disparate_impact: rate(second) / rate(first),
    by_department_male_minus_female: Object.fromEntries(
      men.strata.map((one) => [one.stratum[0], one.difference.value]),
    ),
    size_weighted_conditional_difference_female_minus_male: women.conditional.value,
    clarify: clarifyFigures(table, {
      disadvantaged: { column: 'group', positive: second },
      label,
      prediction: { column: 'prediction' },
      strata: ['stratum'],
    }),
  };
}
