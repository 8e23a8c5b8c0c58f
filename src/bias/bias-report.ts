import type { Chart, Finding, Measure, Report, ReportTable } from '../types.ts';
import type { AuditDisparity, BiasAudit, BiasFacet } from './audit-bias-types.ts';
import type { RateChange } from './bias-amplification.ts';
import { facetCharts, facetTables } from './internal-report-tables.ts';
import { searchCharts, searchFindings, searchTables } from './internal-search-report.ts';
import type { GroupShare } from './internal-shares.ts';
import { count, percent, points, pointsInterval, pText, ratioText, some } from './internal-words.ts';
import type { Representation } from './representation.ts';

/** Options of {@link biasReport}. */
export interface BiasReportOptions {
  /** Further pictures shown last, such as the trade-off curve of a fair generator. Default none. */
  readonly charts?: readonly Chart[] | undefined;
}

/** Facets with at most this many groups get a sentence per group. */
const SENTENCES = 4;

/** Rule of thumb of the four-fifths rule. */
const THRESHOLD = 0.8;

/**
 * A bias audit in plain words, tables and pictures.
 *
 * Findings state figures and whether chance explains them, most serious first; they never call a table fair or
 * compliant. With a synthetic table they name the associations that came up or changed, and with a label the differences that turn
 * round within levels of another column. Tables show the largest groups and say how many more there are. Pictures show shares and rates with their intervals,
 * each greatest difference beside what equal groups of these sizes would show, and the differences of all pairs of groups.
 *
 * @param audit - From {@link auditBias}.
 * @param options - See {@link BiasReportOptions}.
 * @returns A {@link Report} that any renderer shows.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const report = biasReport(auditBias(rows, rows, { sensitive: ['sex'], label: { column: 'hired' }, seed: 'demo', minN: 1 }));
 * report.findings.some((one) => one.text.includes('sex f: share 50.0 % in the source, 50.0 % in the synthetic copy')); // => true
 */
export function biasReport(audit: BiasAudit, options: BiasReportOptions = {}): Report {
  const alpha = 1 - audit.spec.level;
  const findings: Finding[] = [];
  const tables: ReportTable[] = [];
  const charts: Chart[] = [];
  const outcome = outcomeName(audit);
  for (const facet of audit.facets) {
    findings.push(...shareFindings(facet, alpha), ...rateFindings(facet, outcome, alpha));
    findings.push(
      ...disparityFindings(facet, outcome, alpha, audit.spec.prediction !== null),
      ...coverageFindings(facet, audit),
    );
    tables.push(...facetTables(facet, outcome));
    charts.push(...facetCharts(facet, outcome));
  }
  findings.push(...searchFindings(audit, outcome));
  tables.push(...searchTables(audit, outcome));
  charts.push(...searchCharts(audit), ...(options.charts ?? []));
  const rank = { risk: 0, warning: 1, good: 2, note: 3 } as const;
  const ordered = findings
    .map((finding, k) => ({ finding, k }))
    .sort((a, b) => rank[a.finding.level] - rank[b.finding.level] || a.k - b.k);
  return {
    title: 'Bias: groups in source and synthetic data',
    findings: ordered.map((one) => one.finding),
    tables,
    charts,
  };
}

function outcomeName(audit: BiasAudit): string {
  const { label } = audit.spec;
  if (label === null) return '';
  return label.positive === true
    ? label.column
    : `${label.column} ${/^\s*[<>]=?\s*[-+.\d]/.test(String(label.positive)) && !/[a-z]/i.test(String(label.positive)) ? '' : '= '}${label.positive}`;
}

function adjustedWords(p: number | null): string {
  return p === null ? '' : `, adjusted ${pText(p)}`;
}

function shareSentence(facet: BiasFacet, one: GroupShare, p: number | null): string {
  return `${facet.name} ${one.group}: share ${percent(one.referenceShare!)} in the source, ${percent(one.share)} in the synthetic copy (difference ${points(one.difference!)} points ${pointsInterval(one.differenceInterval!)}${adjustedWords(p)})`;
}

function shareFindings(facet: BiasFacet, alpha: number): Finding[] {
  const findings: Finding[] = [];
  for (const [side, shares] of [
    ['source', facet.source === null ? null : facet.sourceShares],
    ['synthetic copy', facet.syntheticShares],
  ] as const)
    if (shares !== null && shares.totalVariation !== null)
      findings.push(...referenceFindings(facet, side, shares, alpha));
  const { change } = facet;
  if (change === null) return findings;
  const { groups, suppressed } = change.shares;
  const rows = groups.map((one, k) => ({ one, p: change.sharesAdjusted[k]! }));
  const moved = rows
    .filter(({ p }) => p !== null && p <= alpha)
    .sort((a, b) => Math.abs(b.one.difference!) - Math.abs(a.one.difference!));
  const absent = groups.filter((one) => one.note === 'absent');
  const fresh = groups.filter((one) => one.note === 'new');
  if (absent.length > 0)
    findings.push({
      level: 'risk',
      text: `${facet.name}: ${count(absent.length, 'group')} of the source ${absent.length === 1 ? 'has' : 'have'} no row in the synthetic copy: ${some(
        absent.map((one) => one.group),
        5,
      )}`,
    });
  if (fresh.length > 0)
    findings.push({
      level: 'warning',
      text: `${facet.name}: ${count(fresh.length, 'group')} of the synthetic copy ${fresh.length === 1 ? 'does' : 'do'} not occur in the source: ${some(
        fresh.map((one) => one.group),
        5,
      )}`,
    });
  if (suppressed.grown.length > 0)
    findings.push({
      level: 'warning',
      text: `${facet.name}: ${count(suppressed.grown.length, 'small group')} of the source grew to three times the suppression limit or more: ${some(suppressed.grown, 5)}`,
    });
  if (moved.length === 0) {
    const widest = rows
      .filter(({ one }) => one.difference !== null)
      .sort((a, b) => Math.abs(b.one.difference!) - Math.abs(a.one.difference!))[0];
    findings.push({
      level: widest === undefined ? 'note' : 'good',
      text:
        widest === undefined
          ? `${facet.name}: no group is large enough to compare`
          : `${facet.name}: no share of ${count(groups.length, 'group')} changed beyond chance; the largest change is ${points(widest.one.difference!)} points ${pointsInterval(widest.one.differenceInterval!)} (${widest.one.group})`,
    });
  } else
    findings.push({
      level: 'warning',
      text: `${facet.name}: ${moved.length} of ${count(groups.length, 'group')} changed share beyond chance; ${moved
        .slice(0, 3)
        .map(
          ({ one, p }) =>
            `${one.group} ${percent(one.referenceShare!)} to ${percent(one.share)} (${points(one.difference!)} points ${pointsInterval(one.differenceInterval!)}${adjustedWords(p)})`,
        )
        .join('; ')}`,
    });
  if (groups.length <= SENTENCES)
    for (const { one, p } of rows) findings.push({ level: 'note', text: shareSentence(facet, one, p) });
  return findings;
}

function referenceFindings(facet: BiasFacet, side: string, shares: Representation, alpha: number): Finding[] {
  const off = shares.groups
    .map((one, k) => ({ one, p: shares.adjusted[k]! }))
    .filter(({ p }) => p !== null && p <= alpha)
    .sort((a, b) => Math.abs(b.one.difference!) - Math.abs(a.one.difference!));
  if (off.length === 0)
    return [
      {
        level: 'good',
        text: `${facet.name}: shares in the ${side} match the reference population within chance (total variation distance ${ratioText(shares.totalVariation!)})`,
      },
    ];
  return [
    {
      level: 'warning',
      text: `${facet.name}: ${off.length} of ${count(shares.groups.length, 'group')} in the ${side} differ from the reference population; ${off
        .slice(0, 3)
        .map(
          ({ one }) =>
            `${one.group} ${percent(one.share)} against ${percent(one.referenceShare!)}${one.ratio === null ? '' : ` (ratio ${ratioText(one.ratio)})`}`,
        )
        .join('; ')}`,
    },
  ];
}

function rateWords(measure: Measure): string {
  return measure.value === null ? `not shown (${measure.reason})` : percent(measure.value);
}

function rateSentence(facet: BiasFacet, outcome: string, one: RateChange): string {
  const end =
    one.change === null
      ? ''
      : ` (difference ${points(one.change)} points ${pointsInterval(one.interval!)}${adjustedWords(one.pAdjusted)})`;
  return `${facet.name} ${one.group}: rate of ${outcome} ${rateWords(one.source)} in the source, ${rateWords(one.synthetic)} in the synthetic copy${end}`;
}

function rateFindings(facet: BiasFacet, outcome: string, alpha: number): Finding[] {
  const { change } = facet;
  if (change === null || change.rates.length === 0) return [];
  const compared = change.rates.filter((one) => one.change !== null);
  const moved = compared
    .filter((one) => one.pAdjusted !== null && one.pAdjusted <= alpha)
    .sort((a, b) => Math.abs(b.change!) - Math.abs(a.change!));
  const findings: Finding[] = [];
  if (compared.length === 0)
    findings.push({ level: 'note', text: `${facet.name}: no group is large enough to compare rates of ${outcome}` });
  else if (moved.length === 0)
    findings.push({
      level: 'good',
      text: `${facet.name}: the rate of ${outcome} changed beyond chance in none of ${count(compared.length, 'group')}`,
    });
  else
    findings.push({
      level: 'warning',
      text: `${facet.name}: the rate of ${outcome} changed beyond chance in ${moved.length} of ${count(compared.length, 'group')}; ${moved
        .slice(0, 3)
        .map(
          (one) =>
            `${one.group} ${rateWords(one.source)} to ${rateWords(one.synthetic)} (${points(one.change!)} points ${pointsInterval(one.interval!)}${adjustedWords(one.pAdjusted)})`,
        )
        .join('; ')}`,
    });
  if (change.rates.length <= SENTENCES)
    for (const one of change.rates) findings.push({ level: 'note', text: rateSentence(facet, outcome, one) });
  for (const one of change.parity) {
    if (one.change === null || one.metric !== 'demographicParityDifference') continue;
    const real = one.pValue !== null && one.pValue <= alpha;
    findings.push({
      level: real && one.change > 0 ? 'warning' : 'note',
      text: `${facet.name}: the widest gap in the rate of ${outcome} between groups is ${points(one.source!)} points in the source and ${points(one.synthetic!)} in the synthetic copy (change ${points(one.change)} points${one.interval === null ? '' : ` ${pointsInterval(one.interval)}`}${one.pValue === null ? '' : `, ${pText(one.pValue)}`})${real ? (one.change > 0 ? ': amplified' : ': narrowed') : ''}`,
    });
  }
  findings.push(...amplificationFindings(facet, outcome, alpha));
  return findings;
}

function amplificationFindings(facet: BiasFacet, outcome: string, alpha: number): Finding[] {
  const { directional, zhao } = facet.change!;
  const findings: Finding[] = [];
  for (const [what, one] of [
    [`how much the rate of ${outcome} depends on the group`, directional?.outcomeGivenGroup],
    [`how much the groups among rows with ${outcome} differ from those among all`, directional?.groupGivenOutcome],
    [`the share of over-represented groups among rows with ${outcome}`, zhao],
  ] as const) {
    if (one === undefined || one === null || one.value === null) continue;
    const real = one.pValue !== undefined && one.pValue <= alpha;
    findings.push({
      level: real && one.value > 0 ? 'warning' : 'note',
      text: `${facet.name}: ${what} changed by ${points(one.value)} points${one.interval === undefined ? '' : ` ${pointsInterval(one.interval)}`} from source to synthetic copy${one.pValue === undefined ? '' : ` (${one === zhao ? "Zhao's" : 'directional'} amplification, ${pText(one.pValue)}; ${one.n} rows)`}${real ? (one.value > 0 ? ': amplified' : ': weakened') : ''}`,
    });
  }
  return findings;
}

function disparityFindings(facet: BiasFacet, outcome: string, alpha: number, predicted: boolean): Finding[] {
  const findings: Finding[] = [];
  for (const [name, side] of [
    ['source', facet.source],
    ['synthetic copy', facet.synthetic],
  ] as const)
    for (const one of side?.disparities ?? []) {
      const where = one.stratum === null ? '' : ` within ${one.stratum.join(' × ')}`;
      const what = rateName(one, outcome, predicted);
      if (one.value === null) {
        if (one.stratum === null)
          findings.push({
            level: 'note',
            text: `${facet.name}: differences in ${what} in the ${name} are not defined (${one.reason})`,
          });
        continue;
      }
      const real = one.pAdjusted !== null && one.pAdjusted <= alpha;
      const between = one.lowest === null ? '' : ` (lowest ${one.lowest}, highest ${one.highest})`;
      if (one.metric.endsWith('Ratio')) {
        if (one.value < THRESHOLD)
          findings.push({
            level: real ? 'warning' : 'note',
            text: `${facet.name}: ${what} in the ${name}${where}: lowest over highest group is ${ratioText(one.value)}${one.interval === undefined ? '' : ` [${ratioText(one.interval.lower)}, ${ratioText(one.interval.upper)}]`}, below the 0.8 threshold${between}${real ? '' : '; a ratio this low is not unusual for equal groups of these sizes'}`,
          });
        continue;
      }
      if (one.stratum !== null && !real) continue;
      const unequal = one.equalityPValue;
      findings.push({
        level: 'note',
        text: `${facet.name}: ${what} in the ${name}${where}: greatest difference between ${count(one.groups, 'group')} is ${points(one.value)} points${one.interval === undefined ? '' : ` ${pointsInterval(one.interval)}`}${between}${one.nullExpectation === undefined ? '' : `; equal groups of these sizes would show ${points(one.nullExpectation)} points`}${one.pAdjusted === null ? '' : `; a maximum this large among equal groups: adjusted ${pText(one.pAdjusted)}`}${unequal === undefined || one.groups < 3 ? '' : `; all groups together ${unequal <= alpha ? 'differ beyond chance' : 'show no difference beyond chance'} (${pText(unequal)})`}`,
      });
    }
  return findings;
}

function rateName(one: AuditDisparity, outcome: string, predicted: boolean): string {
  if (one.metric.startsWith('equalOpportunity')) return 'the true positive rate';
  if (one.metric.startsWith('equalizedOdds')) return 'the true or false positive rate';
  if (one.metric.startsWith('baseRate') || !predicted) return `the rate of ${outcome}`;
  return 'the selection rate';
}

function coverageFindings(facet: BiasFacet, audit: BiasAudit): Finding[] {
  const findings: Finding[] = [];
  const shares = facet.change?.shares ?? facet.sourceShares;
  const { groups, rows, referenceRows } = shares.suppressed;
  if (groups.length > 0) {
    const sizes =
      facet.change === null ? `${rows} rows` : `${referenceRows} rows in the source, ${rows} in the synthetic copy`;
    findings.push({
      level: 'note',
      text: `${facet.name}: ${count(groups.length, 'group')} with fewer than ${audit.spec.minN} rows ${groups.length === 1 ? 'is' : 'are'} pooled and not shown one by one (${sizes}): ${some(groups, 5)}`,
    });
  }
  for (const [name, side] of [
    ['source', facet.source],
    ['synthetic copy', facet.synthetic],
  ] as const) {
    if (side === null) continue;
    if (side.missing > 0)
      findings.push({
        level: 'note',
        text: `${facet.name}: ${count(side.missing, 'row')} of the ${name} ${side.missing === 1 ? 'has' : 'have'} a missing value and form the group (missing)`,
      });
    if (side.leftOut > 0)
      findings.push({
        level: 'note',
        text: `${facet.name}: ${count(side.leftOut, 'row')} of the ${name} ${side.leftOut === 1 ? 'has' : 'have'} no outcome and ${side.leftOut === 1 ? 'is' : 'are'} left out of rates`,
      });
  }
  return findings;
}
