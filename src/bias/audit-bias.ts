import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { Rng, Table } from '../types.ts';
import type { AuditDisparity, BiasAudit, BiasAuditSpec, BiasFacet, FacetSide } from './audit-bias-types.ts';
import { amplificationOf } from './bias-amplification.ts';
import { demographicParityDifference } from './demographic-parity-difference.ts';
import { demographicParityRatio } from './demographic-parity-ratio.ts';
import { equalOpportunityDifference } from './equal-opportunity-difference.ts';
import { equalizedOddsDifference } from './equalized-odds-difference.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import { searchColumns } from './internal-audit-search.ts';
import type { Disparity } from './internal-disparity.ts';
import { checkTables, MISSING_GROUP, type OutcomeSpec, readOutcome } from './internal-encode.ts';
import { groupLabel, rateOptions } from './internal-rates.ts';
import { metricFrame } from './metric-frame.ts';
import { representationOf } from './representation.ts';

/**
 * Audits groups in a table, and what a synthetic copy did to them: shares, outcome rates and disparities per sensitive
 * column and for all of them together, every figure with its n, interval and test.
 *
 * With a synthetic table each facet also holds the change of every share and rate and the amplification of the label
 * ({@link biasAmplification}), and the other columns are searched: associations with a sensitive column that the source does not
 * have or that changed ({@link spontaneousBias}), and differences that turn round within the levels of a column
 * ({@link findReversals}, also for one table alone).
 * Group changes are adjusted within a facet, disparities over the whole audit, associations over all pairs, reversals over all
 * checks of a sensitive column. Groups under `minN` rows are pooled,
 * named and counted. The permutation streams are named by facet, so adding a column never shifts another's p-values.
 *
 * @param source - The original rows.
 * @param synthetic - The synthetic rows; undefined to audit one table.
 * @param spec - See {@link BiasAuditSpec}.
 * @returns See {@link BiasAudit}; {@link biasReport} puts it in words.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`; `KIND_MISMATCH` for a continuous sensitive column; `BAD_OPTION`;
 * `EMPTY_INPUT`; `OUT_OF_RANGE`; `ABORTED`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [true, false, true, true])]);
 * const audit = auditBias(rows, rows, { sensitive: ['sex'], label: { column: 'hired' }, seed: 'demo', minN: 1 });
 * audit.facets[0]?.change?.parity[0]?.change; // => 0
 */
export function auditBias(source: Table, synthetic: Table | undefined, spec: BiasAuditSpec): BiasAudit {
  const {
    sensitive,
    label,
    prediction,
    control = [],
    reference = {},
    seed,
    permutations = 999,
    adjust = 'holm',
  } = spec;
  const { level, minN } = rateOptions(spec);
  if (typeof seed !== 'string')
    throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
  if (!Array.isArray(sensitive) || sensitive.length === 0 || new Set(sensitive).size !== sensitive.length)
    throw new SynthproofError(
      'BAD_OPTION',
      `sensitive: expected an array of column names, each once, received ${JSON.stringify(sensitive) ?? 'nothing'}`,
      { argument: 'sensitive' },
    );
  if (prediction !== undefined && label === undefined)
    throw new SynthproofError(
      'BAD_OPTION',
      'prediction: needs a label to be judged against; pass it as label to audit its rates alone',
      {
        argument: 'prediction',
      },
    );
  checkTables(synthetic === undefined ? { source } : { source, synthetic }, [
    ['sensitive', sensitive],
    ['label', label === undefined ? [] : [label]],
    ['prediction', prediction === undefined ? [] : [prediction]],
    ['control', control],
  ]);
  for (const column of Object.keys(reference))
    if (!sensitive.includes(column))
      throw new SynthproofError(
        'BAD_OPTION',
        `reference: "${column}" is not one of the sensitive columns (${sensitive.join(', ')})`,
        {
          argument: 'reference',
          column,
        },
      );
  const wanted = spec.intersections ?? sensitive.length > 1;
  const sets = sensitive.map((name) => [name]);
  if (wanted && sensitive.length > 1) sets.push([...sensitive]);
  const rng = createRng(seed);
  const metrics = label === undefined ? [] : metricNames(prediction !== undefined);
  const facets: BiasFacet[] = [];
  let done = 0;
  for (const set of sets) {
    if (spec.signal?.aborted)
      throw new SynthproofError('ABORTED', 'auditBias: aborted by the caller', { argument: 'signal' });
    spec.onProgress?.({ stage: `audit ${set.join(' × ')}`, done: done++, total: sets.length });
    const name = groupLabel(set);
    const stream = rng.stream(`bias/${JSON.stringify(set)}`);
    const before = countSide(source, set, spec);
    const after = synthetic === undefined ? null : countSide(synthetic, set, spec);
    const shares = set.length === 1 ? (reference[set[0]!] ?? null) : null;
    const job = spec.signal === undefined ? {} : { signal: spec.signal };
    facets.push({
      sensitive: set,
      name,
      source: measureSide(before, spec, stream.stream('source')),
      synthetic: after === null ? null : measureSide(after, spec, stream.stream('synthetic')),
      sourceShares: representationOf(before.all, null, shares, { level, minN }),
      syntheticShares:
        after === null || shares === null ? null : representationOf(after.all, null, shares, { level, minN }),
      change:
        after === null
          ? null
          : amplificationOf(
              before.all,
              after.all,
              before.labelled,
              after.labelled,
              { permutations, level, minN, adjust, ...job },
              stream.stream('change'),
            ),
    });
  }
  const search = searchColumns(source, synthetic, spec);
  spec.onProgress?.({ stage: 'audit', done, total: sets.length });
  return adjustAll({
    kind: 'bias-audit',
    version: 1,
    spec: {
      sensitive: [...sensitive],
      label: echo(label),
      prediction: echo(prediction),
      control: [...control],
      reference: Object.keys(reference),
      seed,
      permutations,
      level,
      minN,
      adjust,
    },
    metrics,
    facets,
    search,
    tests: 0,
  });
}

function echo(outcome: OutcomeSpec | undefined): BiasAudit['spec']['label'] {
  return outcome === undefined ? null : { column: outcome.column, positive: outcome.positive ?? true };
}

function metricNames(predicted: boolean): string[] {
  return predicted
    ? ['count', 'baseRate', 'selectionRate', 'truePositiveRate', 'falsePositiveRate', 'precision', 'accuracy']
    : ['count', 'baseRate'];
}

interface Side {
  /** Every row, by group. */
  readonly all: GroupTable;
  /** Rows with a label, by group. */
  readonly labelled: GroupTable | null;
  /** Rows with all outcomes, by control level and group. */
  readonly outcomes: GroupTable | null;
}

function countSide(table: Table, sensitive: readonly string[], spec: BiasAuditSpec): Side {
  const { label, prediction, control } = spec;
  const all = groupTable(table, { sensitive });
  if (label === undefined) return { all, labelled: null, outcomes: null };
  // Named here, so that a wrong positive value is reported for `label` before anything is counted.
  readOutcome(table, label, 'label');
  const labelled = groupTable(table, { sensitive, label });
  const plain = prediction === undefined && (control === undefined || control.length === 0);
  return { all, labelled, outcomes: plain ? labelled : groupTable(table, { sensitive, label, prediction, control }) };
}

function measureSide(side: Side, spec: BiasAuditSpec, rng: Rng): FacetSide {
  const { all, outcomes } = side;
  const { level, minN } = rateOptions(spec);
  let missing = 0;
  for (const cell of all.cells) if (cell.group.includes(MISSING_GROUP)) for (const n of cell.n) missing += n;
  const empty = { n: all.rows, missing, leftOut: 0, overall: [], groups: [], disparities: [] };
  if (outcomes === null) {
    const small = metricFrame(all, { metrics: ['count'], minN });
    return { ...empty, suppressed: small.suppressed };
  }
  const merged: GroupTable = { ...outcomes, control: [], controlLevels: [], cells: collapse(outcomes) };
  const frame = metricFrame(merged, { metrics: metricNames(outcomes.hasPrediction) as ['count'], level, minN });
  const stratum = frame.strata[0];
  const disparities: AuditDisparity[] = [];
  const shared = { level, minN, permutations: spec.permutations ?? 999 };
  const add = (cells: GroupTable, at: readonly string[] | null): void => {
    const place = at === null ? 'all' : JSON.stringify(at);
    const options = { ...shared, ...(at === null ? {} : { stratum: at }) };
    const labelOnly: GroupTable = cells.hasPrediction ? { ...cells, hasPrediction: false } : cells;
    const figures = [
      demographicParityDifference(labelOnly, { ...options, rng: rng.stream(`${place}/label difference`) }),
      demographicParityRatio(labelOnly, { ...options, rng: rng.stream(`${place}/label ratio`) }),
    ];
    // The label's own rates, told apart from those of the prediction by name.
    const named: Disparity[] = cells.hasPrediction
      ? figures.map((one) => ({ ...one, metric: one.metric.replace('demographicParity', 'baseRate') }))
      : figures;
    if (cells.hasPrediction)
      named.push(
        demographicParityDifference(cells, { ...options, rng: rng.stream(`${place}/difference`) }),
        demographicParityRatio(cells, { ...options, rng: rng.stream(`${place}/ratio`) }),
        equalOpportunityDifference(cells, { ...options, rng: rng.stream(`${place}/opportunity`) }),
        equalizedOddsDifference(cells, { ...options, rng: rng.stream(`${place}/odds`) }),
      );
    for (const one of named) disparities.push({ ...one, stratum: at, pAdjusted: null });
  };
  add(merged, null);
  if (outcomes.control.length > 0) {
    const seen = new Set<string>();
    for (const cell of outcomes.cells) {
      const key = JSON.stringify(cell.stratum);
      if (seen.has(key)) continue;
      seen.add(key);
      add(outcomes, cell.stratum);
    }
  }
  return {
    n: all.rows,
    missing,
    leftOut: all.rows - outcomes.rows,
    overall: stratum?.overall ?? [],
    groups: (stratum?.groups ?? []).filter((one) => !one.suppressed && one.n !== 0),
    suppressed: frame.suppressed,
    disparities,
  };
}

/** Cells added over control levels. */
function collapse(cells: GroupTable): GroupTable['cells'] {
  if (cells.control.length === 0) return cells.cells;
  const merged = new Map<
    string,
    { stratum: string[]; group: readonly string[]; n: number[]; w: number[]; w2: number[] }
  >();
  for (const cell of cells.cells) {
    const key = JSON.stringify(cell.group);
    const known = merged.get(key);
    if (known === undefined)
      merged.set(key, { stratum: [], group: cell.group, n: [...cell.n], w: [...cell.w], w2: [...cell.w2] });
    else
      for (let k = 0; k < 4; k++) {
        known.n[k]! += cell.n[k]!;
        known.w[k]! += cell.w[k]!;
        known.w2[k]! += cell.w2[k]!;
      }
  }
  return [...merged.values()];
}

/** Adjusts the p-values of all disparities together. */
function adjustAll(audit: BiasAudit): BiasAudit {
  const p: number[] = [];
  for (const facet of audit.facets)
    for (const side of [facet.source, facet.synthetic])
      for (const one of side?.disparities ?? []) if (one.pValue !== undefined) p.push(one.pValue);
  const adjusted = adjustPValues(p, audit.spec.adjust);
  let next = 0;
  const fill = (side: FacetSide): FacetSide => ({
    ...side,
    disparities: side.disparities.map((one) =>
      one.pValue === undefined ? one : { ...one, pAdjusted: adjusted[next++]! },
    ),
  });
  const facets = audit.facets.map((facet) => {
    const source = fill(facet.source);
    return { ...facet, source, synthetic: facet.synthetic === null ? null : fill(facet.synthetic) };
  });
  return { ...audit, facets, tests: p.length };
}
