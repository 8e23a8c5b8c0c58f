import { SynthproofError } from '../errors.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Table } from '../types.ts';
import { levelCodes } from './internal-levels.ts';

/** What {@link uncoveredPatterns} looks for. */
export interface UncoveredPatternsSpec {
  /** Names of category, boolean or text columns with few levels. */
  readonly columns: readonly string[];
  /** A pattern with fewer rows is uncovered, at least 1. */
  readonly threshold: number;
  /** Most columns that a reported pattern may fix. Default: all. */
  readonly maxFixed?: number | undefined;
  /** More nodes of the pattern lattice than this are refused. Default 20,000,000. */
  readonly maxPatterns?: number | undefined;
}

/** One maximal uncovered pattern. */
export interface UncoveredPattern {
  /** One entry per column: a level, or null where any level fits. */
  readonly pattern: readonly (string | null)[];
  /** Rows that match it, fewer than the threshold. */
  readonly count: number;
  /** Rows to add so that it is covered: threshold - count. */
  readonly needed: number;
}

/** Result of {@link uncoveredPatterns}. */
export interface UncoveredPatterns {
  /** The columns, in order. */
  readonly columns: readonly string[];
  /** Patterns that are uncovered while everything more general is covered, ordered by their levels, wildcards last. */
  readonly patterns: readonly UncoveredPattern[];
  /** Patterns that were counted. */
  readonly examined: number;
  /** Rows left out because one of the columns is missing. */
  readonly leftOut: number;
}

/**
 * Maximal uncovered patterns: combinations of levels with too few rows to learn from, each as general as it can be stated
 * (every pattern with one level fewer is covered).
 *
 * Levels that a category column declares but no row has are patterns too. Breadth first from the all-wildcard pattern;
 * nothing below an uncovered pattern is visited.
 * Source: Asudeh, Jin & Jagadish 2019, section IV (pattern breaker), on counts of distinct rows.
 *
 * @param table - The rows.
 * @param spec - See {@link UncoveredPatternsSpec}.
 * @returns See {@link UncoveredPatterns}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `BAD_OPTION`, `OUT_OF_RANGE`; `NO_CAPACITY` when the lattice is larger than `maxPatterns`.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'm', 'm']), categoryColumn('job', ['a', 'b', 'a', 'a'])]);
 * uncoveredPatterns(rows, { columns: ['sex', 'job'], threshold: 2 }).patterns.map((one) => one.pattern); // => [['f', 'a'], [null, 'b']]
 */
export function uncoveredPatterns(table: Table, spec: UncoveredPatternsSpec): UncoveredPatterns {
  const { columns, threshold, maxPatterns = 20_000_000 } = spec;
  const coded = levelCodes(table, columns);
  const { maxFixed = columns.length } = spec;
  checkWhole('threshold', threshold, 1);
  let size = 1;
  for (const { labels } of coded) size *= labels.length + 1;
  if (size > maxPatterns)
    throw new SynthproofError(
      'NO_CAPACITY',
      `columns: their levels make ${size} patterns, more than maxPatterns = ${maxPatterns}; name fewer columns or merge levels`,
      { argument: 'columns' },
    );
  const { cells, counts, leftOut } = distinctRows(
    coded.map((one) => one.codes),
    table.rowCount,
  );
  const patterns: UncoveredPattern[] = [];
  let examined = 0;
  /** Covered patterns of the level above, by key, with the distinct rows that match them. */
  let covered = new Map<string, { readonly pattern: readonly number[]; readonly rows: readonly number[] }>();
  const root = columns.map(() => -1);
  const everything = counts.map((_, row) => row);
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total < threshold) {
    const found = { pattern: root.map(() => null), count: total, needed: threshold - total };
    return { columns, patterns: [found], examined: 1, leftOut };
  }
  covered.set(root.join(), { pattern: root, rows: everything });
  for (let fixed = 1; fixed <= Math.min(maxFixed, columns.length) && covered.size > 0; fixed++) {
    const next: typeof covered = new Map();
    for (const { pattern, rows } of covered.values()) {
      // Each pattern has one parent here: the one without its last fixed column.
      let last = pattern.length - 1;
      while (last >= 0 && pattern[last]! < 0) last--;
      for (let c = last + 1; c < columns.length; c++) {
        const byLevel: number[][] = coded[c]!.labels.map(() => []);
        for (const row of rows) byLevel[cells[row]![c]!]!.push(row);
        for (let level = 0; level < byLevel.length; level++) {
          const child = pattern.slice();
          child[c] = level;
          if (!parentsCovered(child, covered)) continue;
          examined++;
          const matching = byLevel[level]!;
          const count = matching.reduce((sum, row) => sum + counts[row]!, 0);
          if (count >= threshold) next.set(child.join(), { pattern: child, rows: matching });
          else
            patterns.push({
              pattern: child.map((code, k) => (code < 0 ? null : coded[k]!.labels[code]!)),
              count,
              needed: threshold - count,
            });
        }
      }
    }
    covered = next;
  }
  patterns.sort((a, b) => comparePatterns(a.pattern, b.pattern));
  return { columns, patterns, examined, leftOut };
}

/** Distinct combinations of codes with their number of rows. */
function distinctRows(
  codes: readonly ArrayLike<number>[],
  rowCount: number,
): { readonly cells: number[][]; readonly counts: number[]; readonly leftOut: number } {
  const known = new Map<string, number>();
  const cells: number[][] = [];
  const counts: number[] = [];
  let leftOut = 0;
  for (let i = 0; i < rowCount; i++) {
    const cell = codes.map((column) => column[i]!);
    if (cell.includes(-1)) {
      leftOut++;
      continue;
    }
    const key = cell.join();
    const at = known.get(key);
    if (at !== undefined) counts[at]!++;
    else {
      known.set(key, cells.length);
      cells.push(cell);
      counts.push(1);
    }
  }
  return { cells, counts, leftOut };
}

/** Whether every pattern with one fixed column fewer is covered; otherwise this one is not maximal. */
function parentsCovered(pattern: readonly number[], covered: ReadonlyMap<string, unknown>): boolean {
  for (let c = 0; c < pattern.length; c++) {
    if (pattern[c]! < 0) continue;
    const parent = pattern.slice();
    parent[c] = -1;
    if (!covered.has(parent.join())) return false;
  }
  return true;
}

/** By level, column by column; wildcards after levels. */
function comparePatterns(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (let k = 0; k < a.length; k++) {
    if (a[k] === b[k]) continue;
    if (a[k] === null) return 1;
    if (b[k] === null) return -1;
    return a[k]! < b[k]! ? -1 : 1;
  }
  return 0;
}
