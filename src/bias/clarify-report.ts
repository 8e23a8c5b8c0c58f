import type { Report, ReportCell } from '../types.ts';
import type { ClarifyMetrics } from './clarify-metrics.ts';
import { count } from './internal-words.ts';

/**
 * The figures of {@link clarifyMetrics} as a report: one table, one picture, and what could not be computed and why.
 *
 * @param found - From {@link clarifyMetrics}.
 * @param facet - What the disadvantaged facet is called, for the heading. Default `disadvantaged facet`.
 * @returns A {@link Report} that any renderer shows.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [false, true, true, true])]);
 * const found = clarifyMetrics(rows, { disadvantaged: { column: 'sex', positive: 'f' }, label: { column: 'hired' } });
 * clarifyReport(found, 'sex f').tables[0]?.rows[1]?.slice(0, 3); // => ['DPL', 'differenceInProportionsOfLabels', 0.5]
 */
export function clarifyReport(found: ClarifyMetrics, facet: string = 'disadvantaged facet'): Report {
  const off = found.metrics.filter((one) => {
    const centre = one.goal === 'one' ? 1 : 0;
    // A distance is above 0 in every sample: its interval says nothing about parity.
    if (one.goal === 'zero' && one.range[0] === 0) return false;
    return one.interval !== undefined && (one.interval.lower > centre || one.interval.upper < centre);
  });
  const none = found.metrics.filter((one) => one.value === null);
  return {
    title: `Clarify figures: ${facet}`,
    findings: [
      {
        level: off.length > 0 ? 'warning' : 'note',
        text: `${off.length} of ${count(found.metrics.length, 'figure')} have an interval that leaves parity out${off.length > 0 ? `: ${off.map((one) => `${one.code} ${round3(one.value)}`).join(', ')}` : ''}. Intervals are not adjusted for looking at many figures; distances (KL, JS, LP, TVD, KS) are above 0 in every sample and not counted here`,
      },
      ...(none.length === 0
        ? []
        : [
            {
              level: 'note' as const,
              text: `Not defined: ${none.map((one) => `${one.code} (${one.reason})`).join(', ')}`,
            },
          ]),
      {
        level: 'note',
        text: `${count(found.disadvantaged, 'row')} in ${facet}, ${count(found.advantaged, 'row')} outside of it, ${count(found.leftOut, 'row')} left out for a missing value`,
      },
    ],
    tables: [
      {
        title: 'Figures',
        columns: ['code', 'metric', 'value', 'from', 'to', 'n', 'parity at', 'not defined because'],
        rows: found.metrics.map((one): ReportCell[] => [
          one.code,
          one.metric,
          round3(one.value),
          round3(one.interval?.lower),
          round3(one.interval?.upper),
          one.n,
          one.goal === 'one' ? 1 : 0,
          one.reason ?? null,
        ]),
      },
    ],
    charts: [
      {
        kind: 'interval',
        title: 'Figures with parity at 0',
        xLabel: 'value',
        yLabel: 'figure',
        reference: 0,
        items: found.metrics
          .filter((one) => one.goal !== 'one')
          .map((one) => ({
            label: one.code,
            value: one.value,
            ...(one.interval === undefined ? {} : { lower: one.interval.lower, upper: one.interval.upper }),
          })),
      },
    ],
  };
}

function round3(x: number | null | undefined): number | null {
  return x === null || x === undefined ? null : Math.round(x * 1000) / 1000;
}
