import type { Measure, Table } from '../types.ts';
import {
  columnOf,
  encodeNumbers,
  encodeWeights,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { aggregateMetric, type FrameGroup, type FrameStratum, listGroups, type MetricFrame } from './internal-frame.ts';
import { type GroupIndex, indexGroups } from './internal-index.ts';
import { groupLabel, rateOptions, type ZeroDivision } from './internal-rates.ts';

/** What both frames of continuous figures need. */
export interface ScoreSpec {
  readonly sensitive: readonly string[];
  readonly control?: readonly string[] | undefined;
  readonly weight?: string | undefined;
  readonly level?: number | undefined;
  readonly minN?: number | undefined;
  readonly zeroDivision?: ZeroDivision | undefined;
}

/** The rows of one group: truth, prediction or score, and weight. */
export interface ScoreRows {
  readonly y: Float64Array;
  readonly p: Float64Array;
  readonly w: Float64Array;
}

function gather(rows: readonly number[], y: ArrayLike<number>, p: Float64Array, w: Float64Array | null): ScoreRows {
  return {
    y: Float64Array.from(rows, (i) => y[i]!),
    p: Float64Array.from(rows, (i) => p[i]!),
    w: Float64Array.from(rows, (i) => (w === null ? 1 : w[i]!)),
  };
}

/** Truth as numbers, NaN where missing. */
function truth(table: Table, label: string | OutcomeSpec): ArrayLike<number> {
  if (typeof label === 'string') return encodeNumbers(columnOf(table, label, 'label'), 'label');
  const codes = readOutcome(table, label, 'label');
  return Float64Array.from(codes, (code) => (code === OUTCOME_MISSING ? Number.NaN : code));
}

/** Splits rows by stratum and group, measures each and the whole of each stratum, and aggregates. */
export function scoreFrameOf(
  table: Table,
  spec: ScoreSpec,
  label: string | OutcomeSpec,
  prediction: string,
  metrics: readonly string[],
  measure: (rows: ScoreRows, metric: string, level: number) => Measure,
): MetricFrame {
  const options = rateOptions(spec);
  const control = spec.control ?? [];
  const groups: GroupIndex = indexGroups(table, spec.sensitive, control);
  const y = truth(table, label);
  const p = encodeNumbers(columnOf(table, prediction, 'prediction'), 'prediction');
  const w = spec.weight === undefined ? null : encodeWeights(columnOf(table, spec.weight, 'weight'), 'weight');
  const members = new Map<number, number[]>();
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    if (!Number.isFinite(y[i]!) || !Number.isFinite(p[i]!) || (w !== null && Number.isNaN(w[i]!))) {
      leftOut++;
      continue;
    }
    const g = groups.index[i]!;
    const list = members.get(g);
    if (list === undefined) members.set(g, [i]);
    else list.push(i);
  }
  const present = [...members.keys()].sort((a, b) => a - b);
  const levels = [...groups.controlLevels, ...groups.levels];
  const strata = new Map<string, Map<string, number[]>>();
  const names = new Map<string, readonly string[]>();
  for (const g of present) {
    const values = groups.codesOf(g).map((code, k) => levels[k]![code]!);
    const key = JSON.stringify(values.slice(0, control.length));
    const inner = strata.get(key) ?? new Map<string, number[]>();
    strata.set(key, inner);
    const group = values.slice(control.length);
    names.set(JSON.stringify(group), group);
    inner.set(JSON.stringify(group), members.get(g)!);
  }
  if (control.length === 0 && strata.size === 0) strata.set('[]', new Map());
  const figures = (rows: readonly number[]): Measure[] => {
    const reason = rows.length === 0 ? 'empty-group' : rows.length < options.minN ? 'suppressed' : undefined;
    const data = reason === undefined ? gather(rows, y, p, w) : null;
    return metrics.map((metric) =>
      data === null
        ? { metric, value: null, range: [null, null], goal: 'none', n: 0, reason }
        : measure(data, metric, options.level),
    );
  };
  let suppressedGroups = 0;
  let suppressedRows = 0;
  let total = 0;
  const out: FrameStratum[] = [];
  for (const [key, inner] of strata) {
    const all: number[] = [];
    for (const rows of inner.values()) for (const row of rows) all.push(row);
    all.sort((a, b) => a - b);
    total += all.length;
    const list: FrameGroup[] = [];
    for (const values of listGroups(
      groups.levels,
      [...inner.keys()].map((id) => names.get(id)!),
    )) {
      const rows = inner.get(JSON.stringify(values)) ?? [];
      const suppressed = rows.length > 0 && rows.length < options.minN;
      if (suppressed) {
        suppressedGroups++;
        suppressedRows += rows.length;
      }
      list.push({
        group: groupLabel(values),
        values,
        n: suppressed ? null : rows.length,
        suppressed,
        measures: figures(rows),
      });
    }
    const overall = figures(all);
    out.push({
      values: JSON.parse(key) as string[],
      n: all.length,
      overall,
      groups: list,
      aggregates: metrics.map((metric, k) => aggregateMetric(metric, overall[k]!.value, list, k, options.zeroDivision)),
    });
  }
  return {
    sensitive: [...spec.sensitive],
    control: [...control],
    metrics: [...metrics],
    strata: out,
    rows: total,
    leftOut,
    suppressed: { groups: suppressedGroups, rows: suppressedRows },
  };
}
