import { SynthproofError } from '../errors.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkRange, checkShare, checkWhole } from '../stats/internal-options.ts';
import { mannWhitneyU } from '../stats/mann-whitney-u.ts';
import { jobStep } from '../text/internal-check.ts';
import type { JobOptions } from '../types.ts';
import type { FeatureRows } from './feature-scorer.ts';
import { finiteOrNull, momentsOf } from './internal-moments.ts';

/** Options of {@link featureDrift}. */
export interface FeatureDriftOptions extends JobOptions {
  /** Names of the features, one per column. Default `f0`, `f1`, ... */
  readonly names?: readonly string[] | undefined;
  /** Expected share of false ones among the features called drifted. Default 0.05. */
  readonly rate?: number | undefined;
  /** `benjamini-hochberg` (default; for features that hang together positively) or `benjamini-yekutieli` (for any). */
  readonly method?: 'benjamini-hochberg' | 'benjamini-yekutieli' | undefined;
  /** Top-activating examples listed per drifted feature and side. Default 3. */
  readonly examples?: number | undefined;
  /** An activation above this counts as active. Default 0. */
  readonly threshold?: number | undefined;
}

/** An item that activates a feature. */
export interface FeatureExample {
  /** Its row on its side. */
  readonly row: number;
  /** Its activation. */
  readonly score: number;
}

/** What happened to one feature. */
export interface FeatureChange {
  /** Name of the feature. */
  readonly feature: string;
  /** Its column. */
  readonly column: number;
  /** Mean activation of the baseline; null without scores. */
  readonly meanBaseline: number | null;
  /** Mean activation of the current data; null without scores. */
  readonly meanCurrent: number | null;
  /** Share of baseline items that activate it. */
  readonly activeBaseline: number | null;
  /** Share of current items that activate it. */
  readonly activeCurrent: number | null;
  /** Cliff's delta, -1 to 1: above 0 = larger in the current data. */
  readonly cliffsDelta: number | null;
  /** Mann-Whitney p-value of this feature alone; null when not tested. */
  readonly pValue: number | null;
  /** p-value adjusted for the false discovery rate; null when not tested. */
  readonly pAdjusted: number | null;
  /** Whether it drifted at the rate. */
  readonly drifted: boolean;
  /** Items of the baseline that activate it most, for drifted features. */
  readonly examplesBaseline: readonly FeatureExample[];
  /** Items of the current data that activate it most, for drifted features. */
  readonly examplesCurrent: readonly FeatureExample[];
  /** Why it was not tested: `no-scores` or `constant`. */
  readonly reason?: string | undefined;
}

/** Result of {@link featureDrift}. JSON-safe. */
export interface FeatureDrift {
  /** Baseline items. */
  readonly n: number;
  /** Current items. */
  readonly m: number;
  /** The rate asked for. */
  readonly rate: number;
  /** Features tested. */
  readonly tested: number;
  /** Features that drifted. */
  readonly drifted: number;
  /** Missing or non-finite activations left out. */
  readonly missing: number;
  /** Every feature: smallest adjusted p first, then by size of Cliff's delta, then by column; untested ones last. */
  readonly features: readonly FeatureChange[];
}

/**
 * Drift of many features at once, for example the activations of a sparse autoencoder: a Mann-Whitney test of each
 * feature (activations are mostly 0 and heavy-tailed), adjusted for the false discovery rate, with the examples that
 * activate a drifted feature most, to see what it stands for.
 *
 * For a handful of values use {@link compareProfiles}, which bounds the chance of any false alarm and gives intervals.
 * The normal approximation wants about 20 items a side; items are taken as independent.
 *
 * @param baseline - One row of activations per item; null or NaN for none.
 * @param current - The same features for the current data.
 * @param options - See {@link FeatureDriftOptions}.
 * @returns See {@link FeatureDrift}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a side without items; `LENGTH_MISMATCH` for rows or names of another
 * width; `OUT_OF_RANGE`; `ABORTED`.
 * @example
 * const before = Array.from({ length: 40 }, (_, i) => [i % 4, i % 3]);
 * const after = before.map(([a, b]) => [a + 2, b]);
 * const drift = featureDrift(before, after);
 * drift.features[0].feature; // => 'f0'
 * drift.drifted; // => 1
 */
export function featureDrift(
  baseline: FeatureRows,
  current: FeatureRows,
  options: FeatureDriftOptions = {},
): FeatureDrift {
  const { rate = 0.05, method = 'benjamini-hochberg', examples = 3, threshold = 0, names } = options;
  checkShare('rate', rate);
  checkWhole('examples', examples, 0);
  checkRange('threshold', threshold, -1e300, 1e300);
  const width = checkRows(baseline, current);
  if (names !== undefined && names.length !== width)
    throw new SynthproofError('LENGTH_MISMATCH', `names: expected ${width} names, received ${names.length}`, {
      argument: 'names',
    });
  let missing = 0;
  const found = Array.from({ length: width }, (_, column): FeatureChange => {
    if ((column & 127) === 0) jobStep(options, 'featureDrift', column, width);
    const a = finiteColumn(baseline, column);
    const b = finiteColumn(current, column);
    missing += baseline.length - a.length + current.length - b.length;
    const test = a.length === 0 || b.length === 0 ? null : mannWhitneyU(a, b);
    const tested = test !== null && test.z !== null;
    return {
      feature: names?.[column] ?? `f${column}`,
      column,
      meanBaseline: a.length === 0 ? null : finiteOrNull(momentsOf(a).mean),
      meanCurrent: b.length === 0 ? null : finiteOrNull(momentsOf(b).mean),
      activeBaseline: activeShare(a, threshold),
      activeCurrent: activeShare(b, threshold),
      cliffsDelta: test === null ? null : 1 - 2 * test.auc,
      pValue: tested ? test.pValue : null,
      pAdjusted: null,
      drifted: false,
      examplesBaseline: [],
      examplesCurrent: [],
      ...(tested ? {} : { reason: test === null ? 'no-scores' : 'constant' }),
    };
  });
  const tested = found.filter((feature) => feature.pValue !== null);
  const adjusted = adjustPValues(
    tested.map((feature) => feature.pValue!),
    method,
  );
  const features = tested.map((feature, i): FeatureChange => {
    const drifted = adjusted[i]! <= rate;
    return {
      ...feature,
      pAdjusted: adjusted[i]!,
      drifted,
      examplesBaseline: drifted ? topRows(baseline, feature.column, examples) : [],
      examplesCurrent: drifted ? topRows(current, feature.column, examples) : [],
    };
  });
  features.sort(
    (x, y) => x.pAdjusted! - y.pAdjusted! || Math.abs(y.cliffsDelta!) - Math.abs(x.cliffsDelta!) || x.column - y.column,
  );
  return {
    n: baseline.length,
    m: current.length,
    rate,
    tested: tested.length,
    drifted: features.filter((feature) => feature.drifted).length,
    missing,
    features: [...features, ...found.filter((feature) => feature.pValue === null)],
  };
}

function checkRows(baseline: FeatureRows, current: FeatureRows): number {
  for (const [argument, rows] of [
    ['baseline', baseline],
    ['current', current],
  ] as const) {
    if (rows.length === 0)
      throw new SynthproofError('EMPTY_INPUT', `${argument}: expected at least one row, received none`, { argument });
    rows.forEach((row, i) => {
      if (row.length !== baseline[0]!.length)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `${argument}[${i}]: expected ${baseline[0]!.length} features, received ${row.length}`,
          { argument, row: i },
        );
    });
  }
  return baseline[0]!.length;
}

function finiteColumn(rows: FeatureRows, column: number): Float64Array {
  const out = new Float64Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    const x = rows[i]![column];
    if (typeof x === 'number' && x - x === 0) out[n++] = x;
  }
  return out.subarray(0, n);
}

function activeShare(values: Float64Array, threshold: number): number | null {
  if (values.length === 0) return null;
  let active = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > threshold) active++;
  return active / values.length;
}

/** The rows with the largest activations, ties by row. */
function topRows(rows: FeatureRows, column: number, count: number): FeatureExample[] {
  const all: FeatureExample[] = [];
  rows.forEach((row, i) => {
    const score = row[column];
    if (typeof score === 'number' && score - score === 0) all.push({ row: i, score });
  });
  return all.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, count);
}
