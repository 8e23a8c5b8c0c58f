import type { Finding, Report, ReportCell } from '../types.ts';
import type { ImpactRatios } from './impact-ratios.ts';
import { count, percent, ratioText } from './internal-words.ts';

/**
 * Impact ratios in words, tables and pictures: what is below the threshold, what had no ratio and why, and how many rows
 * are of unknown category.
 *
 * It says "below the 0.8 threshold", never that a tool passed, is fair or meets a law.
 *
 * @param found - From {@link impactRatios}.
 * @returns A {@link Report} that any renderer shows.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const report = impactReport(impactRatios(rows, { sensitive: ['sex'], outcome: { column: 'hired' } }));
 * report.findings[0]?.text.includes('below the 0.8 threshold'); // => true
 */
export function impactReport(found: ImpactRatios): Report {
  const findings: Finding[] = [];
  const rate = found.rate === 'selection' ? 'selection rate' : 'rate of scores above the median';
  for (const facet of found.facets) {
    const low = facet.categories.filter((one) => one.below === true);
    const rated = facet.categories.filter((one) => one.impactRatio !== null);
    const none = facet.categories.filter((one) => one.impactRatio === null);
    for (const one of low)
      findings.push({
        level: one.interval !== null && one.interval.upper < found.threshold ? 'risk' : 'warning',
        text: `${facet.name} ${one.category}: ${rate} ${percent(one.rate.value!)} (n = ${one.n}), impact ratio ${ratioText(one.impactRatio!)}${one.interval === null ? '' : ` [${ratioText(one.interval.lower)}, ${ratioText(one.interval.upper)}]`} to ${facet.highest}, below the ${found.threshold} threshold`,
      });
    if (rated.length > 0 && low.length === 0)
      findings.push({
        level: 'note',
        text: `${facet.name}: none of ${count(rated.length, 'impact ratio')} is below the ${found.threshold} threshold; the lowest is ${ratioText(Math.min(...rated.map((one) => one.impactRatio!)))}`,
      });
    if (none.length > 0)
      findings.push({
        level: rated.length === 0 ? 'warning' : 'note',
        text: `${facet.name}: ${count(none.length, 'category').replace('categorys', 'categories')} without an impact ratio, ${count(
          none.reduce((sum, one) => sum + one.n, 0),
          'row',
        )} (${[...new Set(none.map((one) => one.reason))].join(', ')}): ${none.map((one) => one.category).join(', ')}`,
      });
    if (facet.unknown > 0)
      findings.push({
        level: 'note',
        text: `${facet.name}: ${count(facet.unknown, 'row')} of unknown category, in no ratio`,
      });
  }
  if (found.leftOut > 0)
    findings.push({
      level: 'note',
      text: `${count(found.leftOut, 'row')} left out because the ${found.rate === 'selection' ? 'outcome' : 'score'} is missing`,
    });
  const rank = { risk: 0, warning: 1, good: 2, note: 3 } as const;
  return {
    title: 'Impact ratios',
    findings: findings
      .map((one, k) => ({ one, k }))
      .sort((a, b) => rank[a.one.level] - rank[b.one.level] || a.k - b.k)
      .map(({ one }) => one),
    tables: found.facets.map((facet) => ({
      title: `Impact ratios by ${facet.name}`,
      columns: [
        'category',
        'rows',
        'selected',
        `${rate}, %`,
        'from',
        'to',
        'impact ratio',
        'from',
        'to',
        'no ratio because',
      ],
      rows: facet.categories.map((one): ReportCell[] => [
        one.category,
        one.n,
        one.selected,
        rounded(one.rate.value, 100),
        rounded(one.rate.interval?.lower, 100),
        rounded(one.rate.interval?.upper, 100),
        rounded(one.impactRatio, 1000),
        rounded(one.interval?.lower, 1000),
        rounded(one.interval?.upper, 1000),
        one.reason,
      ]),
      note: `Ratios to ${facet.highest ?? 'no category'}. Unknown category: ${count(facet.unknown, 'row')}.${found.median === null ? '' : ` Median score: ${found.median}.`}`,
    })),
    charts: found.facets.map((facet) => ({
      kind: 'interval',
      title: `Impact ratios by ${facet.name}`,
      xLabel: 'impact ratio',
      yLabel: facet.name,
      reference: found.threshold,
      items: facet.categories.map((one) => ({
        label: one.category,
        value: one.impactRatio,
        ...(one.interval === null ? {} : { lower: one.interval.lower, upper: one.interval.upper }),
      })),
    })),
  };
}

/** A rate in hundredths of a per cent (`100`), or a ratio in thousandths. */
function rounded(x: number | null | undefined, unit: 100 | 1000): number | null {
  if (x === null || x === undefined) return null;
  return unit === 100 ? Math.round(x * 10_000) / 100 : Math.round(x * 1000) / 1000;
}
