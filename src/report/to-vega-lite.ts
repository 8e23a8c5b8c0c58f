import type { Chart, HeatmapChart, IntervalChart, SeriesChart } from '../types.ts';
import { LIGHT } from './internal-svg.ts';

/** A Vega-Lite specification: plain JSON. */
export type VegaLiteSpec = { readonly [key: string]: unknown };

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/**
 * A chart as a Vega-Lite 5 specification with its values inline, for notebooks and editors that draw it themselves.
 *
 * @param chart - Any chart of a report.
 * @returns Plain JSON-safe data. Missing values are null.
 * @example
 * const chart = { kind: 'line', title: 'Loss', xLabel: 'step', yLabel: 'loss', series: [{ name: 'a', x: [1, 2], y: [3, null] }] };
 * toVegaLite(chart).data.values.length; // => 2
 */
export function toVegaLite(chart: Chart): VegaLiteSpec {
  if (chart.kind === 'heatmap') return heatmapSpec(chart);
  if (chart.kind === 'interval') return intervalSpec(chart);
  return seriesSpec(chart);
}

function base(chart: Chart, values: readonly unknown[]): VegaLiteSpec {
  return { $schema: SCHEMA, title: chart.title, width: 560, data: { values } };
}

/** A value that JSON can carry. */
function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value + 0 : null;
}

function colour(names: readonly string[]): unknown {
  return {
    field: 'series',
    type: 'nominal',
    title: null,
    scale: { domain: names, range: names.map((_, i) => LIGHT[i % LIGHT.length]) },
    ...(names.length > 1 ? {} : { legend: null }),
  };
}

function seriesSpec(chart: SeriesChart): VegaLiteSpec {
  const { series, kind } = chart;
  const nominal = kind === 'bar' || series.some((one) => one.x.some((x) => typeof x === 'string'));
  const values = series.flatMap((one) =>
    one.x.map((x, i) => ({
      series: one.name,
      x: typeof x === 'number' ? finite(x) : x,
      y: finite(one.y[i]),
    })),
  );
  const names = [...new Set(series.map((one) => one.name))];
  const mark =
    kind === 'bar'
      ? { type: 'bar', tooltip: true }
      : kind === 'scatter'
        ? { type: 'point', filled: true, tooltip: true }
        : kind === 'step'
          ? { type: 'line', interpolate: 'step-after' }
          : { type: 'line' };
  const encoding: Record<string, unknown> = {
    // `sort: null` keeps the order of the data.
    x: {
      field: 'x',
      type: nominal ? 'nominal' : 'quantitative',
      title: chart.xLabel,
      ...(nominal ? { sort: null } : { scale: { zero: false } }),
    },
    y: { field: 'y', type: 'quantitative', title: chart.yLabel, ...(kind === 'bar' ? {} : { scale: { zero: false } }) },
    color: colour(names),
  };
  if (kind === 'bar' && names.length > 1) encoding['xOffset'] = { field: 'series', sort: null };
  if (kind === 'scatter' && names.length > 1)
    encoding['shape'] = { field: 'series', type: 'nominal', title: null, scale: { domain: names } };
  if ((kind === 'line' || kind === 'step') && names.length > 1)
    encoding['strokeDash'] = { field: 'series', type: 'nominal', title: null, scale: { domain: names } };
  return { ...base(chart, values), height: 260, mark, encoding };
}

function heatmapSpec(chart: HeatmapChart): VegaLiteSpec {
  const values = chart.y.flatMap((y, r) => chart.x.map((x, c) => ({ x, y, value: finite(chart.values[r]?.[c]) })));
  return {
    ...base(chart, values),
    height: { step: 22 },
    mark: { type: 'rect', tooltip: true },
    encoding: {
      x: { field: 'x', type: 'nominal', title: chart.xLabel, sort: null },
      y: { field: 'y', type: 'nominal', title: chart.yLabel, sort: null },
      color: {
        field: 'value',
        type: 'quantitative',
        title: null,
        scale: { scheme: 'blues', ...(chart.domain === undefined ? {} : { domain: chart.domain.map(finite) }) },
      },
    },
  };
}

function intervalSpec(chart: IntervalChart): VegaLiteSpec {
  // Rows are placed by number, so that two items of one label stay two rows.
  const values = chart.items.map((item, row) => ({
    row,
    label: item.label,
    series: item.group ?? '',
    value: finite(item.value),
    lower: finite(item.lower),
    upper: finite(item.upper),
  }));
  const names = [...new Set(values.map((value) => value.series))];
  const labels = values.map((value) => JSON.stringify(value.label)).join(',');
  const y = {
    field: 'row',
    type: 'ordinal',
    title: chart.yLabel,
    axis: { labelExpr: `[${labels}][datum.value]`, labelLimit: 220 },
  };
  const x = (field: string): unknown => ({ field, type: 'quantitative', title: chart.xLabel, scale: { zero: false } });
  const layer: unknown[] = [
    {
      mark: { type: 'rule', strokeWidth: 1.5 },
      encoding: { y, x: x('lower'), x2: { field: 'upper' }, color: colour(names) },
    },
    {
      mark: { type: 'point', filled: true, size: 70, tooltip: true },
      encoding: { y, x: x('value'), color: colour(names) },
    },
  ];
  if (chart.reference !== undefined && Number.isFinite(chart.reference))
    layer.push({ mark: { type: 'rule', strokeDash: [4, 3] }, encoding: { x: { datum: finite(chart.reference) } } });
  return { ...base(chart, values), height: { step: 22 }, layer };
}
