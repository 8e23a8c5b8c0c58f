import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import type { JobOptions, Measure, Rng, Table } from '../types.ts';
import { amplificationOf, type BiasAmplification } from './bias-amplification.ts';
import { demographicParityDifference } from './demographic-parity-difference.ts';
import { demographicParityRatio } from './demographic-parity-ratio.ts';
import { equalOpportunityDifference } from './equal-opportunity-difference.ts';
import { equalizedOddsDifference } from './equalized-odds-difference.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import type { Disparity } from './internal-disparity.ts';
import { columnOf, encodeOutcome, MISSING_GROUP, type OutcomeSpec } from './internal-encode.ts';
import type { FrameGroup } from './internal-frame.ts';
import { groupLabel, rateOptions } from './internal-rates.ts';
import { metricFrame } from './metric-frame.ts';
import { type Representation, representationOf } from './representation.ts';

/** What {@link auditBias} looks at. */
export interface BiasAuditSpec extends JobOptions {
  /** Names of the sensitive columns. Continuous columns must be binned first. */
  readonly sensitive: readonly string[];
  /** The outcome whose rate per group is measured. Default: none, shares only. */
  readonly label?: OutcomeSpec | undefined;
  /** A prediction or decision to be judged against the label. Default: none. */
  readonly prediction?: OutcomeSpec | undefined;
  /** Columns to condition on: disparities are also given within each of their levels. Default: none. */
  readonly control?: readonly string[] | undefined;
  /** Population shares by column, then by level, for example `{ sex: { female: 0.5, male: 0.5 } }`. */
  readonly reference?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Seed of the permutation tests; any text. */
  readonly seed: string;
  /** Permutations per test. Default 999. */
  readonly permutations?: number | undefined;
  /** Coverage of intervals; tests look at 1 - level. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows are pooled and only named. Default 10. */
  readonly minN?: number | undefined;
  /** Whether to look at all sensitive columns together too. Default true when there are two or more. */
  readonly intersections?: boolean | undefined;
  /** Adjustment of p-values over families of tests. Default `holm`. */
  readonly adjust?: 'holm' | 'benjamini-hochberg' | undefined;
}

/** A disparity with its place in the audit and its p-value adjusted over all disparities of the audit. */
export interface AuditDisparity extends Disparity {
  /** Levels of the control columns; null for all rows. */
  readonly stratum: readonly string[] | null;
  /** p-value adjusted over all disparities of the audit; null without a p-value. */
  readonly pAdjusted: number | null;
}

/** One table's figures in a facet. */
export interface FacetSide {
  /** Rows of the table. */
  readonly n: number;
  /** Rows whose sensitive value (any of them) is missing. */
  readonly missing: number;
  /** Rows without a label or prediction: they count for shares, not for rates. */
  readonly leftOut: number;
  /** Metrics over all rows, suppressed groups included; empty without outcomes. */
  readonly overall: readonly Measure[];
  /** Metrics of the groups with at least `minN` rows; empty without outcomes. */
  readonly groups: readonly FrameGroup[];
  /** Groups under `minN` and the rows in them. */
  readonly suppressed: {
    /** Number of groups. */
    readonly groups: number;
    /** Rows in them. */
    readonly rows: number;
  };
  /** Disparities over all rows, then within control levels; empty without outcomes. */
  readonly disparities: readonly AuditDisparity[];
}

/** One way of forming groups: a sensitive column, or all of them together. */
export interface BiasFacet {
  /** The columns. */
  readonly sensitive: readonly string[];
  /** Their names joined with ' × '. */
  readonly name: string;
  /** Figures of the source. */
  readonly source: FacetSide;
  /** Figures of the synthetic table; null when there is none. */
  readonly synthetic: FacetSide | null;
  /** Shares of the source, against the reference population where one was given. */
  readonly sourceShares: Representation;
  /** Shares of the synthetic table against the reference population; null without either. */
  readonly syntheticShares: Representation | null;
  /** What changed from source to synthetic; null without a synthetic table. */
  readonly change: BiasAmplification | null;
}

/** Everything {@link auditBias} found, as plain data that survives JSON. */
export interface BiasAudit {
  /** Discriminant. */
  readonly kind: 'bias-audit';
  /** Version of this format and of the figures' definitions. */
  readonly version: 1;
  /** What was asked, defaults filled in. */
  readonly spec: {
    /** Sensitive columns. */
    readonly sensitive: readonly string[];
    /** The label and its positive value; null without one. */
    readonly label: {
      /** Column. */
      readonly column: string;
      /** Positive value or threshold. */
      readonly positive: string | number | boolean;
    } | null;
    /** The prediction and its positive value; null without one. */
    readonly prediction: {
      /** Column. */
      readonly column: string;
      /** Positive value or threshold. */
      readonly positive: string | number | boolean;
    } | null;
    /** Control columns. */
    readonly control: readonly string[];
    /** Columns that have reference shares. */
    readonly reference: readonly string[];
    /** Seed of the permutation tests. */
    readonly seed: string;
    /** Permutations per test. */
    readonly permutations: number;
    /** Coverage of intervals. */
    readonly level: number;
    /** Least rows of a shown group. */
    readonly minN: number;
    /** Adjustment of p-values. */
    readonly adjust: 'holm' | 'benjamini-hochberg';
  };
  /** Names of the metrics, in the order of `groups[].measures`. */
  readonly metrics: readonly string[];
  /** One facet per sensitive column, then the intersection. */
  readonly facets: readonly BiasFacet[];
  /** Number of disparities tested: the family of their adjusted p-values. */
  readonly tests: number;
}

/**
 * Audits groups in a table, and what a synthetic copy did to them: shares, outcome rates and disparities per sensitive
 * column and for all of them together, every figure with its n, interval and test.
 *
 * With a synthetic table each facet also holds the change of every share and rate ({@link biasAmplification}).
 * Group changes are adjusted within a facet, disparities over the whole audit. Groups under `minN` rows are pooled,
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
  if (!Array.isArray(sensitive) || sensitive.length === 0)
    throw new SynthproofError('BAD_OPTION', 'sensitive: expected at least one column name, received none', {
      argument: 'sensitive',
    });
  if (prediction !== undefined && label === undefined)
    throw new SynthproofError(
      'BAD_OPTION',
      'prediction: needs a label to be judged against; pass it as label to audit its rates alone',
      {
        argument: 'prediction',
      },
    );
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
  encodeOutcome(columnOf(table, label.column, 'label'), label, 'label');
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
