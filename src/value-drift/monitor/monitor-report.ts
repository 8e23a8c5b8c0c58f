import { LN10 } from '../../math/constants.ts';
import type { Chart, ChartSeries, Finding, Report, ReportTable } from '../../types.ts';
import { figure, percent, sentenceOf } from '../internal-words.ts';
import type { MonitorState } from './monitor-types.ts';
import {
  type MonitorValueVerdict,
  type MonitorVerdict,
  type MonitorVerdictOptions,
  monitorVerdict,
} from './monitor-verdict.ts';

/** Options of {@link monitorReport}. */
export interface MonitorReportOptions extends MonitorVerdictOptions {
  /** Heading. Default `Value drift monitor`. */
  readonly title?: string | undefined;
  /** Values shown in the chart of means, those with the most evidence first. Default 4. */
  readonly charts?: number | undefined;
}

/** Lines that one picture can hold. */
const MOST_LINES = 8;

/**
 * A monitor in plain words, with its course: evidence over time against the threshold, and the means with their bounds.
 *
 * @param state - From {@link updateMonitor}.
 * @param options - See {@link MonitorReportOptions}.
 * @returns A report for the renderers in `report`.
 * @throws {@link SynthproofError} as {@link monitorVerdict}.
 * @example
 * const spec = createValueSpec({ id: 'house', version: '1', scale: { min: 0, max: 1 }, values: [{ id: 'care', target: { mean: 0.5 } }] });
 * monitorReport(createMonitor(spec, { scorerId: 'judge-1' })).findings[0].level; // => 'note'
 */
export function monitorReport(state: MonitorState, options: MonitorReportOptions = {}): Report {
  const { title = 'Value drift monitor', charts = 4 } = options;
  const found = monitorVerdict(state, options);
  const order = found.values.map((_, v) => v);
  order.sort((a, b) => strength(found.values[b]!) - strength(found.values[a]!) || a - b);
  return {
    title,
    findings: findings(state, found),
    tables: [valueTable(state, found)],
    charts: [
      evidenceChart(state, found, order.slice(0, MOST_LINES)),
      ...order.slice(0, charts).map((v) => meanChart(state, found, v)),
    ],
  };
}

function strength({ alarmCount, logE }: MonitorValueVerdict): number {
  return alarmCount > 0 ? 1e6 + alarmCount : (logE ?? -1e6);
}

function findings(state: MonitorState, found: MonitorVerdict): Finding[] {
  const out: Finding[] = [];
  const { settings } = state;
  const promise =
    found.falseAlarmRate === null
      ? `false alarms come on average at least ${figure(found.runLength!)} items apart${settings.against === 'reference' ? `, if the reference intervals hold (${percent(1 - settings.referenceAlpha)})` : ''}`
      : `at most ${percent(found.falseAlarmRate)} chance of ${settings.across === 'e-bh' ? 'any alarm without drift' : 'any false alarm'}, however long it runs`;
  const drifted = found.values.filter(({ verdict }) => verdict === 'drift');
  if (drifted.length > 0)
    out.push({
      level: 'warning',
      text: `${drifted.length} of ${found.values.length} values drifted within ${found.items} items (${promise}).`,
    });
  else if (found.verdict === 'no-drift')
    out.push({
      level: 'good',
      text: `Every value stays within ${figure(settings.margin!)} of its range after ${found.items} items (${promise}).`,
    });
  else if (found.values.some(({ limited }) => limited?.verdict === 'drift'))
    out.push({
      level: 'note',
      text: `Inconclusive after ${found.items} items: the scores raised an alarm, but the scorer does not agree with people (${promise}).`,
    });
  else
    out.push({
      level: 'note',
      text: `Inconclusive after ${found.items} items: no alarm, and a change that matters is not ruled out (${promise}).`,
    });
  for (const { label, alarmCount, lastAlarm } of drifted)
    out.push({
      level: 'warning',
      text: `${label}: the scores ${lastAlarm!.direction === 'up' ? 'rose' : 'fell'}${settings.against === 'pairs' ? ' against their partners' : ''}; ${alarmCount === 1 ? 'alarm' : `${alarmCount} alarms, the last`} at item ${lastAlarm!.item}.`,
    });
  for (const { label, missing } of found.values)
    if (missing > 0)
      out.push({
        level: missing * 10 > found.items ? 'warning' : 'note',
        text: `${label}: ${missing} of ${found.items} items have no score; a drift in what is missing is not seen.`,
      });
  for (const text of found.warnings) out.push({ level: 'warning', text: sentenceOf(text) });
  if (found.unwatched.length > 0)
    out.push({ level: 'note', text: `Not watched, for want of a target: ${found.unwatched.join(', ')}.` });
  return out;
}

function valueTable(state: MonitorState, found: MonitorVerdict): ReportTable {
  return {
    title: 'Values',
    columns: ['value', 'verdict', 'evidence (log10)', 'mean', 'from', 'to', 'no drift from', 'to', 'scores', 'missing'],
    rows: found.values.map((value) => [
      value.label,
      value.limited === undefined ? value.verdict : `${value.verdict} (scores alone: ${value.limited.verdict})`,
      value.logE === null ? null : value.logE / LN10,
      value.mean,
      value.interval.lower,
      value.interval.upper,
      value.range[0],
      value.range[1],
      value.n,
      value.missing,
    ]),
    note: `Alarm of a single value at ${figure(found.logThreshold / LN10)} (log10). Spec ${state.spec}, scored by ${state.scorerId}.`,
  };
}

function evidenceChart(state: MonitorState, found: MonitorVerdict, shown: readonly number[]): Chart {
  const { items, logE } = state.trace;
  const series: ChartSeries[] = shown.map((v) => ({
    name: found.values[v]!.label,
    x: items,
    y: logE[v]!.map((x) => (x === null ? null : x / LN10)),
  }));
  series.push({ name: 'alarm', x: items, y: items.map(() => found.logThreshold / LN10) });
  return { kind: 'line', title: 'Evidence of drift', xLabel: 'items', yLabel: 'evidence (log10)', series };
}

function meanChart(state: MonitorState, found: MonitorVerdict, v: number): Chart {
  const { items, means } = state.trace;
  const { label, range } = found.values[v]!;
  const path = means[v]!;
  const series: ChartSeries[] = [
    { name: 'mean', x: items, y: path.map(([mean]) => mean) },
    { name: 'lower bound', x: items, y: path.map(([, lower]) => lower) },
    { name: 'upper bound', x: items, y: path.map(([, , upper]) => upper) },
    { name: range[0] === range[1] ? 'no drift' : 'no drift from', x: items, y: items.map(() => range[0]) },
  ];
  if (range[0] !== range[1]) series.push({ name: 'no drift to', x: items, y: items.map(() => range[1]) });
  const yLabel = state.settings.against === 'pairs' ? 'difference of scores' : 'score';
  return { kind: 'line', title: `Mean of ${label}`, xLabel: 'items', yLabel, series };
}
