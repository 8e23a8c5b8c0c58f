import type { Chart, ReportCell, ReportTable } from '../types.ts';

/** The values of a chart as a table, where a picture cannot be shown. */
export function chartTable(chart: Chart): ReportTable {
  if (chart.kind === 'heatmap')
    return {
      title: chart.title,
      columns: [`${chart.yLabel} \\ ${chart.xLabel}`, ...chart.x],
      rows: chart.y.map((name, r): ReportCell[] => [name, ...chart.x.map((_, c) => chart.values[r]?.[c] ?? null)]),
    };
  if (chart.kind === 'interval') {
    const grouped = chart.items.some((item) => item.group !== undefined);
    return {
      title: chart.title,
      columns: [chart.yLabel, ...(grouped ? ['group'] : []), chart.xLabel, 'lower', 'upper'],
      rows: chart.items.map((item): ReportCell[] => [
        item.label,
        ...(grouped ? [item.group ?? null] : []),
        item.value,
        item.lower ?? null,
        item.upper ?? null,
      ]),
      ...(chart.reference === undefined ? {} : { note: `Compare with ${chart.reference}.` }),
    };
  }
  // One row per place of the axis, in the order of first occurrence, and one column per series.
  const rows = new Map<number | string, ReportCell[]>();
  chart.series.forEach((one, s) => {
    one.x.forEach((x, i) => {
      let row = rows.get(x);
      if (row === undefined) {
        row = [x, ...chart.series.map(() => null)];
        rows.set(x, row);
      }
      row[s + 1] = one.y[i] ?? null;
    });
  });
  return {
    title: chart.title,
    columns: [chart.xLabel, ...chart.series.map((one) => (chart.series.length === 1 ? chart.yLabel : one.name))],
    rows: [...rows.values()],
    ...(chart.series.length === 1 ? {} : { note: `Values: ${chart.yLabel}.` }),
  };
}

/** Number of values that a chart draws. */
export function chartSize(chart: Chart): number {
  if (chart.kind === 'heatmap') return chart.x.length * chart.y.length;
  if (chart.kind === 'interval') return chart.items.length;
  return chart.series.reduce((total, one) => total + one.x.length, 0);
}
