import { SynthproofError } from '../errors.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import { getColumn } from '../table/get-column.ts';
import { groupCodes } from '../table/group-codes.ts';
import { takeRows } from '../table/take-rows.ts';
import type { JobOptions, Measure, Table } from '../types.ts';
import { checkTable } from './internal-match-columns.ts';
import { checkedCount, checkedOptions, checkedSeed } from './internal-measure.ts';
import { floorRepeat, noiseOf, type PairIndex } from './internal-noise-floor.ts';
import { prepareColumn } from './internal-quality-sides.ts';
import { matchTables, meanOrNull, subsample, twoSampleStep } from './internal-two-sample.ts';
import type { NoiseFloor } from './quality-result.ts';

/** Options of {@link subgroupFidelity}. */
export interface SubgroupFidelityOptions extends JobOptions {
  /** Names of the sensitive columns; the levels of each are its groups. At least one. */
  readonly groupBy: readonly string[];
  /** Seed of subsamples and splits; any text. */
  readonly seed: string;
  /** True: groups are the combinations of all `groupBy` columns; false (default): each column's levels by themselves. */
  readonly crossed?: boolean | undefined;
  /** Groups with fewer rows than this in either table are suppressed and counted, 20 and up. Default 100. */
  readonly minRows?: number | undefined;
  /** Most rows of a group that enter on either side, drawn by the seed, 100 and up. Default 5,000. */
  readonly maxRows?: number | undefined;
  /** Random splits behind every figure, 2 to 1000. Default 5. */
  readonly repeats?: number | undefined;
  /** Names of columns to leave out. Default none. */
  readonly skip?: readonly string[] | undefined;
  /** Nominal coverage of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number | undefined;
}

/** Fidelity within one group. */
export interface SubgroupScore {
  /** The grouping: one column, or several joined by ` x `. */
  readonly by: string;
  /** Text of the group's level, or levels joined by ` x `. */
  readonly group: string;
  /** Rows of the group in the real table. */
  readonly nReal: number;
  /** Rows of the group in the synthetic table. */
  readonly nSynthetic: number;
  /** Rows on either side of each comparison. */
  readonly rowsPerSide: number;
  /** Score of the group's rows (mean of column shapes and pair trends, strict) beside real against real, all at `rowsPerSide`. */
  readonly noise: NoiseFloor;
  /** Floor minus score at equal size: what is lost within the group beyond sampling noise; near 0 is good. */
  readonly gap: Measure;
}

/** Result of {@link subgroupFidelity}: plain JSON-safe data. */
export interface SubgroupFidelityResult {
  /** Form of this result and definition of its figures. */
  readonly version: 'subgroup-fidelity/1';
  /** Groups, largest gap first. */
  readonly groups: readonly SubgroupScore[];
  /** The group with the largest gap; null when none could be measured. */
  readonly worst: SubgroupScore | null;
  /** Groups with too few rows in a table; their names are not given, as few people are in them. */
  readonly suppressed: {
    /** Number of groups. */
    readonly groups: number;
    /** Real rows in them. */
    readonly realRows: number;
    /** Synthetic rows in them. */
    readonly syntheticRows: number;
  };
  /** Groups with `minRows` real rows or more, and too few synthetic ones because the table holds less than half of their share. */
  readonly lost: readonly {
    /** The grouping. */
    readonly by: string;
    /** The group. */
    readonly group: string;
    /** Its real rows. */
    readonly nReal: number;
    /** Its synthetic rows. */
    readonly nSynthetic: number;
  }[];
  /** Fewest rows of a group that is measured. */
  readonly minRows: number;
  /** Splits behind every figure. */
  readonly repeats: number;
  /** Seed of subsamples and splits. */
  readonly seed: string;
}

/**
 * Fidelity within each group: a table can be faithful as a whole and poor for a minority.
 *
 * For every group with enough rows: the strict quality score ({@link measureQuality}) of its rows over all other
 * columns, synthetic against real, beside real against real at the same number of rows. Compare gaps, never scores:
 * small groups score lower by noise alone. The interval of a gap is a t interval from the spread over the random halves
 * (a half scatters about as the whole group does about the truth). It is for one group: over many groups the worst gap
 * is large by chance.
 *
 * @param real - Real table.
 * @param synthetic - Synthetic table.
 * @param options - See {@link SubgroupFidelityOptions}.
 * @returns See {@link SubgroupFidelityResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without `groupBy`; `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN`, `BAD_OPTION`,
 * `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const n = 200;
 * const table = createTable([categoryColumn('sex', Array.from({ length: n }, (_, i) => (i < 150 ? 'a' : 'b'))), integerColumn('x', Array.from({ length: n }, (_, i) => i % 7))]);
 * const result = subgroupFidelity(table, table, { groupBy: ['sex'], seed: 'demo', minRows: 100 });
 * result.groups.map((entry) => entry.group); // => ['a']
 * result.suppressed.groups; // => 1
 */
export function subgroupFidelity(
  real: Table,
  synthetic: Table,
  options: SubgroupFidelityOptions,
): SubgroupFidelityResult {
  const { groupBy, seed, crossed = false, skip = [] } = options;
  checkedSeed(seed);
  const { level } = checkedOptions({ level: options.level });
  const minRows = checkedCount(options.minRows, 100, [20, 1e9], 'minRows');
  const maxRows = checkedCount(options.maxRows, 5000, [100, 1e9], 'maxRows');
  const repeats = checkedCount(options.repeats, 5, [2, 1000], 'repeats');
  if (!Array.isArray(groupBy) || groupBy.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'groupBy: expected the name of at least one column, received none', {
      argument: 'groupBy',
    });
  checkTable(real, 'real');
  checkTable(synthetic, 'synthetic');
  const groups: SubgroupScore[] = [];
  const lost: { by: string; group: string; nReal: number; nSynthetic: number }[] = [];
  const suppressed = { groups: 0, realRows: 0, syntheticRows: 0 };
  const groupings = crossed ? [groupBy] : groupBy.map((name) => [name]);
  const found = groupings.flatMap((names) => groupsOf(real, synthetic, names).map((rows) => ({ names, ...rows })));
  let done = 0;
  for (const { names, group, realRows, syntheticRows } of found) {
    twoSampleStep(options, 'subgroupFidelity', done++, found.length);
    const by = names.join(' x ');
    const [nReal, nSynthetic] = [realRows.length, syntheticRows.length];
    if (nReal < minRows || nSynthetic < minRows) {
      const share = (nReal / real.rowCount) * synthetic.rowCount;
      if (nReal >= minRows && 2 * nSynthetic < share) lost.push({ by, group, nReal, nSynthetic });
      else {
        suppressed.groups++;
        suppressed.realRows += nReal;
        suppressed.syntheticRows += nSynthetic;
      }
      continue;
    }
    const without = [...names, ...skip];
    const score = scoreGroup(
      subsample(takeRows(real, realRows), maxRows, seed, `subgroup/${by}/${group}/real`),
      subsample(takeRows(synthetic, syntheticRows), maxRows, seed, `subgroup/${by}/${group}/synthetic`),
      { skip: without, seed, repeats, level },
    );
    if (score) groups.push({ by, group, nReal, nSynthetic, ...score });
  }
  twoSampleStep(options, 'subgroupFidelity', found.length, found.length);
  // Stable: groups of one gap keep the order of their labels.
  groups.sort((a, b) => (b.gap.value ?? -2) - (a.gap.value ?? -2));
  return {
    version: 'subgroup-fidelity/1',
    groups,
    worst: groups[0] ?? null,
    suppressed,
    lost,
    minRows,
    repeats,
    seed,
  };
}

interface GroupRows {
  readonly group: string;
  readonly realRows: number[];
  readonly syntheticRows: number[];
}

/** Rows of every group that the real table has, in the order of the labels; missing is a group. */
function groupsOf(real: Table, synthetic: Table, names: readonly string[]): GroupRows[] {
  const sides = [real, synthetic].map((table) => {
    const columns = names.map((name) => groupCodes(getColumn(table, name)));
    return Array.from({ length: table.rowCount }, (_, row) =>
      columns.map(({ codes, labels }) => (codes[row]! < 0 ? 'missing' : labels[codes[row]!]!)).join(' x '),
    );
  });
  const found = new Map<string, GroupRows>();
  const known = [...new Set(sides[0]!)].sort();
  for (const group of known) found.set(group, { group, realRows: [], syntheticRows: [] });
  for (let i = 0; i < real.rowCount; i++) found.get(sides[0]![i]!)!.realRows.push(i);
  for (let i = 0; i < synthetic.rowCount; i++) found.get(sides[1]![i]!)?.syntheticRows.push(i);
  return [...found.values()];
}

function scoreGroup(
  real: Table,
  synthetic: Table,
  settings: {
    readonly skip: readonly string[];
    readonly seed: string;
    readonly repeats: number;
    readonly level: number;
  },
): Pick<SubgroupScore, 'rowsPerSide' | 'noise' | 'gap'> | null {
  const present = settings.skip.filter((name) => real.columns.some((column) => column.name === name));
  const matched = matchTables(real, synthetic, present);
  const scoring = {
    mode: 'strict' as const,
    level: settings.level,
    bins: 10,
    correlationThreshold: 0,
    associationThreshold: 0,
  };
  const plans = matched.real.columns.map((column, i) =>
    prepareColumn(column, matched.synthetic.columns[i]!, 'strict', scoring.bins),
  );
  if (plans.length === 0) return null;
  const pairs: PairIndex[] = [];
  for (let i = 0; i < plans.length; i++) for (let j = i + 1; j < plans.length; j++) pairs.push([i, j]);
  const side = Math.min(Math.floor(real.rowCount / 2), synthetic.rowCount);
  const rows = { real: real.rowCount, synthetic: synthetic.rowCount, side };
  const counted = pairs.map(() => true);
  const splits = Array.from({ length: settings.repeats }, (_, r) =>
    floorRepeat(plans, pairs, counted, rows, scoring, settings.seed, r),
  );
  const noise = noiseOf(splits, (figures) => figures.overall)!;
  const gaps = splits
    .map(({ floor, matched: other }) =>
      floor.overall === null || other.overall === null ? null : floor.overall - other.overall,
    )
    .filter((gap) => gap !== null);
  return { rowsPerSide: side, noise, gap: gapMeasure(gaps, 2 * side, settings.level) };
}

function gapMeasure(gaps: readonly number[], n: number, level: number): Measure {
  const base = { metric: 'subgroupGap', range: [-1, 1] as const, goal: 'zero' as const, n };
  const value = meanOrNull(gaps);
  if (value === null || gaps.length < 2) return { ...base, value: null, reason: 'NOTHING_TO_AVERAGE' };
  let squares = 0;
  for (const gap of gaps) squares += (gap - value) * (gap - value);
  const half = studentTQuantile((1 + level) / 2, gaps.length - 1) * Math.sqrt(squares / (gaps.length - 1));
  return { ...base, value, interval: { lower: value - half, upper: value + half, level, method: 'half-sample-t' } };
}
