import { SynthproofError } from '../errors.ts';
import { uniformInt } from '../random/uniform-int.ts';
import type { JobOptions, Rng } from '../types.ts';
import { denseIds, jobStep, requireWhole } from './internal-arrange.ts';
import { requireLength, requireSameLength } from './internal-check.ts';
import { permutationPValue } from './permutation-p-value.ts';

/** Options of {@link permutationTest}. */
export interface PermutationTestOptions extends JobOptions {
  /** Label of each row, a 32-bit whole number: 0 and 1 for real and synthetic, or any number of groups. */
  readonly groups: ArrayLike<number>;
  /** Where the rearrangements come from. Take a stream of your own, so that other draws do not shift. */
  readonly rng: Rng;
  /** Cluster (person, document, household) of each row: labels move by whole clusters. Default: each row alone. */
  readonly clusters?: ArrayLike<number> | undefined;
  /** Pair or stratum of each row: labels are exchanged only within it. Default: all rows are one stratum. */
  readonly pairs?: ArrayLike<number> | undefined;
  /** Most rearrangements drawn. Default 999. */
  readonly permutations?: number | undefined;
  /** Stop once this many rearrangements reached the observed statistic (Besag and Clifford 1991). Default: never. */
  readonly earlyStop?: number | undefined;
  /** Which statistics count as extreme: large ones, small ones, or large absolute ones. Default `greater`. */
  readonly alternative?: 'greater' | 'less' | 'two-sided' | undefined;
}

/** Result of {@link permutationTest}. */
export interface PermutationTestResult {
  /** The statistic under the labels as given; null when it is undefined. */
  readonly statistic: number | null;
  /** Valid p-value, above 0; null when the statistic is undefined. */
  readonly pValue: number | null;
  /** Rearrangements at least as extreme as the observed labels. */
  readonly exceed: number;
  /** Rearrangements drawn. */
  readonly draws: number;
  /** Rearrangements whose statistic was undefined; they count as extreme, so they can only raise the p-value. */
  readonly undefinedDraws: number;
  /** Whether the test stopped early. */
  readonly stopped: boolean;
  /** Units whose labels were exchanged: clusters, or rows. */
  readonly units: number;
  /** Why the p-value is null: `STATISTIC_UNDEFINED`; `LABELS_FIXED` when no exchange can change the labels. */
  readonly reason?: 'STATISTIC_UNDEFINED' | 'LABELS_FIXED' | undefined;
}

/**
 * Permutation test of any statistic of labelled rows: labels are exchanged at random, by whole clusters and within pairs
 * or strata where these are given, and the observed statistic is ranked among the rearranged ones.
 *
 * p = (1 + exceed) / (1 + draws), valid in every sample size when labels are exchangeable under the null hypothesis
 * (Phipson and Smyth 2010). With `earlyStop` h, the test ends at the draw l that brings the h-th extreme statistic and
 * p = h / l, valid as well (Besag and Clifford 1991). Statistics that differ from the observed one by rounding only
 * (1e-12 of its size) count as equal to it.
 *
 * @param statistic - Called with the labels, aligned with the rows; the array is reused. Return null or NaN where the
 * statistic is undefined.
 * @param options - See {@link PermutationTestOptions}.
 * @returns See {@link PermutationTestResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `OUT_OF_RANGE`, `BAD_OPTION`; `BAD_VALUE` when a
 * label is no 32-bit whole number, a cluster holds two labels or reaches into two strata; `ABORTED`.
 * @example
 * const x = [1, 2, 3, 10, 11, 12];
 * const gap = (labels) => x.reduce((sum, v, i) => sum + (labels[i] === 1 ? v : -v), 0);
 * const test = permutationTest(gap, { groups: [0, 0, 0, 1, 1, 1], rng: createRng('demo') });
 * test.statistic; // => 27
 * test.pValue < 0.1; // => true
 */
export function permutationTest(
  statistic: (labels: Int32Array) => number | null,
  options: PermutationTestOptions,
): PermutationTestResult {
  const { groups, rng, permutations = 999, earlyStop, alternative = 'greater' } = options;
  if (alternative !== 'greater' && alternative !== 'less' && alternative !== 'two-sided') {
    throw new SynthproofError(
      'BAD_OPTION',
      `alternative: expected greater, less or two-sided, received ${String(alternative)}`,
      { argument: 'alternative' },
    );
  }
  requireWhole('permutations', permutations, 1);
  if (earlyStop !== undefined) requireWhole('earlyStop', earlyStop, 1);
  const plan = planUnits(options);
  const { unitOf, unitLabels, strata } = plan;
  const labels = Int32Array.from(groups);
  const observed = statistic(labels);
  const size = sizeOf(observed, alternative);
  const base = { draws: 0, exceed: 0, undefinedDraws: 0, stopped: false, units: unitLabels.length };
  if (Number.isNaN(size)) return { ...base, statistic: null, pValue: null, reason: 'STATISTIC_UNDEFINED' };
  if (strata.length === 0) return { ...base, statistic: observed, pValue: null, reason: 'LABELS_FIXED' };
  const limit = size - 1e-12 * Math.abs(size);
  let exceed = 0;
  let undefinedDraws = 0;
  for (let draw = 1; draw <= permutations; draw++) {
    jobStep(options, 'permutationTest', draw, permutations);
    for (const units of strata) shuffleLabels(unitLabels, units, rng);
    for (let i = 0; i < labels.length; i++) labels[i] = unitLabels[unitOf[i]!]!;
    const value = sizeOf(statistic(labels), alternative);
    if (Number.isNaN(value)) undefinedDraws++;
    if (!(value < limit)) exceed++;
    if (earlyStop !== undefined && exceed >= earlyStop) {
      return {
        ...base,
        statistic: observed,
        pValue: exceed / draw,
        exceed,
        draws: draw,
        undefinedDraws,
        stopped: true,
      };
    }
  }
  const pValue = permutationPValue(exceed, permutations);
  return { ...base, statistic: observed, pValue, exceed, draws: permutations, undefinedDraws };
}

/** How extreme a statistic is: larger is more extreme; NaN when undefined. */
function sizeOf(value: number | null, alternative: 'greater' | 'less' | 'two-sided'): number {
  if (value === null || value - value !== 0) return NaN;
  return alternative === 'greater' ? value : alternative === 'less' ? -value : Math.abs(value);
}

interface UnitPlan {
  /** Unit of each row. */
  readonly unitOf: Int32Array;
  /** Label of each unit. */
  readonly unitLabels: Int32Array;
  /** Units of each stratum in which labels differ; the others cannot change. */
  readonly strata: readonly Int32Array[];
}

function planUnits({ groups, clusters, pairs }: PermutationTestOptions): UnitPlan {
  const n = groups.length;
  requireLength('groups', n, 1);
  if (clusters) requireSameLength('clusters', clusters.length, n);
  if (pairs) requireSameLength('pairs', pairs.length, n);
  const rows = clusters ? denseIds(clusters) : { codes: Int32Array.from({ length: n }, (_, i) => i), count: n };
  const strataIds = pairs ? denseIds(pairs) : { codes: new Int32Array(n), count: 1 };
  const unitLabels = new Int32Array(rows.count);
  const unitStratum = new Int32Array(rows.count).fill(-1);
  for (let i = 0; i < n; i++) {
    const label = groups[i]!;
    if (label !== (label | 0)) throw bad('groups', i, `expected a 32-bit whole number, received ${String(label)}`);
    const unit = rows.codes[i]!;
    const stratum = strataIds.codes[i]!;
    if (unitStratum[unit]! < 0) {
      unitStratum[unit] = stratum;
      unitLabels[unit] = label;
      continue;
    }
    if (unitLabels[unit]! !== label)
      throw bad(
        'groups',
        i,
        'its cluster holds two labels; clusters must lie in one group (use them as pairs otherwise)',
      );
    if (unitStratum[unit]! !== stratum) throw bad('pairs', i, 'its cluster reaches into two strata');
  }
  const members: number[][] = Array.from({ length: strataIds.count }, () => []);
  for (let unit = 0; unit < rows.count; unit++) members[unitStratum[unit]!]!.push(unit);
  const strata = members
    .filter((units) => units.some((unit) => unitLabels[unit]! !== unitLabels[units[0]!]!))
    .map((units) => Int32Array.from(units));
  return { unitOf: rows.codes, unitLabels, strata };
}

function bad(argument: string, row: number, text: string): SynthproofError {
  return new SynthproofError('BAD_VALUE', `${argument}[${row}]: ${text}`, { argument, row });
}

/** Fisher and Yates over the labels of some units. */
function shuffleLabels(labels: Int32Array, units: Int32Array, rng: Rng): void {
  for (let i = units.length - 1; i > 0; i--) {
    const j = uniformInt(rng, i + 1);
    const a = units[i]!;
    const b = units[j]!;
    const kept = labels[a]!;
    labels[a] = labels[b]!;
    labels[b] = kept;
  }
}
