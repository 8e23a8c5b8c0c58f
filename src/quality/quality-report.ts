import { SynthproofError } from '../errors.ts';
import type { Chart, Finding, Report, ReportCell, ReportTable } from '../types.ts';
import { overallFindings, scoreFinding } from './internal-report-findings.ts';
import {
  detectabilitySection,
  differencesSection,
  subgroupSection,
  utilitySection,
} from './internal-report-sections.ts';
import { figure, intervalText, signed } from './internal-report-text.ts';
import type { KWayMarginalsScore } from './k-way-marginals.ts';
import type { DetectabilityResult } from './measure-detectability.ts';
import type { PmseScore } from './pmse.ts';
import type { QualityPair, QualityResult, QualityScore } from './quality-result.ts';
import type { SubgroupFidelityResult } from './subgroup-fidelity.ts';
import type { TableDistanceScore } from './table-energy-distance.ts';
import type { UtilityResult } from './utility-result.ts';

/** Options of {@link qualityReport}. */
export interface QualityReportOptions {
  /** Heading. Default `Fidelity of the synthetic table`. */
  readonly title?: string | undefined;
  /** Pairs listed in the table, those with the largest gap (or lowest figure) first; 0 or more. Default 20. */
  readonly pairsShown?: number | undefined;
  /** Columns with a picture of their own, worst first when there are more; 0 or more. Default 24. */
  readonly columnsPictured?: number | undefined;
  /** From measureDetectability: a section of its own, with ROC curves. */
  readonly detectability?: DetectabilityResult | undefined;
  /** From measureUtility, one per target: a section each. */
  readonly utility?: readonly UtilityResult[] | undefined;
  /** From pmse, tableMmd and tableEnergyDistance: joined in one section. */
  readonly differences?: readonly (PmseScore | TableDistanceScore)[] | undefined;
  /** From kWayMarginals: in the section of the differences. */
  readonly kWay?: KWayMarginalsScore | undefined;
  /** From subgroupFidelity: a section of its own, with a forest plot. */
  readonly subgroups?: SubgroupFidelityResult | undefined;
}

/**
 * A report of a quality result: findings in plain words, tables, and pictures as data.
 *
 * Every figure stands beside its noise floor at equal size. Results of the other measures of this area join as sections
 * through the options. The words say what was seen and what these figures cannot
 * see; there is no verdict "safe".
 *
 * @param result - From {@link measureQuality}.
 * @param options - See {@link QualityReportOptions}.
 * @returns A report for the renderers in `report/`.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for options.
 * @example
 * const table = createTable([integerColumn('age', [20, 30, 40, 50])]);
 * const report = qualityReport(measureQuality(table, table, { seed: 'demo' }));
 * report.title; // => 'Fidelity of the synthetic table'
 * report.charts.length; // => 2
 */
export function qualityReport(result: QualityResult, options: QualityReportOptions = {}): Report {
  const { title = 'Fidelity of the synthetic table' } = options;
  const pairsShown = checkedLimit(options.pairsShown, 20, 'pairsShown');
  const columnsPictured = checkedLimit(options.columnsPictured, 24, 'columnsPictured');
  const sections = sectionsOf(options);
  return {
    title,
    findings: findingsOf(result, columnsPictured),
    tables: [partsTable(result), columnsTable(result), ...pairsTable(result, pairsShown), ...skippedTable(result)],
    charts: chartsOf(result, columnsPictured),
    ...(sections.length > 0 ? { sections } : {}),
  };
}

function sectionsOf({
  detectability,
  utility = [],
  differences = [],
  kWay,
  subgroups,
}: QualityReportOptions): Report[] {
  const sections: Report[] = [];
  if (detectability) sections.push(detectabilitySection(detectability));
  for (const result of utility) sections.push(utilitySection(result));
  if (differences.length > 0 || kWay) sections.push(differencesSection(differences, kWay));
  if (subgroups) sections.push(subgroupSection(subgroups));
  return sections;
}

function checkedLimit(value: number | undefined, fallback: number, argument: string): number {
  const limit = value ?? fallback;
  if (Number.isInteger(limit) && limit >= 0) return limit;
  throw new SynthproofError(
    'OUT_OF_RANGE',
    `${argument}: expected a whole number of 0 or more, received ${String(limit)}`,
    {
      argument,
    },
  );
}

const RANK: Readonly<Record<Finding['level'], number>> = { risk: 0, warning: 1, note: 2, good: 3 };

function findingsOf(result: QualityResult, columnsPictured: number): Finding[] {
  const columns = result.columns.map((entry) => scoreFinding(`Column "${entry.column}"`, entry.shape));
  // Stable: columns of one level keep the table's order.
  columns.sort((a, b) => RANK[a.level] - RANK[b.level]);
  const pairs = rankedPairs(result)
    .map((pair) => scoreFinding(`Pair "${pair.first}" and "${pair.second}"`, pair.trend))
    .filter((finding) => finding.level === 'warning');
  const [head, tail] = overallFindings(result);
  const findings = [...head, ...columns, ...pairs.slice(0, 5)];
  if (pairs.length > 5)
    findings.push({
      level: 'warning',
      text: `${pairs.length - 5} more pairs lie clearly below their noise floor; see the table of pairs.`,
    });
  const pictured = result.columns.filter((entry) => entry.histogram !== null).length;
  if (pictured > columnsPictured)
    findings.push({
      level: 'note',
      text: `${pictured - columnsPictured} columns have no picture of their own (columnsPictured is ${columnsPictured}).`,
    });
  return [...findings, ...tail];
}

/** Pairs that count, largest gap first, then lowest figure. */
function rankedPairs(result: QualityResult): QualityPair[] {
  return result.pairs.filter((pair) => pair.meetsThreshold).sort((a, b) => shortfall(b.trend) - shortfall(a.trend));
}

/** Gap beyond noise where there is a floor; otherwise the distance to 1. Figures that cannot be computed come last. */
function shortfall(score: QualityScore): number {
  if (score.value === null) return -2;
  return score.noise?.gap ?? 1 - score.value;
}

function floorCells(score: QualityScore): ReportCell[] {
  const { noise } = score;
  return [noise?.matched ?? null, noise?.floor ?? null, noise?.gap ?? null].map(rounded);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10000) / 10000;
}

const FLOOR_HEADINGS = ['Synthetic, equal size', 'Real, equal size', 'Gap'] as const;

function floorNote(result: QualityResult): string {
  const floor = result.noiseFloor;
  if (!floor) return 'No noise floor was measured: these figures cannot be told from sampling noise.';
  return (
    `"Equal size": means over ${floor.repeats} random splits of ${floor.rowsPerSide} rows a side. One real part is compared with ` +
    'another real part (the noise floor) and with as many synthetic rows. The gap is floor minus synthetic: only it tells ' +
    'loss from sampling noise.'
  );
}

function partsTable(result: QualityResult): ReportTable {
  const row = (name: string, score: QualityScore): ReportCell[] => [name, rounded(score.value), ...floorCells(score)];
  return {
    title: 'Scores',
    columns: ['Part', 'Score', ...FLOOR_HEADINGS],
    rows: [
      row('Overall', result.overall),
      row('Column shapes', result.columnShapes),
      row('Column pair trends', result.columnPairTrends),
    ],
    note: `Mode ${result.mode}, thresholds ${result.thresholds.correlation} and ${result.thresholds.association}: figures of other modes or thresholds cannot be compared. ${floorNote(result)}`,
  };
}

function columnsTable(result: QualityResult): ReportTable {
  return {
    title: 'Columns',
    columns: [
      'Column',
      'Kind',
      'Measure',
      'Score',
      'Interval',
      ...FLOOR_HEADINGS,
      'Missing, real',
      'Missing, synthetic',
      'Reason',
    ],
    rows: result.columns.map((entry) => [
      entry.column,
      entry.kind,
      entry.shape.metric,
      rounded(entry.shape.value),
      intervalText(entry.shape),
      ...floorCells(entry.shape),
      entry.realMissing,
      entry.syntheticMissing,
      entry.shape.reason ?? null,
    ]),
    note: 'Missing cells are left out of the shapes and counted beside them. Intervals hold at every sample size and are wide.',
  };
}

function pairsTable(result: QualityResult, limit: number): ReportTable[] {
  if (result.pairs.length === 0) return [];
  const ranked = rankedPairs(result);
  const under = result.pairs.length - ranked.length;
  const hidden = Math.max(ranked.length - limit, 0);
  return [
    {
      title: 'Column pairs',
      columns: ['First', 'Second', 'Measure', 'Score', ...FLOOR_HEADINGS, 'Real relation', 'Reason'],
      rows: ranked
        .slice(0, limit)
        .map((pair) => [
          pair.first,
          pair.second,
          pair.trend.metric,
          rounded(pair.trend.value),
          ...floorCells(pair.trend),
          relationText(pair),
          pair.trend.reason ?? null,
        ]),
      note: `Largest gap first. ${hidden} more pairs are not shown; ${under} pairs do not count because the real relation is not above the threshold.`,
    },
  ];
}

function relationText(pair: QualityPair): string | null {
  if (pair.realCorrelation !== null) return `r ${signed(pair.realCorrelation)}`;
  return pair.realAssociation === null ? null : `V ${figure(pair.realAssociation)}`;
}

const SKIP_WORDS = {
  TEXT: 'text, names or identifiers: no shape to compare',
  IDENTIFIER: 'nearly every cell has a level of its own',
  BY_REQUEST: 'left out at the request of the caller',
  NOT_IN_SYNTHETIC: 'only in the real table',
  NOT_IN_REAL: 'only in the synthetic table',
} as const;

function skippedTable(result: QualityResult): ReportTable[] {
  if (result.skipped.length === 0) return [];
  return [
    {
      title: 'Columns that were not scored',
      columns: ['Column', 'Kind', 'Why'],
      rows: result.skipped.map((entry) => [entry.column, entry.kind, SKIP_WORDS[entry.reason]]),
    },
  ];
}

function chartsOf(result: QualityResult, columnsPictured: number): Chart[] {
  const charts: Chart[] = [];
  if (result.columns.length > 0) charts.push(columnsChart(result));
  if (result.pairs.length > 0) charts.push(pairsChart(result));
  const pictured = result.columns.filter((entry) => entry.histogram !== null);
  const chosen =
    pictured.length <= columnsPictured
      ? pictured
      : [...pictured].sort((a, b) => shortfall(b.shape) - shortfall(a.shape)).slice(0, columnsPictured);
  for (const { column, histogram } of chosen) {
    const { labels, real, synthetic, pooledLevels } = histogram!;
    charts.push({
      kind: 'bar',
      title: `${column}: real and synthetic`,
      xLabel: pooledLevels > 0 ? `${column} (${pooledLevels} rarer levels pooled)` : column,
      yLabel: 'share of rows with a value',
      series: [
        { name: 'real', x: labels, y: real },
        { name: 'synthetic', x: labels, y: synthetic },
      ],
    });
  }
  return charts;
}

function columnsChart(result: QualityResult): Chart {
  const x = result.columns.map((entry) => entry.column);
  const floor = result.noiseFloor;
  const base = { kind: 'bar', title: 'Column shapes beside the noise floor', xLabel: 'column' } as const;
  if (!floor)
    return {
      ...base,
      title: 'Column shapes (no noise floor measured)',
      yLabel: 'score, 1 = alike',
      series: [{ name: 'synthetic', x, y: result.columns.map((entry) => entry.shape.value) }],
    };
  return {
    ...base,
    yLabel: `score at ${floor.rowsPerSide} rows a side, 1 = alike`,
    series: [
      { name: 'real against synthetic', x, y: result.columns.map((entry) => entry.shape.noise?.matched ?? null) },
      {
        name: 'real against real (noise floor)',
        x,
        y: result.columns.map((entry) => entry.shape.noise?.floor ?? null),
      },
    ],
  };
}

function pairsChart(result: QualityResult): Chart {
  const names = result.columns.map((entry) => entry.column);
  const at = new Map<string, number>();
  for (let i = 0; i < names.length; i++) at.set(names[i]!, i);
  const values: (number | null)[][] = names.map(() => names.map(() => null));
  for (const pair of result.pairs) {
    const i = at.get(pair.first)!;
    const j = at.get(pair.second)!;
    values[i]![j] = pair.trend.value;
    values[j]![i] = pair.trend.value;
  }
  return {
    kind: 'heatmap',
    title: 'Column pair trends',
    xLabel: 'column',
    yLabel: 'column',
    x: names,
    y: names,
    values,
    domain: [0.5, 1],
  };
}
