import type { Chart, IntervalChart, Measure, ReportCell, ReportTable } from '../types.ts';
import type { BiasFacet } from './audit-bias-types.ts';
import type { GroupShare } from './internal-shares.ts';
import { cell, round3 } from './internal-words.ts';

/** Groups shown in a table, and in a chart. */
const TABLE_ROWS = 25;
const CHART_ROWS = 12;

/** The tables of a facet. */
export function facetTables(facet: BiasFacet, outcome: string): ReportTable[] {
  const tables: ReportTable[] = [];
  const more = (all: number): string =>
    all > TABLE_ROWS ? ` The ${TABLE_ROWS} largest of ${all} groups are shown.` : '';
  const { change } = facet;
  if (change !== null) {
    const all =
      change.shares.pooled === null
        ? change.shares.groups
        : [...change.shares.groups.slice(0, TABLE_ROWS), change.shares.pooled];
    tables.push({
      title: `Share of each group by ${facet.name}`,
      columns: [
        'group',
        'rows in source',
        'rows in synthetic',
        'share in source, %',
        'share in synthetic, %',
        'difference, points',
        'from',
        'to',
        'adjusted p',
      ],
      rows: (change.shares.pooled === null ? all.slice(0, TABLE_ROWS) : all).map((one, k): ReportCell[] => [
        one.group,
        one.referenceN,
        one.n,
        cell(one.referenceShare),
        cell(one.share),
        cell(one.difference),
        cell(one.differenceInterval?.lower ?? null),
        cell(one.differenceInterval?.upper ?? null),
        one === change.shares.pooled ? null : round3(change.sharesAdjusted[k] ?? null),
      ]),
      note: `Newcombe intervals; p-values adjusted over ${change.tests} group changes (${change.adjust}).${more(change.shares.groups.length)}`,
    });
    if (change.rates.length > 0) {
      const rows = [...change.rates.slice(0, TABLE_ROWS), ...(change.pooledRate === null ? [] : [change.pooledRate])];
      tables.push({
        title: `Rate of ${outcome} by ${facet.name}`,
        columns: [
          'group',
          'n in source',
          'n in synthetic',
          'rate in source, %',
          'rate in synthetic, %',
          'difference, points',
          'from',
          'to',
          'adjusted p',
        ],
        rows: rows.map((one): ReportCell[] => [
          one.group,
          one.source.value === null ? null : one.source.n,
          one.synthetic.value === null ? null : one.synthetic.n,
          cell(one.source.value),
          cell(one.synthetic.value),
          cell(one.change),
          cell(one.interval?.lower ?? null),
          cell(one.interval?.upper ?? null),
          round3(one.pAdjusted),
        ]),
        note: `Newcombe intervals; a dash means too few rows.${more(change.rates.length)}`,
      });
    }
  } else {
    tables.push({
      title: `Share of each group by ${facet.name}`,
      columns: ['group', 'rows', 'share, %', 'from', 'to', 'reference share, %', 'ratio'],
      rows: facet.sourceShares.groups
        .slice(0, TABLE_ROWS)
        .map((one): ReportCell[] => [
          one.group,
          one.n,
          cell(one.share),
          cell(one.interval.lower),
          cell(one.interval.upper),
          cell(one.referenceShare),
          round3(one.ratio),
        ]),
      note: `Wilson intervals.${more(facet.sourceShares.groups.length)}`,
    });
  }
  const amplified =
    change === null ? [] : [change.zhao, change.directional?.outcomeGivenGroup, change.directional?.groupGivenOutcome];
  const figures = amplified.filter((one): one is Measure => one !== null && one !== undefined);
  if (figures.length > 0)
    tables.push({
      title: `Amplification of ${outcome} by ${facet.name}`,
      columns: ['figure', 'value', 'from', 'to', 'p', 'rows', 'not defined because'],
      rows: figures.map((one): ReportCell[] => [
        one.metric,
        round3(one.value),
        round3(one.interval?.lower ?? null),
        round3(one.interval?.upper ?? null),
        round3(one.pValue ?? null),
        one.n,
        one.reason ?? null,
      ]),
      note: '0: unchanged; above 0: the association that the source shows grew.',
    });
  const disparities = [
    ['source', facet.source],
    ['synthetic', facet.synthetic],
  ] as const;
  const rows: ReportCell[][] = [];
  for (const [name, side] of disparities)
    for (const one of side?.disparities ?? [])
      rows.push([
        name,
        one.stratum === null ? one.metric : `${one.metric} | ${one.stratum.join(' × ')}`,
        round3(one.value),
        round3(one.interval?.lower ?? null),
        round3(one.interval?.upper ?? null),
        round3(one.nullExpectation ?? null),
        round3(one.pAdjusted),
        one.groups,
        one.value === null ? (one.reason ?? null) : one.highest === null ? null : `${one.highest} / ${one.lowest}`,
      ]);
  if (rows.length > 0)
    tables.push({
      title: `Disparities by ${facet.name}`,
      columns: [
        'table',
        'metric',
        'value',
        'from',
        'to',
        'expected if equal',
        'adjusted p',
        'groups',
        'highest / lowest',
      ],
      rows,
      note: 'Simultaneous intervals over all pairs of groups; permutation p-values adjusted over the whole audit.',
    });
  return tables;
}

/** The charts of a facet. */
export function facetCharts(facet: BiasFacet, outcome: string): Chart[] {
  const charts: Chart[] = [];
  const { change } = facet;
  const shareItems: IntervalItem[] = [];
  for (const one of (change?.shares ?? facet.sourceShares).groups.slice(0, CHART_ROWS)) {
    const source = change === null ? one : facet.sourceShares.groups.find((other) => other.group === one.group);
    if (source !== undefined) shareItems.push(shareItem(source, 'source'));
    if (change !== null) shareItems.push(shareItem(one, 'synthetic'));
  }
  charts.push({
    kind: 'interval',
    title: `Share of each group by ${facet.name}`,
    xLabel: 'share of rows, %',
    yLabel: facet.name,
    items: shareItems,
  });
  if (change !== null && change.rates.length > 0) {
    const items = change.rates
      .slice(0, CHART_ROWS)
      .flatMap((one) => [rateItem(one.group, 'source', one.source), rateItem(one.group, 'synthetic', one.synthetic)]);
    charts.push({
      kind: 'interval',
      title: `Rate of ${outcome} by ${facet.name}`,
      xLabel: `rate of ${outcome}, %`,
      yLabel: facet.name,
      items,
    });
  } else if (facet.source.groups.length > 0) {
    const items = facet.source.groups
      .slice(0, CHART_ROWS)
      .map((one) => rateItem(one.group, 'source', one.measures[1]!));
    charts.push({
      kind: 'interval',
      title: `Rate of ${outcome} by ${facet.name}`,
      xLabel: `rate of ${outcome}, %`,
      yLabel: facet.name,
      items,
    });
  }
  charts.push(...disparityCharts(facet, outcome));
  return charts;
}

/** Differences of rates between all pairs of groups, and the greatest ones beside their null expectation. */
function disparityCharts(facet: BiasFacet, outcome: string): Chart[] {
  const charts: Chart[] = [];
  const items: IntervalItem[] = [];
  for (const [name, side] of [
    ['source', facet.source],
    ['synthetic', facet.synthetic],
  ] as const) {
    if (side === null) continue;
    for (const one of side.disparities) {
      if (one.stratum !== null || one.value === null || !one.metric.endsWith('Difference')) continue;
      const base = { label: one.metric, group: name, value: 100 * one.value };
      items.push(
        one.interval === undefined
          ? base
          : { ...base, lower: 100 * one.interval.lower, upper: 100 * one.interval.upper },
      );
      if (one.nullExpectation !== undefined)
        items.push({ label: one.metric, group: `${name}, if groups were equal`, value: 100 * one.nullExpectation });
    }
    const groups = side.groups.slice(0, CHART_ROWS);
    if (groups.length < 3) continue;
    const names = groups.map((one) => one.group);
    charts.push({
      kind: 'heatmap',
      title: `Difference in the rate of ${outcome} between groups by ${facet.name}, ${name}`,
      xLabel: 'subtracted group',
      yLabel: 'group',
      x: names,
      y: names,
      values: groups.map((row) =>
        groups.map((column) => pairDifference(row.measures[1]?.value, column.measures[1]?.value)),
      ),
    });
  }
  if (items.length > 0)
    charts.unshift({
      kind: 'interval',
      title: `Greatest differences by ${facet.name}`,
      xLabel: 'difference, points',
      yLabel: 'figure',
      items,
      reference: 0,
    });
  return charts;
}

/** Difference of two rates in points; null when one is not defined. */
function pairDifference(a: number | null | undefined, b: number | null | undefined): number | null {
  return typeof a === 'number' && typeof b === 'number' ? 100 * (a - b) : null;
}

type IntervalItem = IntervalChart['items'][number];

function shareItem(one: GroupShare, group: string): IntervalItem {
  return {
    label: one.group,
    group,
    value: 100 * one.share,
    lower: 100 * one.interval.lower,
    upper: 100 * one.interval.upper,
  };
}

function rateItem(label: string, group: string, rate: Measure): IntervalItem {
  const base = { label, group, value: rate.value === null ? null : 100 * rate.value };
  return rate.interval === undefined
    ? base
    : { ...base, lower: 100 * rate.interval.lower, upper: 100 * rate.interval.upper };
}
