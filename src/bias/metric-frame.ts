import type { GroupCell, GroupTable } from './group-table.ts';
import { aggregateMetric, type FrameGroup, type FrameStratum, listGroups, type MetricFrame } from './internal-frame.ts';
import {
  CONFUSION_METRICS,
  checkMetric,
  type GroupMetricName,
  groupLabel,
  measureOf,
  rateOptions,
  sumCells,
  type ZeroDivision,
} from './internal-rates.ts';

/** Options of {@link metricFrame}. */
export interface MetricFrameOptions {
  /** Which metrics; default: all that the table's outcomes allow. */
  readonly metrics?: readonly GroupMetricName[] | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups, and denominators, with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** What 0/0 becomes. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/**
 * Metrics by group with their aggregates: a pure function of the cell table, so it costs the same at any number of rows.
 *
 * Every rate carries its n and a Wilson interval (on Kish's effective n with weights; F1 through TP/(TP+FP+FN), balanced
 * accuracy by Newcombe's square-and-add). Groups without a value are left out of the aggregates and listed with the
 * reason; combinations of levels that do not occur are listed as `empty-group`. With control columns there is one
 * stratum per control level, and aggregates are taken within it.
 * Source: definitions of fairlearn's MetricFrame (difference, ratio; between_groups, to_overall).
 *
 * @param cells - From {@link groupTable}.
 * @param options - See {@link MetricFrameOptions}.
 * @returns See {@link MetricFrame}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a metric whose outcome was not counted; `BAD_OPTION`; `OUT_OF_RANGE`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const frame = metricFrame(groupTable(rows, { sensitive: ['sex'], label: { column: 'hired' } }), { minN: 1 });
 * frame.strata[0]?.groups.map((one) => [one.group, one.measures[1]?.value]); // => [['f', 0.5], ['m', 1]]
 */
export function metricFrame(cells: GroupTable, options: MetricFrameOptions = {}): MetricFrame {
  const rates = rateOptions(options);
  const metrics = options.metrics ?? defaultMetrics(cells);
  for (const metric of metrics) checkMetric(cells, metric, 'metrics');
  const byStratum = new Map<string, GroupCell[]>();
  for (const cell of cells.cells) {
    const key = JSON.stringify(cell.stratum);
    const list = byStratum.get(key);
    if (list === undefined) byStratum.set(key, [cell]);
    else list.push(cell);
  }
  if (cells.control.length === 0 && byStratum.size === 0) byStratum.set('[]', []);
  const strata: FrameStratum[] = [];
  let suppressedGroups = 0;
  let suppressedRows = 0;
  for (const [key, members] of byStratum) {
    const byGroup = new Map(members.map((cell) => [JSON.stringify(cell.group), cell]));
    const groups: FrameGroup[] = [];
    for (const values of listGroups(
      cells.levels,
      members.map((cell) => cell.group),
    )) {
      const cell = byGroup.get(JSON.stringify(values));
      const sums = sumCells(cell === undefined ? [] : [cell]);
      const n = sums.n[0]! + sums.n[1]! + sums.n[2]! + sums.n[3]!;
      const suppressed = n > 0 && n < rates.minN;
      if (suppressed) {
        suppressedGroups++;
        suppressedRows += n;
      }
      groups.push({
        group: groupLabel(values),
        values,
        n: suppressed ? null : n,
        suppressed,
        measures: metrics.map((metric) => measureOf(sums, metric, rates)),
      });
    }
    const whole = sumCells(members);
    const overall = metrics.map((metric) => measureOf(whole, metric, rates));
    strata.push({
      values: JSON.parse(key) as string[],
      n: whole.n[0]! + whole.n[1]! + whole.n[2]! + whole.n[3]!,
      overall,
      groups,
      aggregates: metrics.map((metric, k) => aggregateMetric(metric, overall[k]!.value, groups, k, rates.zeroDivision)),
    });
  }
  const { missingLabel, missingPrediction, missingWeight } = cells.leftOut;
  return {
    sensitive: cells.sensitive,
    control: cells.control,
    metrics: [...metrics],
    strata,
    rows: cells.rows,
    leftOut: missingLabel + missingPrediction + missingWeight,
    suppressed: { groups: suppressedGroups, rows: suppressedRows },
  };
}

function defaultMetrics(cells: GroupTable): GroupMetricName[] {
  const metrics: GroupMetricName[] = ['count'];
  if (cells.hasLabel) metrics.push('baseRate');
  if (cells.hasPrediction) metrics.push('selectionRate');
  if (cells.hasLabel && cells.hasPrediction) metrics.push(...CONFUSION_METRICS);
  return metrics;
}
