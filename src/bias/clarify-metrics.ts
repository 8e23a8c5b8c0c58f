import { SynthproofError } from '../errors.ts';
import { createRng } from '../random/create-rng.ts';
import { bootstrapCells } from '../stats/bootstrap-cells.ts';
import type { JobOptions, Measure, Rng, Table } from '../types.ts';
import { checkRng, columnOf, encodeGroups, OUTCOME_MISSING, type OutcomeSpec, readOutcome } from './internal-encode.ts';
import {
  conditionalDemographicDisparity,
  DISTRIBUTION_FIGURES,
  type Divide,
  FACET_FIGURES,
} from './internal-facet-figures.ts';
import { flipTest } from './internal-flip-test.ts';
import { indexGroups } from './internal-index.ts';

/** What {@link clarifyMetrics} compares. */
export interface ClarifySpec {
  /** The disadvantaged facet: its column and, as `positive`, its level. All other rows are the advantaged facet. */
  readonly disadvantaged: OutcomeSpec;
  /** The observed label. */
  readonly label?: OutcomeSpec | undefined;
  /** The predicted or decided label. */
  readonly prediction?: OutcomeSpec | undefined;
  /** Column whose level distributions are compared between the facets (KL, JS, LP, TVD, KS). Default: the label's column. */
  readonly distribution?: string | undefined;
  /** Columns to condition on (CDDL, CDDPL); strata are their combinations. Default none: these two are left out. */
  readonly strata?: readonly string[] | undefined;
  /** Number, integer or boolean columns in which neighbours are sought for the flip test (FT). Default none: FT is left out. */
  readonly features?: readonly string[] | undefined;
}

/** Options of {@link clarifyMetrics}. */
export interface ClarifyOptions extends JobOptions {
  /**
   * `undefined` (default): 0/0 and x/0 have no value but a reason, distributions are compared over all levels.
   * `clarify`: 0/0 is 0, levels that one facet lacks are left out without scaling, as the reference does.
   */
  readonly zeroDivision?: 'undefined' | 'clarify' | undefined;
  /** Coverage of the bootstrap intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Bootstrap resamples of the cell counts; 0 for no intervals. Default 999. */
  readonly resamples?: number | undefined;
  /** Stream of the resamples. Default: a fixed public one, so that a verifier can recompute the intervals. */
  readonly rng?: Rng | undefined;
}

/** One figure. `reason` is `empty-group`, `zero-denominator`, `infinite` (`negative-infinite`), or `one-outcome`. */
export interface ClarifyMeasure extends Measure {
  /** Clarify's short code, for example `DPL`. */
  readonly code: string;
}

/** Result of {@link clarifyMetrics}. */
export interface ClarifyMetrics {
  /** The figures that the spec allows, in Clarify's order. */
  readonly metrics: readonly ClarifyMeasure[];
  /** Rows of the advantaged facet. */
  readonly advantaged: number;
  /** Rows of the disadvantaged facet. */
  readonly disadvantaged: number;
  /** Rows left out because the facet, the label or the prediction is missing. */
  readonly leftOut: number;
}

/**
 * The bias figures of SageMaker Clarify for two facets, each with a bootstrap interval: class imbalance, label and
 * prediction gaps, distances of label distributions, conditional disparity, differences of rates, and the flip test.
 *
 * Differences are advantaged minus disadvantaged unless Clarify defines them the other way (SD, DRR's and DCR's order);
 * 0 is parity, 1 for DI. Logarithms are natural.
 * Source: smclarify, pre- and post-training metrics (re-implemented from the definitions).
 *
 * @param table - The rows.
 * @param spec - See {@link ClarifySpec}.
 * @param options - See {@link ClarifyOptions}.
 * @returns See {@link ClarifyMetrics}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `BAD_OPTION`, `KIND_MISMATCH`, `EMPTY_INPUT`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), booleanColumn('hired', [false, true, true, true])]);
 * const { metrics } = clarifyMetrics(rows, { disadvantaged: { column: 'sex', positive: 'f' }, label: { column: 'hired' } });
 * metrics.filter((one) => one.code === 'CI' || one.code === 'DPL').map((one) => one.value); // => [0, 0.5]
 */
export function clarifyMetrics(table: Table, spec: ClarifySpec, options: ClarifyOptions = {}): ClarifyMetrics {
  const { zeroDivision = 'undefined', level = 0.95, resamples = 999 } = options;
  if (zeroDivision !== 'undefined' && zeroDivision !== 'clarify')
    throw new SynthproofError(
      'BAD_OPTION',
      `zeroDivision: expected 'undefined' or 'clarify', received ${zeroDivision}`,
      {
        argument: 'zeroDivision',
      },
    );
  const compat = zeroDivision === 'clarify';
  const rows = readRows(table, spec);
  if (rows.kept.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'table: expected rows that have the facet and all outcomes, received none; check for missing cells and the filter',
      {
        argument: 'table',
      },
    );
  const rng = options.rng ?? createRng('synthproof/clarify');
  checkRng(rng, 'rng');
  const bothFacets = rows.advantaged > 0 && rows.disadvantaged > 0;
  const metrics: ClarifyMeasure[] = [];
  const add = (
    code: string,
    metric: string,
    shape: Pick<Measure, 'range' | 'goal'>,
    counts: ArrayLike<number>,
    of: (counts: ArrayLike<number>) => number,
    emptyAllowed = false,
  ): void => {
    const base = { code, metric, ...shape, n: rows.kept.length };
    const value = bothFacets || emptyAllowed ? of(counts) : Number.NaN;
    if (!Number.isFinite(value)) {
      metrics.push({ ...base, value: null, reason: reasonOf(value, bothFacets || emptyAllowed, code) });
      return;
    }
    const stream = rng.stream(code);
    const interval =
      resamples === 0
        ? null
        : bootstrapCells(counts, of, { ...options, rng: stream, resamples, level, method: 'percentile' }).interval;
    metrics.push({ ...base, value, ...(interval ? { interval } : {}) });
  };
  const eight = facetCounts(rows);
  const divide: Divide = (top, bottom) => (bottom === 0 && top === 0 && compat ? 0 : top / bottom);
  const has = { groups: true, label: rows.label, prediction: rows.prediction, both: rows.label && rows.prediction };
  for (const one of FACET_FIGURES)
    if (has[one.needs]) add(one.code, one.metric, one, eight, (counts) => one.of(counts, divide), one.code === 'GE');
  const levels = distributionCounts(table, spec, rows);
  if (levels)
    for (const one of DISTRIBUTION_FIGURES)
      add(one.code, one.metric, { range: one.range, goal: 'zero' }, levels, (counts) => one.of(counts, compat));
  if (spec.strata && spec.strata.length > 0) {
    const shape = { range: [-1, 1], goal: 'zero' } as const;
    const strata = indexGroups(table, spec.strata, []).index;
    for (const [code, metric, outcome] of [
      ['CDDL', 'conditionalDemographicDisparityInLabels', rows.label],
      ['CDDPL', 'conditionalDemographicDisparityInPredictedLabels', rows.prediction],
    ] as const)
      if (outcome)
        add(code, metric, shape, stratumCounts(rows, strata, outcome), conditionalDemographicDisparity, true);
  }
  if (spec.features && spec.features.length > 0 && rows.prediction && bothFacets) {
    const value = flipTest(table, spec.features, rows.kept, rows.facet, rows.prediction);
    const shape = { metric: 'flipTest', range: [-1, 1], goal: 'zero', n: rows.disadvantaged } as const;
    metrics.push({ code: 'FT', ...shape, value });
  }
  return {
    metrics,
    advantaged: rows.advantaged,
    disadvantaged: rows.disadvantaged,
    leftOut: table.rowCount - rows.kept.length,
  };
}

function reasonOf(value: number, facets: boolean, code: string): string {
  if (!facets) return 'empty-group';
  if (value === Number.POSITIVE_INFINITY) return 'infinite';
  if (value === Number.NEGATIVE_INFINITY) return 'negative-infinite';
  return code.startsWith('CDD') ? 'one-outcome' : 'zero-denominator';
}

/** The rows that count, and their codes. */
interface FacetRows {
  /** Rows with everything that was asked for. */
  readonly kept: readonly number[];
  /** 1 for the disadvantaged facet, by row of the table. */
  readonly facet: Uint8Array;
  readonly label: Uint8Array | null;
  readonly prediction: Uint8Array | null;
  readonly advantaged: number;
  readonly disadvantaged: number;
}

function readRows(table: Table, spec: ClarifySpec): FacetRows {
  const read = (outcome: OutcomeSpec | undefined, argument: string): Uint8Array | null =>
    outcome === undefined ? null : readOutcome(table, outcome, argument);
  const facet = readOutcome(table, spec.disadvantaged, 'disadvantaged');
  const label = read(spec.label, 'label');
  const prediction = read(spec.prediction, 'prediction');
  const kept: number[] = [];
  let disadvantaged = 0;
  for (let i = 0; i < table.rowCount; i++) {
    if (facet[i] === OUTCOME_MISSING || label?.[i] === OUTCOME_MISSING || prediction?.[i] === OUTCOME_MISSING) continue;
    kept.push(i);
    disadvantaged += facet[i]!;
  }
  return { kept, facet, label, prediction, advantaged: kept.length - disadvantaged, disadvantaged };
}

/** [advantaged TN, FP, FN, TP, disadvantaged TN, FP, FN, TP]; an outcome that was not asked for counts as 0. */
function facetCounts({ kept, facet, label, prediction }: FacetRows): Float64Array {
  const counts = new Float64Array(8);
  for (const i of kept) counts[facet[i]! * 4 + (label?.[i] ?? 0) * 2 + (prediction?.[i] ?? 0)]!++;
  return counts;
}

function distributionCounts(table: Table, spec: ClarifySpec, { kept, facet }: FacetRows): Float64Array | null {
  const name = spec.distribution ?? spec.label?.column;
  if (name === undefined) return null;
  const { codes, labels } = encodeGroups(columnOf(table, name, 'distribution'), 'distribution');
  const counts = new Float64Array(2 * labels.length);
  for (const i of kept) counts[facet[i]! * labels.length + codes[i]!]!++;
  return counts;
}

/** [stratum][facet][outcome]. */
function stratumCounts({ kept, facet }: FacetRows, stratum: ArrayLike<number>, outcome: Uint8Array): Float64Array {
  let size = 0;
  for (const i of kept) size = Math.max(size, stratum[i]! + 1);
  const counts = new Float64Array(4 * size);
  for (const i of kept) counts[stratum[i]! * 4 + facet[i]! * 2 + outcome[i]!]!++;
  return counts;
}
