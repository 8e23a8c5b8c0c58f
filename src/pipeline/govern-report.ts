import { biasReport } from '../bias/index.ts';
import type { ColumnReport, ConstrainedReport, DpTreeModel } from '../generators/index.ts';
import type { LineageRecord } from '../lineage/index.ts';
import { qualityReport } from '../quality/index.ts';
import type { Finding, Report, ReportTable, Table } from '../types.ts';
import { valueDriftReport } from '../value-drift/index.ts';
import { tableMarkReport } from '../watermark/index.ts';
import type { GovernMeasures } from './govern-types.ts';
import type { ModelFacts } from './model-facts.ts';

/** What {@link governReport} puts together. */
export interface GovernReportInput {
  /** The real table. */
  readonly source: Table;
  /** The synthetic table. */
  readonly table: Table;
  /** The record. */
  readonly record: LineageRecord;
  /** What was measured. */
  readonly measures: GovernMeasures;
  /** What the model says of itself. */
  readonly facts: ModelFacts;
}

/** The whole report: the most important findings first, then a section for each part. */
export function governReport(input: GovernReportInput): Report {
  const { source, table, record, measures, facts } = input;
  const sections: Report[] = [
    qualityReport(measures.quality),
    ...(measures.bias ? [biasReport(measures.bias)] : []),
    ...(measures.drift ? [valueDriftReport(measures.drift)] : []),
    ...(measures.mark ? [tableMarkReport(measures.mark)] : []),
    recordReport(record, facts),
  ];
  const measured = sections.slice(0, -1);
  const isAlarm = ({ level }: Finding): boolean => level === 'risk' || level === 'warning';
  const alarms: Finding[] = sections.flatMap((section) => section.findings.filter(isAlarm));
  // The first sentence of every part, so that the page begins with an answer to each question.
  const heads = measured.flatMap((section) => section.findings.slice(0, 1).filter((one) => !isAlarm(one)));
  return {
    title: `${record.dataset.name} ${record.dataset.version}: what was made and what was measured`,
    findings: [
      {
        level: 'note',
        text: `${whole(table.rowCount)} synthetic rows of ${table.columns.length} columns, made from ${whole(source.rowCount)} real rows by ${record.generation.generator.name}.`,
      },
      ...alarms,
      ...heads,
      ...missingParts(measures),
      {
        level: 'note',
        text: 'This page shows shares of the real data beside those of the copy: publish it only where such shares may be published.',
      },
    ],
    tables: [],
    charts: [],
    sections,
  };
}

/** What was not looked at is said, so that silence is never taken for a good result. */
function missingParts(measures: GovernMeasures): Finding[] {
  const parts = [
    ...(measures.bias ? [] : ['bias (name the sensitive columns to measure it)']),
    ...(measures.drift ? [] : ['drift of values (no numeric column)']),
    ...(measures.mark ? [] : ['a mark (none was asked for: copies of this table cannot be recognised)']),
    'privacy attacks (not part of the chain: a copy can repeat values, and rarely whole rows, of the source)',
  ];
  return [{ level: 'note', text: `Not looked at: ${parts.join('; ')}.` }];
}

function recordReport(record: LineageRecord, facts: ModelFacts): Report {
  const { dataset, generation, sources, claims, issuer, issuedAt } = record;
  const stated: ReportTable = {
    title: 'What the signed record states',
    columns: ['field', 'value'],
    rows: [
      ['table digest', dataset.table.digest],
      ['rows', dataset.table.rows],
      ['kind of dataset', `${record.origin.kind} synthetic`],
      ['generator', `${generation.generator.name} (${generation.generator.version})`],
      ['a second run gives', SECOND_RUN[generation.determinism ?? 'unknown']],
      ['model fingerprint', generation.modelFingerprint ?? null],
      [
        'model embeds training values',
        generation.embedsTrainingValues === undefined ? 'not stated' : generation.embedsTrainingValues ? 'yes' : 'no',
      ],
      ...sources.map((source) => [
        `source (${source.role})`,
        `${source.id}, ${whole(source.rows ?? 0)} rows, ${Object.values(source.digest)[0] ?? ''}`,
      ]),
      ['issued', `${issuedAt} by ${issuer.name}`],
    ],
    note: 'Signatures are checked with verifyGoverned, never by reading this page.',
  };
  const claimed: ReportTable = {
    title: 'Claims in the record',
    columns: ['claim', 'value', 'interval', 'n'],
    rows: claims.map((claim) => [
      claim.metric,
      claim.value ?? `not computable: ${claim.reason ?? ''}`,
      claim.interval ? `${round(claim.interval.lower)} to ${round(claim.interval.upper)}` : null,
      claim.n,
    ]),
    note: 'A claim is asserted by the issuer until somebody recomputes it: verifyGoverned does so when it is given the source.',
  };
  return {
    title: 'Record',
    findings: [
      ...(generation.embedsTrainingValues
        ? [
            {
              level: 'note' as const,
              text: 'The model holds values of single rows of the source (a forest and SMOTE hold whole rows): treat the model file as you treat the source. The synthetic table repeats such values.',
            },
          ]
        : []),
      ...(facts.privacy ? privacyFindings(facts.privacy, facts.privacyGap) : []),
      ...(facts.constrained ? constraintFindings(facts.constrained) : []),
      ...(facts.fit ? fitFindings(facts.fit) : []),
    ],
    tables: [stated, claimed],
    charts: [],
  };
}

const SECOND_RUN = {
  bitwise: 'the same bits',
  statistical: 'the same distribution',
  none: 'nothing is promised',
  unknown: 'not stated',
} as const;

/** The claim of a private fit, and at once what it does not cover. */
function privacyFindings({ claim, noiseSource }: DpTreeModel, gap: string | null): Finding[] {
  const outside =
    'The figures here and in the record that were measured on the source, its number of rows and its digest are outside any such guarantee: do not publish them with a private copy.';
  const kept = `The fit added noise from "${noiseSource}" and cannot be repeated; rows drawn from the fitted model can.`;
  return [
    gap === null
      ? { level: 'note', text: `The model and its rows are ${claim}. ${kept}` }
      : { level: 'warning', text: `No differential privacy is claimed of the rows: ${gap}.` },
    { level: 'warning', text: outside },
  ];
}

function constraintFindings({ rows, dropped, violations, methods }: ConstrainedReport): Finding[] {
  const found = violations.map(
    ({ constraint, violations: count }, i): Finding => ({
      level: 'note',
      text: `Rule "${constraint}" is kept (${METHOD[methods[i]!]}); ${whole(count)} of ${whole(rows)} source rows violate it.`,
    }),
  );
  if (dropped > 0)
    found.push({ level: 'note', text: `${whole(dropped)} source rows that violate a rule were not learnt.` });
  return found;
}

const METHOD = {
  fused: 'its combinations are learnt as one column',
  difference: 'the difference is learnt',
  total: 'one column is computed from the others',
  rejection: 'rows that violate it are drawn again',
} as const;

function fitFindings(fit: ColumnReport): Finding[] {
  const findings: Finding[] = [];
  const note = (text: string): void => {
    findings.push({ level: 'note', text });
  };
  for (const { column, reason } of fit.identifiers)
    note(
      `Column ${column} was replaced by placeholders, never copied (${reason === 'text' ? 'free text' : reason === 'all-distinct' ? 'every value differs' : 'as asked'}).`,
    );
  for (const { column, levels, rows, label } of fit.pooled)
    note(`Column ${column}: ${whole(levels)} rare levels (${whole(rows)} rows) were pooled into "${label}".`);
  if (fit.constant.length) note(`Constant columns, repeated as they are: ${fit.constant.join(', ')}.`);
  for (const { column, observed } of fit.allMissing)
    note(`Column ${column} is missing throughout: ${whole(observed)} observed cells were too few to learn from.`);
  return findings;
}

/** 11538 -> 11,538. */
function whole(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

const round = (value: number): string => String(Number(value.toPrecision(3)));
