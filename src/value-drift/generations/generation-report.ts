import type { Chart, ChartSeries, Finding, Report, ReportTable } from '../../types.ts';
import { figure, percent, probability } from '../internal-words.ts';
import type { GenerationCurve, GenerationPoint, GenerationTrend } from './generation-types.ts';

/** Options of {@link generationReport}. */
export interface GenerationReportOptions {
  /** Heading. Default `Generations`. */
  readonly title?: string | undefined;
}

/**
 * The generation curve in plain words, with tables and pictures.
 *
 * @param curve - From {@link generationCurve}.
 * @param options - See {@link GenerationReportOptions}.
 * @returns A report for the renderers in `report`.
 * @example
 * const scorer = featureScorer(createValueSpec({ id: 'demo', version: '1', values: ['Kind'] }));
 * const profile = profileValues([[1], [2], [4], [5]], scorer);
 * generationReport(generationCurve([{ id: 'real', profile }, { id: 'copy', profile }])).title; // => 'Generations'
 */
export function generationReport(curve: GenerationCurve, options: GenerationReportOptions = {}): Report {
  const { title = 'Generations' } = options;
  return {
    title,
    findings: findings(curve),
    tables: [pointTable(curve), ...textTable(curve), ...trendTable(curve)],
    charts: [driftChart(curve), shareChart(curve)],
  };
}

function findings(curve: GenerationCurve): Finding[] {
  const { points, level, tolerance, collapseAt, regime } = curve;
  const out: Finding[] = [];
  const origin = points[0]!.id;
  const last = points[points.length - 1]!;
  const collapsed = points.find((point) => point.id === collapseAt);
  if (collapsed !== undefined)
    out.push({
      level: 'risk',
      text: `Collapse alarm at ${collapsed.id}: its variance is ${figure(collapsed.varianceRatio)} of ${origin}'s${range(collapsed)}, below the tolerated ${figure(1 - tolerance)} (p ${probability(collapsed.collapseP)}, allowed ${probability(collapsed.collapseThreshold)}).`,
    });
  else
    out.push({
      level: 'note',
      text: `No collapse alarm: no generation's variance is shown to be below ${figure(1 - tolerance)} of ${origin}'s (${last.id}: ${figure(last.varianceRatio)}${range(last)}).`,
    });
  const differ = points.filter((point) => point.fromOrigin !== null && point.fromOrigin.pAdjusted <= 1 - level + 1e-12);
  const drifted = differ.filter((point) => point.fromOrigin!.limited !== true);
  const barred = differ.filter((point) => point.fromOrigin!.limited === true);
  const first = drifted[0];
  if (barred.length > 0)
    out.push({
      level: 'note',
      text: `In ${barred.map((point) => point.id).join(', ')} the scores alone differ from ${origin}'s, but the scorer does not agree with people: inconclusive.`,
    });
  if (first !== undefined)
    out.push({
      level: 'warning',
      text: `Values differ from ${origin} in ${drifted.length} of ${points.length - 1} generations, first in ${first.id} (${last.id}: ${figure(last.fromOrigin!.size)} sd, largest ${last.fromOrigin!.largest ?? 'none'}).`,
    });
  else
    out.push({
      level: 'note',
      text: `In no generation a drift from ${origin} was shown (adjusted for all generations).`,
    });
  if (regime !== null && regime.verdict !== 'undecided')
    out.push(
      regime.verdict === 'replace'
        ? {
            level: 'warning',
            text: `Each generation follows its parent alone, so errors pile up: keep the real items and all earlier ones in the training data (log-likelihood ratio ${figure(regime.logRatio)}).`,
          }
        : {
            level: 'good',
            text: `Each generation follows all items before it, so errors stay bounded (log-likelihood ratio ${figure(regime.logRatio)}).`,
          },
    );
  for (const { series, trend, change, changeAt } of curve.trends) {
    if (trend.pValue !== null && trend.pValue <= 1 - level)
      out.push({
        level: 'note',
        text: `Trend in ${series}: ${figure(trend.slope)} per generation (Mann-Kendall p ${probability(trend.pValue)}, on its own).`,
      });
    else if (change.pValue !== null && change.pValue <= 1 - level)
      out.push({
        level: 'note',
        text: `Change in ${series} at ${changeAt}: from ${figure(change.before)} to ${figure(change.after)} (p ${probability(change.pValue)}, on its own).`,
      });
  }
  for (const text of curve.warnings) out.push({ level: 'warning', text: `${text}.` });
  return out;
}

function pointTable(curve: GenerationCurve): ReportTable {
  return {
    title: 'Curve',
    columns: [
      'generation',
      'parent',
      'n',
      'real share',
      'drift from origin',
      'lower',
      'upper',
      'adjusted p',
      'drift from parent',
      'variance ratio',
      'tail mass',
      'diversity',
      'novelty',
      'collapse p',
      'alarm',
    ],
    rows: curve.points.map((point) => [
      point.id,
      point.parent,
      point.n,
      point.realShare,
      point.fromOrigin?.size ?? null,
      point.fromOrigin?.interval?.lower ?? null,
      point.fromOrigin?.interval?.upper ?? null,
      point.fromOrigin?.pAdjusted ?? null,
      point.fromParent?.size ?? null,
      point.varianceRatio,
      point.tailMass,
      point.diversity,
      point.novelty,
      point.collapseP,
      point.collapsed ? 'yes' : 'no',
    ]),
    note: `${curve.spec}; scorer ${curve.scorerId}. Drift: root mean square of the values' changes in standard deviations; its interval holds for all values at ${percent(curve.level)}. All alarms together are false with chance ${percent(1 - curve.level)} at most.`,
  };
}

function textTable({ points }: GenerationCurve): ReportTable[] {
  if (points.every((point) => point.texts === undefined)) return [];
  return [
    {
      title: 'Texts',
      columns: ['generation', 'Vendi share', 'distinct-2', 'novelty', 'duplicates', 'distance of lengths'],
      rows: points.map(({ id, texts }) => [
        id,
        texts?.vendiShare ?? null,
        texts?.distinct2 ?? null,
        texts?.novelty ?? null,
        texts?.duplicates ?? null,
        texts?.logLength ?? null,
      ]),
    },
  ];
}

function trendTable({ trends }: GenerationCurve): ReportTable[] {
  if (trends.length === 0) return [];
  return [
    {
      title: 'Trends',
      columns: ['series', 'slope', 'lower', 'upper', 'tau', 'p', 'change at', 'before', 'after', 'p of change'],
      rows: trends.map(({ series, trend, change, changeAt }: GenerationTrend) => [
        series,
        trend.slope,
        trend.interval?.lower ?? null,
        trend.interval?.upper ?? null,
        trend.tau,
        trend.pValue,
        changeAt,
        change.before,
        change.after,
        change.pValue,
      ]),
      note: 'Slopes per generation (Theil-Sen). Each p-value stands on its own.',
    },
  ];
}

function driftChart({ points }: GenerationCurve): Chart {
  const x = points.map((point) => point.id);
  const line = (name: string, of: (point: GenerationPoint) => number | null | undefined): ChartSeries => ({
    name,
    x,
    y: points.map((point) => of(point) ?? null),
  });
  return {
    kind: 'line',
    title: 'Drift over generations',
    xLabel: 'generation',
    yLabel: 'drift, in standard deviations',
    series: [
      line('from origin', (point) => (point.fromOrigin === null ? 0 : point.fromOrigin.size)),
      line('from origin, lower', (point) => point.fromOrigin?.interval?.lower),
      line('from origin, upper', (point) => point.fromOrigin?.interval?.upper),
      line('from parent', (point) => point.fromParent?.size),
    ],
  };
}

function shareChart({ points }: GenerationCurve): Chart {
  const x = points.map((point) => point.id);
  const series: ChartSeries[] = [
    { name: 'variance ratio', x, y: points.map((point) => point.varianceRatio) },
    { name: 'tail mass', x, y: points.map((point) => point.tailMass) },
    { name: 'real share', x, y: points.map((point) => point.realShare) },
    { name: 'novelty', x, y: points.map((point) => point.novelty) },
  ];
  return {
    kind: 'line',
    title: 'What is left of the spread',
    xLabel: 'generation',
    yLabel: 'share',
    series: series.filter(({ y }) => y.some((value) => value !== null)),
  };
}

function range({ varianceInterval: interval }: GenerationPoint): string {
  return interval === undefined
    ? ''
    : `, ${percent(interval.level)} interval ${figure(interval.lower)} to ${figure(interval.upper)}`;
}
