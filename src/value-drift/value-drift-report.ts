import type { Chart, Finding, Report, ReportTable } from '../types.ts';
import type { DriftAttribution } from './drift-attribution.ts';
import type { DriftReport, ValueDrift } from './drift-report.ts';
import { figure, percent, probability, sentenceOf } from './internal-words.ts';

/** Options of {@link valueDriftReport}. */
export interface ValueDriftReportOptions {
  /** Heading. Default `Value drift`. */
  readonly title?: string | undefined;
  /** Name of the baseline. Default `baseline`. */
  readonly baseline?: string | undefined;
  /** Name of the current data. Default `current`. */
  readonly current?: string | undefined;
  /** What carries the drift, shown as tables. Default: none. */
  readonly attribution?: DriftAttribution | undefined;
}

/**
 * A drift comparison in plain words, with a table and a forest plot.
 *
 * @param drift - From {@link compareProfiles}.
 * @param options - See {@link ValueDriftReportOptions}.
 * @returns A report for the renderers in `report`.
 * @example
 * const spec = createValueSpec({ id: 'demo', version: '1', values: ['Kind'] });
 * const profile = profileValues([[1], [2], [4], [5]], featureScorer(spec));
 * valueDriftReport(compareProfiles(profile, profile)).title; // => 'Value drift'
 */
export function valueDriftReport(drift: DriftReport, options: ValueDriftReportOptions = {}): Report {
  const { title = 'Value drift', baseline = 'baseline', current = 'current' } = options;
  return {
    title,
    findings: findings(drift, baseline, current),
    tables: [
      driftTable(drift, baseline, current),
      ...agreementTables(drift),
      ...sliceTables(drift, baseline, current),
      ...(options.attribution === undefined ? [] : attributionTables(options.attribution, drift, baseline, current)),
    ],
    charts: [forest(drift)],
  };
}

function findings(drift: DriftReport, baseline: string, current: string): Finding[] {
  const out: Finding[] = [];
  const drifted = drift.values
    .filter((value) => value.verdict === 'drift')
    .sort((a, b) => a.pAdjusted - b.pAdjusted || size(b) - size(a));
  // What a scorer may not decide on is told by a warning of its own.
  const decided = drift.values.filter((value) => value.limited === undefined);
  const open = decided.filter((value) => value.verdict === 'inconclusive' && value.reason === undefined);
  const small = decided.filter((value) => value.equivalent && value.pAdjusted <= 1 - drift.level + 1e-12);
  const counts = `${drift.units.baseline} ${unitName(drift)} of ${baseline}${drift.design === 'paired' ? '' : `, ${drift.units.current} of ${current}`}`;
  if (drift.verdict === 'drift')
    out.push({
      level: drifted.some((value) => value.direction === 'away') ? 'risk' : 'warning',
      text: `${drifted.length} of ${drift.values.length} values drifted from ${baseline} to ${current} (joint p ${probability(drift.global.pValue)}; ${counts}).`,
    });
  else if (drift.verdict === 'no-drift')
    out.push({
      level: 'good',
      text: `No value drifted by more than ${marginText(drift)}: larger changes are ruled out at ${percent(drift.level)} (${counts}).`,
    });
  else if (drift.values.some((value) => value.limited !== undefined && value.limited.verdict !== 'inconclusive'))
    out.push({
      level: 'note',
      text: `Inconclusive: the scores alone do not decide, for the scorer does not agree with people (${counts}).`,
    });
  else
    out.push({
      level: 'note',
      text: `Inconclusive: no drift was shown (joint p ${probability(drift.global.pValue)}), and a change of ${marginText(drift)} is not ruled out (${counts}).${
        drift.detectableInSd === null
          ? ''
          : ` This much data shows changes from ${figure(drift.detectableInSd)} sd with power ${percent(drift.power)}.`
      }`,
    });
  for (const value of drifted)
    out.push({ level: value.direction === 'away' ? 'risk' : 'warning', text: sentence(value, drift) });
  if (drift.verdict === 'drift' && open.length > 0)
    out.push({ level: 'note', text: `Neither shown nor ruled out: ${names(open)}.` });
  if (small.length > 0)
    out.push({ level: 'note', text: `A change smaller than the margin was detected: ${names(small)}.` });
  const constant = drift.values.filter((value) => value.reason === 'constant');
  if (constant.length > 0)
    out.push({ level: 'note', text: `Every item has the same score on both sides: ${names(constant)}.` });
  const few = drift.values.filter((value) => value.reason === 'too-few-scores');
  if (few.length > 0) out.push({ level: 'warning', text: `Too few scores to compare: ${names(few)}.` });
  for (const text of drift.warnings) out.push({ level: 'warning', text: sentenceOf(text) });
  return out;
}

function sentence(value: ValueDrift, drift: DriftReport): string {
  const { delta, interval, baseline, current } = value;
  const way = delta !== null && delta < 0 ? 'fell' : 'rose';
  const range =
    interval === undefined
      ? ''
      : `, ${percent(interval.level)} interval of the change ${figure(interval.lower)} to ${figure(interval.upper)}`;
  const inSd = value.deltaInSd === null ? '' : `, ${figure(value.deltaInSd)} sd`;
  const unit = drift.unit === '' ? '' : ` ${drift.unit}`;
  const target =
    value.direction === 'none'
      ? ''
      : value.direction === 'away'
        ? '; it moved away from its target'
        : '; it moved towards its target';
  return `${value.label} ${way} from ${figure(baseline.mean)} to ${figure(current.mean)}${unit} (change ${figure(delta)}${inSd}${range}; adjusted p ${probability(value.pAdjusted)})${target}.`;
}

function driftTable(drift: DriftReport, baseline: string, current: string): ReportTable {
  return {
    title: 'Values',
    columns: [
      'value',
      `n ${baseline}`,
      `n ${current}`,
      `mean ${baseline}`,
      `mean ${current}`,
      'change',
      'lower',
      'upper',
      'change in sd',
      "Hedges' g",
      "Cliff's delta",
      'KS',
      'W1',
      'p',
      'adjusted p',
      'verdict',
    ],
    rows: drift.values.map((value) => [
      value.label,
      value.baseline.n,
      value.current.n,
      value.baseline.mean,
      value.current.mean,
      value.delta,
      value.interval?.lower ?? null,
      value.interval?.upper ?? null,
      value.deltaInSd,
      value.hedgesG,
      value.cliffsDelta,
      value.ks,
      value.w1,
      value.pValue,
      value.pAdjusted,
      verdictText(value),
    ]),
    note: `${drift.spec}; scorer ${drift.scorerId}; ${drift.design} design; ${drift.global.method} test of ${drift.global.arrangements} arrangements, seed ${JSON.stringify(drift.global.seed)}; margin ${marginText(drift)}. Adjusted p holds for all values together.`,
  };
}

function verdictText({ verdict, reason, limited }: ValueDrift): string {
  if (reason !== undefined) return `${verdict} (${reason})`;
  return limited === undefined ? verdict : `${verdict} (scores alone: ${limited.verdict})`;
}

/** The scorer against people. */
function agreementTables({ calibration }: DriftReport): ReportTable[] {
  if (calibration === undefined) return [];
  return [
    {
      title: 'Agreement of the scorer with people',
      columns: ['value', 'Krippendorff alpha', 'from', 'to', 'wanted', 'rated items', 'scorer less people', 'decides'],
      rows: calibration.values.map(({ id, agreement, least, n, bias, usable }) => [
        id,
        agreement.value,
        agreement.interval?.lower ?? null,
        agreement.interval?.upper ?? null,
        least,
        n,
        bias,
        usable ? 'yes' : 'no',
      ]),
      note: 'Below the wanted agreement, or without ratings, a value can only be inconclusive.',
    },
  ];
}

function sliceTables(drift: DriftReport, baseline: string, current: string): ReportTable[] {
  if (drift.slices === undefined) return [];
  return [
    {
      title: 'Parts of groups in the change',
      columns: [
        'group',
        `share ${baseline}`,
        `share ${current}`,
        ...drift.values.flatMap((value) => [`${value.label}: within`, `${value.label}: between`]),
      ],
      rows: drift.slices.map((slice) => [
        slice.group,
        slice.shareBaseline,
        slice.shareCurrent,
        ...slice.within.flatMap((part, v) => [part, slice.between[v] ?? null]),
      ]),
      note: "Within: changed scores in the group. Between: the group's changed share.",
    },
  ];
}

/** Items and words behind the drift; items only of values that drifted. */
function attributionTables(
  { values, terms }: DriftAttribution,
  drift: DriftReport,
  baseline: string,
  current: string,
): ReportTable[] {
  const rows = values.flatMap(({ exemplars }, v) =>
    drift.values[v]?.verdict === 'drift'
      ? exemplars.map(({ side, row, id, score, influence }) => [
          drift.values[v]!.label,
          side === 'baseline' ? baseline : current,
          id ?? row,
          score,
          influence,
        ])
      : [],
  );
  const items: ReportTable = {
    title: 'Items with the largest parts',
    columns: ['value', 'side', 'item', 'score', 'part of the change'],
    rows,
    note: 'The parts of all items of a side sum to the change of the mean.',
  };
  const words: ReportTable = {
    title: 'Words whose use moved',
    columns: ['word', baseline, current, 'log-odds ratio', 'z', 'adjusted p'],
    rows: terms.map((term) => [term.term, term.baseline, term.current, term.delta, term.z, term.pAdjusted]),
    note: 'Words of one text are not independent: a guide for reading, not a verdict.',
  };
  return [...(rows.length === 0 ? [] : [items]), ...(terms.length === 0 ? [] : [words])];
}

/** Change per value in baseline sd, so that all values share one axis; intervals that hold together where there are such. */
function forest(drift: DriftReport): Chart {
  return {
    kind: 'interval',
    title: 'Change of each value',
    xLabel: 'change of the mean, in baseline standard deviations',
    yLabel: 'value',
    items: drift.values.map((value) => {
      const range = value.simultaneousInterval ?? value.interval;
      const { sd } = value.baseline;
      const item = { label: value.label, group: value.verdict, value: value.deltaInSd };
      return range === undefined || sd === null || sd === 0 || value.deltaInSd === null
        ? item
        : { ...item, lower: range.lower / sd, upper: range.upper / sd };
    }),
    reference: 0,
  };
}

function unitName(drift: DriftReport): string {
  return drift.design === 'paired' ? 'pairs' : drift.design === 'clustered' ? 'clusters' : 'items';
}

function marginText(drift: DriftReport): string {
  return drift.marginUnit === 'sd'
    ? `${figure(drift.margin)} sd`
    : `${figure(drift.margin)}${drift.unit === '' ? '' : ` ${drift.unit}`}`;
}

function size(value: ValueDrift): number {
  return Math.abs(value.deltaInSd ?? 0);
}

function names(values: readonly ValueDrift[]): string {
  return values.map((value) => value.label).join(', ');
}
