import { SynthproofError } from '../errors.ts';
import type { Report } from '../types.ts';
import type { BiasAudit } from './audit-bias-types.ts';
import type { Reversals } from './find-reversals.ts';
import { count } from './internal-words.ts';
import type { SpontaneousBias } from './spontaneous-bias.ts';
import type { UncoveredPatterns } from './uncovered-patterns.ts';

/** Points of Article 10 of the EU AI Act that {@link articleTenChecklist} goes through. */
export type ArticleTenPoint = '2a' | '2b' | '2c' | '2d' | '2e' | '2f' | '2g' | '2h' | '3' | '4' | '5';

/** What {@link articleTenChecklist} may rest on. Everything is optional: what is missing is listed as not measured. */
export interface ArticleTenEvidence {
  /** From {@link auditBias}. */
  readonly audit?: BiasAudit | undefined;
  /** From {@link uncoveredPatterns}. */
  readonly uncovered?: UncoveredPatterns | undefined;
  /** From {@link spontaneousBias}. Default: what the audit searched. */
  readonly spontaneous?: SpontaneousBias | undefined;
  /** From {@link findReversals}. Default: what the audit searched in the source. */
  readonly reversals?: Reversals | undefined;
  /** What the user states, by point: shown as a statement, not as a measurement. */
  readonly statements?: Readonly<Partial<Record<ArticleTenPoint, string>>> | undefined;
}

const POINTS: readonly (readonly [ArticleTenPoint, string])[] = [
  ['2a', 'design choices'],
  ['2b', 'data collection, origin of data, original purpose of personal data'],
  ['2c', 'preparation: annotation, labelling, cleaning, updating, enrichment, aggregation'],
  ['2d', 'assumptions: what the data are to measure and represent'],
  ['2e', 'availability, quantity and suitability of the data'],
  ['2f', 'examination for possible biases'],
  ['2g', 'measures to detect, prevent and mitigate biases'],
  ['2h', 'gaps and shortcomings'],
  [
    '3',
    'relevant, sufficiently representative, as free of errors and complete as possible; statistical properties by group',
  ],
  ['4', 'geographical, contextual, behavioural or functional setting'],
  ['5', 'special categories of data: strict necessity, and why synthetic or anonymised data do not do'],
];

/**
 * Article 10 of Regulation (EU) 2024/1689 (AI Act) as a checklist: per point what was measured here, what the user stated, and
 * what is open.
 *
 * A measured point is not a fulfilled one. The list says what a person still has to answer; it gives no verdict, and most points
 * cannot be measured at all.
 * Source: Regulation (EU) 2024/1689, Article 10(2) to (5), in short words of ours.
 *
 * @param evidence - See {@link ArticleTenEvidence}.
 * @returns A {@link Report} that any renderer shows.
 * @throws {@link SynthproofError} `BAD_OPTION` for a statement on an unknown point.
 * @example
 * const report = articleTenChecklist({ statements: { '2b': 'Public register of 2023, collected for statistics.' } });
 * report.tables[0]?.rows.map((row) => row[2]).filter((status) => status === 'open').length; // => 10
 */
export function articleTenChecklist(evidence: ArticleTenEvidence): Report {
  const { statements = {} } = evidence;
  for (const point of Object.keys(statements))
    if (!POINTS.some(([known]) => known === point))
      throw new SynthproofError(
        'BAD_OPTION',
        `statements: unknown point "${point}"; points are ${POINTS.map(([known]) => known).join(', ')}`,
        { argument: 'statements' },
      );
  const measured = measuredPoints(evidence);
  const rows = POINTS.map(([point, title]) => {
    const facts = measured.get(point) ?? [];
    const stated = statements[point];
    const status =
      facts.length > 0
        ? stated === undefined
          ? 'measured'
          : 'measured and stated'
        : stated === undefined
          ? 'open'
          : 'stated';
    return [
      `10(${point[0]})${point.length > 1 ? `(${point[1]})` : ''}`,
      title,
      status,
      facts.join('; ') || null,
      stated ?? null,
    ];
  });
  const open = rows.filter((row) => row[2] === 'open');
  return {
    title: 'EU AI Act, Article 10: what was measured and what was not',
    findings: [
      {
        level: open.length > 0 ? 'warning' : 'note',
        text: `${open.length} of ${rows.length} points are open: neither measured nor stated${open.length > 0 ? ` (${open.map((row) => row[0]).join(', ')})` : ''}`,
      },
      {
        level: 'note',
        text: 'A measured point is not a fulfilled one; whether the data meet the Article is for a person to judge',
      },
    ],
    tables: [
      {
        title: 'Points of Article 10(2) to (5)',
        columns: ['point', 'about', 'status', 'measured here', 'stated by the user'],
        rows,
        note: 'Statements are shown as given and were not checked.',
      },
    ],
    charts: [],
  };
}

function measuredPoints({
  audit,
  uncovered,
  spontaneous,
  reversals,
}: ArticleTenEvidence): Map<ArticleTenPoint, string[]> {
  const facts = new Map<ArticleTenPoint, string[]>();
  const add = (point: ArticleTenPoint, text: string): void => {
    facts.set(point, [...(facts.get(point) ?? []), text]);
  };
  if (audit !== undefined) {
    const facets = audit.facets.map((facet) => facet.name).join(', ');
    const disparities = audit.facets.flatMap((facet) => [
      ...facet.source.disparities,
      ...(facet.synthetic?.disparities ?? []),
    ]);
    const beyond = disparities.filter((one) => one.pAdjusted !== null && one.pAdjusted <= 1 - audit.spec.level);
    const undefinedOnes = disparities.filter((one) => one.value === null);
    const rows = audit.facets[0]?.source.n ?? 0;
    add('2e', `${count(rows, 'row')} in the source`);
    add(
      '2f',
      `groups by ${facets}: ${beyond.length} of ${count(disparities.length, 'disparity').replace('disparitys', 'disparities')} beyond chance (adjusted), ${undefinedOnes.length} not defined`,
    );
    const referenced = audit.spec.reference;
    add(
      '3',
      `shares by ${facets}${referenced.length > 0 ? `, against a reference population for ${referenced.join(', ')}` : '; no reference population was given, so representativeness was not measured'}`,
    );
    const missing = audit.facets.reduce((sum, facet) => Math.max(sum, facet.source.missing), 0);
    add('3', `${count(missing, 'row')} with a missing sensitive value`);
    const small = audit.facets.reduce((sum, facet) => sum + facet.source.suppressed.groups, 0);
    if (small > 0) add('2h', `${count(small, 'group')} with fewer than ${audit.spec.minN} rows`);
    if (audit.facets.some((facet) => facet.change !== null))
      add('2g', 'change of every group from source to synthetic copy was tested');
  }
  const associations = spontaneous ?? audit?.search?.associations ?? null;
  if (associations !== null) {
    const fresh = associations.pairs.filter((one) => one.verdict === 'spontaneous').length;
    add(
      '2f',
      `${count(associations.pairs.length, 'association')} with sensitive columns compared between source and synthetic copy: ${associations.changed} changed beyond chance, ${fresh} of them absent in the source`,
    );
  }
  const searched = reversals === undefined ? (audit?.search?.reversals ?? []).map((one) => one.source) : [reversals];
  if (searched.length > 0) {
    const checks = searched.reduce((sum, one) => sum + one.checks.length, 0);
    const turned = searched.reduce((sum, one) => sum + one.reversed, 0);
    add('2f', `${count(checks, 'comparison')} within strata: ${turned} change sign`);
  }
  if (uncovered !== undefined)
    add(
      '2h',
      `${count(uncovered.patterns.length, 'combination')} of ${uncovered.columns.join(', ')} with too few rows`,
    );
  return facts;
}
