import {
  demographicParityDifference,
  demographicParityRatio,
  equalizedOddsDifference,
  equalizedOddsRatio,
  equalOpportunityDifference,
  equalOpportunityRatio,
  type GroupTable,
  groupTable,
  type MetricFrame,
  metricFrame,
  regressionFrame,
  scoreFrame,
} from '../../src/bias/index.ts';
import { quantile } from '../../src/stats/quantile.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Column, Table } from '../../src/types.ts';
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
};
