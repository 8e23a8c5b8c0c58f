import type { Chart, Finding, Measure, ReportCell, ReportTable } from '../types.ts';
import type { AuditReversals, BiasAudit } from './audit-bias-types.ts';
import type { ReversalCheck } from './find-reversals.ts';
import { cell, count, percent, points, pointsInterval, pText, ratioText, round3, some } from './internal-words.ts';
import type { AssociationChange, SpontaneousBias } from './spontaneous-bias.ts';

/** Sentences per search; rows of a table; lines of a picture. */
const SENTENCES = 8;
const TABLE_ROWS = 25;
const CHART_ROWS = 12;

/** What the search over the other columns found, in words. */
export function searchFindings(audit: BiasAudit, outcome: string): Finding[] {
  const { search, spec } = audit;
  if (search === null) return [];
  const findings: Finding[] = [];
  if (search.associations !== null) findings.push(...associationFindings(search.associations));
  for (const one of search.reversals) findings.push(...reversalFindings(one, outcome, 1 - spec.level, spec.minN));
  if (search.notInSynthetic.length > 0)
    findings.push({
      level: 'note',
      text: `${count(search.notInSynthetic.length, 'column')} of the source ${search.notInSynthetic.length === 1 ? 'is' : 'are'} not in the synthetic copy and could not be compared: ${some(search.notInSynthetic, 5)}`,
    });
  return findings;
}

const CHANGES: Readonly<
  Record<AssociationChange['verdict'], { readonly level: Finding['level']; readonly words: string }>
> = {
  spontaneous: { level: 'risk', words: 'the synthetic copy has an association that the source does not have' },
  reversed: { level: 'risk', words: 'the association turned round' },
  amplified: { level: 'warning', words: 'the association is stronger in the synthetic copy' },
  moved: { level: 'warning', words: 'the association is between other levels in the synthetic copy' },
  weakened: { level: 'note', words: 'the association is weaker in the synthetic copy' },
  lost: { level: 'note', words: 'the association of the source is lost' },
  unchanged: { level: 'good', words: 'unchanged' },
};

function strength(x: number | null): string {
  return x === null ? 'not defined' : ratioText(x);
}

function movedWords({ moved }: AssociationChange): string {
  if (moved === null) return '';
  return `; ${moved.level} among ${moved.group}: ${percent(moved.source)} to ${percent(moved.synthetic)} (${points(moved.change)} points ${pointsInterval(moved.interval)})`;
}

function associationFindings(found: SpontaneousBias): Finding[] {
  const { pairs, excluded, rows } = found;
  const findings: Finding[] = [];
  const changed = pairs.filter((one) => one.verdict !== 'unchanged');
  for (const one of changed.slice(0, SENTENCES)) {
    const { level, words } = CHANGES[one.verdict];
    const range = one.interval === null ? '' : ` [${ratioText(one.interval.lower)}, ${ratioText(one.interval.upper)}]`;
    findings.push({
      level,
      text: `${one.sensitive} and ${one.column}: ${words} (Cramer's V ${strength(one.source.corrected)} in the source, ${strength(one.synthetic.corrected)} in the synthetic copy${one.change === null ? '' : `, change ${ratioText(one.change)}${range}`}; adjusted ${pText(one.pAdjusted)})${movedWords(one)}`,
    });
  }
  const family = `${count(pairs.length, 'association')} between sensitive columns and others, ${rows.source} and ${rows.synthetic} rows`;
  if (changed.length > SENTENCES)
    findings.push({
      level: 'warning',
      text: `${changed.length - SENTENCES} more of ${family} changed beyond chance: ${some(
        changed.slice(SENTENCES).map((one) => `${one.sensitive} and ${one.column} (${one.verdict})`),
        5,
      )}`,
    });
  if (changed.length === 0)
    findings.push({
      level: pairs.length === 0 ? 'note' : 'good',
      text:
        pairs.length === 0
          ? 'no association between a sensitive column and another could be compared'
          : `none of ${family}, changed beyond chance`,
    });
  if (excluded.length > 0)
    findings.push({
      level: 'note',
      text: `${count(excluded.length, 'column')} had no levels to compare: ${some(
        excluded.map((one) => `${one.column} (${one.reason})`),
        5,
      )}`,
    });
  return findings;
}

/** The check in words: `-14.2 points overall [..], 4.3 points within levels of dept [..]`. */
function reversalWords(one: ReversalCheck): string {
  const part = (measure: Measure): string =>
    measure.value === null
      ? `not defined (${measure.reason})`
      : `${points(measure.value)} points${measure.interval === undefined ? '' : ` ${pointsInterval(measure.interval)}`}`;
  return `${part(one.aggregate)} over all rows, ${part(one.conditional)} within levels of ${one.stratum}${one.pAdjusted === null ? '' : `; adjusted ${pText(one.pAdjusted)}`}; ${one.aggregate.n} rows`;
}

function reversalFindings(found: AuditReversals, outcome: string, alpha: number, minN: number): Finding[] {
  const { sensitive, source, synthetic, changes } = found;
  const findings: Finding[] = [];
  const beyond = (one: ReversalCheck): boolean => one.verdict === 'reversed';
  const turns = (checks: readonly ReversalCheck[] | undefined, like: ReversalCheck): ReversalCheck | undefined =>
    checks?.find((one) => one.group === like.group && one.stratum === like.stratum);
  for (const [name, side, other] of [
    ['source', source, synthetic],
    ['synthetic copy', synthetic, source],
  ] as const)
    for (const one of (side?.checks ?? []).filter(beyond).slice(0, SENTENCES)) {
      const twin = turns(other?.checks, one);
      const fresh = name === 'synthetic copy' && twin?.reversed !== true;
      const gone = name === 'source' && synthetic !== null && twin?.reversed !== true;
      findings.push({
        level: fresh ? 'risk' : 'warning',
        text: `${sensitive} ${one.group}: the difference in the rate of ${outcome} from all others turns round within levels of ${one.stratum} in the ${name} (Simpson's paradox: ${reversalWords(one)})${fresh ? '; not so in the source' : gone ? '; no longer so in the synthetic copy' : ''}`,
      });
    }
  const moved = changes.filter((one) => one.pAdjusted !== null && one.pAdjusted <= alpha);
  for (const one of moved.slice(0, SENTENCES))
    findings.push({
      level: 'warning',
      text: `${sensitive} ${one.group}: the difference in the rate of ${outcome} within levels of ${one.stratum} changed by ${points(one.change.value!)} points ${pointsInterval(one.change.interval!)} from source to synthetic copy (adjusted ${pText(one.pAdjusted!)}; ${one.change.n} rows)`,
    });
  const turned = (checks: readonly ReversalCheck[]): number =>
    checks.filter((one) => one.verdict === 'sign-reversed').length;
  const sides = [source, ...(synthetic === null ? [] : [synthetic])];
  const [checks, blank] = sides.reduce(
    ([known, none], one) => {
      const undefinedOnes = one.checks.filter((check) => check.verdict === 'undefined').length;
      return [known + one.checks.length - undefinedOnes, none + undefinedOnes];
    },
    [0, 0],
  );
  if (checks > 0 && findings.length === 0)
    findings.push({
      level: 'good',
      text: `${sensitive}: no difference in the rate of ${outcome} turns round beyond chance within the levels of another column (${count(checks, 'comparison')}${synthetic === null ? '' : ' in both tables'})`,
    });
  if (blank > 0)
    findings.push({
      level: 'note',
      text: `${sensitive}: ${count(blank, 'difference')} within levels of another column ${blank === 1 ? 'is' : 'are'} not defined, for want of rows`,
    });
  const faint = sides.reduce((sum, one) => sum + turned(one.checks), 0);
  if (faint > 0)
    findings.push({
      level: 'note',
      text: `${sensitive}: ${count(faint, 'difference')} in the rate of ${outcome} ${faint === 1 ? 'changes' : 'change'} sign within levels of another column, but not beyond chance`,
    });
  const small = [...new Set(sides.flatMap((one) => one.suppressed))];
  if (small.length > 0)
    findings.push({
      level: 'note',
      text: `${sensitive}: ${count(small.length, 'group')} with fewer than ${minN} rows ${small.length === 1 ? 'was' : 'were'} not searched for reversals: ${some(small, 5)}`,
    });
  return findings;
}

/** The tables of the search: associations, then differences within levels. */
export function searchTables(audit: BiasAudit, outcome: string): ReportTable[] {
  const { search } = audit;
  if (search === null) return [];
  const tables: ReportTable[] = [];
  const { associations } = search;
  if (associations !== null && associations.pairs.length > 0)
    tables.push({
      title: 'Associations with sensitive columns',
      columns: [
        'sensitive',
        'column',
        "Cramer's V in source",
        'in synthetic',
        'change',
        'from',
        'to',
        'adjusted p',
        'verdict',
      ],
      rows: associations.pairs
        .slice(0, TABLE_ROWS)
        .map((one): ReportCell[] => [
          one.sensitive,
          one.column,
          round3(one.source.corrected),
          round3(one.synthetic.corrected),
          round3(one.change),
          round3(one.interval?.lower ?? null),
          round3(one.interval?.upper ?? null),
          round3(one.pAdjusted),
          one.verdict,
        ]),
      note: `${associations.rows.source} and ${associations.rows.synthetic} rows; permutation tests, adjusted over ${count(associations.pairs.length, 'pair')} (${associations.adjust}); numbers in bins.${more(associations.pairs.length, 'pairs')}`,
    });
  for (const { sensitive, source, synthetic } of search.reversals) {
    const rows: ReportCell[][] = [];
    for (const [name, side] of [
      ['source', source],
      ['synthetic', synthetic],
    ] as const)
      for (const one of side?.checks.slice(0, synthetic === null ? TABLE_ROWS : Math.floor(TABLE_ROWS / 2)) ?? [])
        rows.push([
          name,
          one.group,
          one.stratum,
          cell(one.aggregate.value),
          cell(one.conditional.value),
          cell(one.conditional.interval?.lower ?? null),
          cell(one.conditional.interval?.upper ?? null),
          round3(one.pAdjusted),
          one.verdict,
        ]);
    if (rows.length > 0)
      tables.push({
        title: `Differences in the rate of ${outcome} by ${sensitive}, over all rows and within levels of another column`,
        columns: [
          'table',
          'group',
          'within levels of',
          'over all, points',
          'within, points',
          'from',
          'to',
          'adjusted p',
          'verdict',
        ],
        rows,
        note: `Each group against all others; the adjusted p-value (Holm) is small when both differences are beyond chance. ${source.checks.length} checks in the source${synthetic === null ? '' : `, ${synthetic.checks.length} in the synthetic table`}, the most serious ones shown.`,
      });
  }
  return tables;
}

/** The change of each association, greatest first. */
export function searchCharts({ search }: BiasAudit): Chart[] {
  const pairs = (search?.associations?.pairs ?? []).filter((one) => one.change !== null);
  if (pairs.length === 0) return [];
  return [
    {
      kind: 'interval',
      title: 'Change of associations with sensitive columns',
      xLabel: "change of Cramer's V, synthetic minus source",
      yLabel: 'columns',
      items: pairs.slice(0, CHART_ROWS).map((one) => {
        const item = { label: `${one.sensitive} and ${one.column}`, value: one.change };
        return one.interval === null ? item : { ...item, lower: one.interval.lower, upper: one.interval.upper };
      }),
      reference: 0,
    },
  ];
}

function more(all: number, noun: string): string {
  return all > TABLE_ROWS ? ` The first ${TABLE_ROWS} of ${all} ${noun} are shown.` : '';
}
