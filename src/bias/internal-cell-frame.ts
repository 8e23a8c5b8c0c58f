import type { Measure } from '../types.ts';
import { aggregateMetric, type FrameGroup, type FrameStratum, listGroups, type MetricFrame } from './internal-frame.ts';
import { groupLabel, rateOptions, type ZeroDivision } from './internal-rates.ts';

/** What is counted of one group in one stratum, perhaps in several cells. */
interface Cell {
  readonly stratum: readonly string[];
  readonly group: readonly string[];
}

/** What a frame needs of a table of cells. */
interface Cells<C extends Cell> {
  readonly sensitive: readonly string[];
  readonly control: readonly string[];
  readonly levels: readonly (readonly string[])[];
  readonly cells: readonly C[];
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Options of the frames of continuous figures. */
export interface CellFrameOptions {
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** `fairlearn`: aggregates of a single group are 0 and 1 instead of null. Default `'undefined'`. */
  readonly zeroDivision?: ZeroDivision | undefined;
}

/**
 * Measures each group and the whole of each stratum, and aggregates. `read` joins the cells of any set of rows, `measure`
 * takes a figure from that.
 */
export function frameOfCells<C extends Cell, D extends { readonly rows: number }>(
  table: Cells<C>,
  given: CellFrameOptions,
  metrics: readonly string[],
  read: (cells: readonly C[]) => D,
  measure: (data: D, metric: string, level: number) => Measure,
): MetricFrame {
  const options = rateOptions(given);
  const { sensitive, control } = table;
  const strata = new Map<string, Map<string, C[]>>();
  for (const cell of table.cells) {
    const key = JSON.stringify(cell.stratum);
    const inner = strata.get(key) ?? new Map<string, C[]>();
    strata.set(key, inner);
    const group = JSON.stringify(cell.group);
    const list = inner.get(group);
    if (list === undefined) inner.set(group, [cell]);
    else list.push(cell);
  }
  if (control.length === 0 && strata.size === 0) strata.set('[]', new Map());
  const figures = (data: D): Measure[] => {
    const reason = data.rows === 0 ? 'empty-group' : data.rows < options.minN ? 'suppressed' : undefined;
    return metrics.map((metric) =>
      reason === undefined
        ? measure(data, metric, options.level)
        : { metric, value: null, range: [null, null], goal: 'none', n: 0, reason },
    );
  };
  let suppressedGroups = 0;
  let suppressedRows = 0;
  let total = 0;
  const out: FrameStratum[] = [];
  for (const [key, inner] of strata) {
    const all = read([...inner.values()].flat());
    total += all.rows;
    const list: FrameGroup[] = [];
    for (const values of listGroups(
      table.levels,
      [...inner.values()].map((cells) => cells[0]!.group),
    )) {
      const data = read(inner.get(JSON.stringify(values)) ?? []);
      const suppressed = data.rows > 0 && data.rows < options.minN;
      if (suppressed) {
        suppressedGroups++;
        suppressedRows += data.rows;
      }
      list.push({
        group: groupLabel(values),
        values,
        n: suppressed ? null : data.rows,
        suppressed,
        measures: figures(data),
      });
    }
    const overall = figures(all);
    out.push({
      values: JSON.parse(key) as string[],
      n: all.rows,
      overall,
      groups: list,
      aggregates: metrics.map((metric, k) => aggregateMetric(metric, overall[k]!.value, list, k, options.zeroDivision)),
    });
  }
  return {
    sensitive: [...sensitive],
    control: [...control],
    metrics: [...metrics],
    strata: out,
    rows: total,
    leftOut: Object.values(table.leftOut).reduce((sum, n) => sum + n, 0),
    suppressed: { groups: suppressedGroups, rows: suppressedRows },
  };
}
