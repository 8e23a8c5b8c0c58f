import { SynthproofError } from '../errors.ts';
import { adjustPValues } from '../stats/adjust-p-values.ts';
import { checkWhole } from '../stats/internal-options.ts';
import { booleanColumn } from '../table/boolean-column.ts';
import { createTable } from '../table/create-table.ts';
import type { JobOptions, Measure, Table } from '../types.ts';
import { conditionalDisparity } from './conditional-disparity.ts';
import { groupTable } from './group-table.ts';
import {
  checkOutcome,
  columnOf,
  encodeGroups,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { codedColumn, otherColumns, sharedLevels } from './internal-levels.ts';
import { rateOptions } from './internal-rates.ts';

/** What {@link findReversals} searches. */
export interface FindReversalsSpec extends JobOptions {
  /** Name of the sensitive column. */
  readonly sensitive: string;
  /** The outcome whose rate is compared. */
  readonly label: OutcomeSpec;
  /** Names of the columns to condition on, one at a time. Default: all others. */
  readonly strata?: readonly string[] | undefined;
  /** Adjusted p-values up to 1 - level count as beyond chance; also the coverage of intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows are not compared. Default 10. */
  readonly minN?: number | undefined;
  /** Bins of a number or date. Default 5. */
  readonly bins?: number | undefined;
  /** Most levels of a stratum column; the rarest are pooled. Default 20. */
  readonly maxLevels?: number | undefined;
}

/** One group against all other rows, as a whole and within the levels of one column. */
export interface ReversalCheck {
  /** The group; differences are its rate minus that of all other rows. */
  readonly group: string;
  /** Column conditioned on. */
  readonly stratum: string;
  /** Number of its levels where both sides have rows, and where one side has none. */
  readonly levels: readonly [number, number];
  /** Difference over all rows. */
  readonly aggregate: Measure;
  /** Difference within levels, weighed by their rows. */
  readonly conditional: Measure;
  /** p-value of Cochran-Mantel-Haenszel's test (continuity corrected); null when undefined. */
  readonly conditionalPValue: number | null;
  /** p-value of Breslow-Day's test that all levels agree; null when undefined. */
  readonly homogeneityPValue: number | null;
  /** Levels whose difference has the sign opposite to the aggregate's. */
  readonly opposed: number;
  /** True when aggregate and conditional difference have opposite signs. */
  readonly reversed: boolean;
  /** p-value that not both differences are real: the larger of the two tests' (intersection-union); null when undefined. */
  readonly pValue: number | null;
  /** Holm's adjustment of `pValue` over all checks. */
  readonly pAdjusted: number | null;
  /**
   * `reversed`: opposite signs, both beyond chance; `sign-reversed`: opposite signs, not both beyond chance; `explained`: the
   * aggregate is beyond chance alone, within levels nothing is left beyond chance; `stands`: same sign, both beyond chance; `none`: no
   * aggregate difference beyond chance; `undefined`: too few rows.
   */
  readonly verdict: 'reversed' | 'sign-reversed' | 'explained' | 'stands' | 'none' | 'undefined';
}

/** Result of {@link findReversals}. */
export interface Reversals {
  /** All checks: reversals first, then by p. */
  readonly checks: readonly ReversalCheck[];
  /** Number of checks with opposite signs. */
  readonly reversed: number;
  /** Columns that cannot be strata, and why: `identifier`, `constant`. */
  readonly excluded: readonly {
    /** Column. */
    readonly column: string;
    /** Why. */
    readonly reason: string;
  }[];
  /** Groups with fewer than `minN` rows, not compared. */
  readonly suppressed: readonly string[];
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out because the outcome is missing. */
  readonly leftOut: number;
}

/**
 * Searches for Simpson's paradox: does the difference between a group and the rest turn round, or vanish, within the
 * levels of any other column?
 *
 * Each group (one of the two when there are two) is compared with all other rows, once per candidate column, and tests
 * are adjusted over all of these (Holm). A reversal is a fact about the rows; whether conditioning is right depends on
 * what the column means.
 * Source: Mantel & Haenszel 1959; Berger 1982 (intersection-union test); Holm 1979.
 *
 * @param table - The rows.
 * @param spec - See {@link FindReversalsSpec}.
 * @returns See {@link Reversals}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const cells = [['f', 'law', 10, 90], ['f', 'art', 90, 10], ['m', 'law', 1, 19], ['m', 'art', 170, 30]];
 * const rows = cells.flatMap(([sex, dept, yes, no]) => Array.from({ length: yes + no }, (_, i) => ({ sex, dept, in: i < yes })));
 * const found = findReversals(fromRecords(rows), { sensitive: 'sex', label: { column: 'in' } });
 * found.checks[0].verdict; // => 'sign-reversed'
 */
export function findReversals(table: Table, spec: FindReversalsSpec): Reversals {
  const { sensitive, label, bins = 5, maxLevels = 20 } = spec;
  const { level, minN } = rateOptions(spec);
  checkWhole('bins', bins, 2, 1000);
  checkWhole('maxLevels', maxLevels, 2, 1000);
  checkOutcome(label, 'label');
  const { codes, labels } = encodeGroups(columnOf(table, sensitive, 'sensitive'), 'sensitive');
  const outcome = readOutcome(table, label, 'label');
  const sizes = new Float64Array(labels.length);
  const answers: (boolean | null)[] = [];
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    answers.push(outcome[i] === OUTCOME_MISSING ? null : outcome[i] === 1);
    if (outcome[i] === OUTCOME_MISSING) leftOut++;
    else sizes[codes[i]!]!++;
  }
  const present = labels.map((_, g) => g).filter((g) => sizes[g]! > 0);
  const suppressed = present.filter((g) => sizes[g]! < minN).map((g) => labels[g]!);
  const shown = present.filter((g) => sizes[g]! >= minN);
  // With two groups the second comparison is the first with the other sign.
  const compared = present.length === 2 ? shown.slice(0, 1) : present.length < 2 ? [] : shown;
  const group = codedColumn('group', Int32Array.from(codes), labels);
  const y = booleanColumn('outcome', answers);
  const excluded: { column: string; reason: string }[] = [];
  const checks: ReversalCheck[] = [];
  const candidates = otherColumns(
    table.columns.map((column) => column.name),
    [sensitive, label.column],
    spec.strata,
  );
  let done = 0;
  for (const name of candidates) {
    if (spec.signal?.aborted)
      throw new SynthproofError('ABORTED', 'findReversals: aborted by the caller', { argument: 'signal' });
    spec.onProgress?.({ stage: 'reversals', done: done++, total: candidates.length });
    const found = sharedLevels([columnOf(table, name, 'strata')], bins, maxLevels);
    if (typeof found === 'string') {
      excluded.push({ column: name, reason: found });
      continue;
    }
    const stratum = codedColumn('stratum', found.codes[0]!, found.labels);
    const cells = groupTable(createTable([group, stratum, y]), {
      sensitive: ['group'],
      control: ['stratum'],
      label: { column: 'outcome' },
    });
    for (const g of compared)
      checks.push(checkOf(labels[g]!, name, conditionalDisparity(cells, { first: labels[g]!, level, minN })));
  }
  spec.onProgress?.({ stage: 'reversals', done, total: candidates.length });
  const adjusted = judge(checks, 1 - level);
  return {
    checks: adjusted,
    reversed: adjusted.filter((one) => one.reversed).length,
    excluded,
    suppressed,
    rows: table.rowCount - leftOut,
    leftOut,
  };
}

function checkOf(group: string, stratum: string, found: ReturnType<typeof conditionalDisparity>): ReversalCheck {
  const { aggregate, conditional, strata, mantelHaenszel, homogeneity, reversed, emptyStrata } = found;
  const p = aggregate.pValue;
  const opposed = strata.filter(
    ({ difference }) => difference.value !== null && aggregate.value !== null && difference.value * aggregate.value < 0,
  );
  return {
    group,
    stratum,
    levels: [strata.length - emptyStrata, emptyStrata],
    aggregate,
    conditional,
    conditionalPValue: mantelHaenszel?.pValue ?? null,
    homogeneityPValue: homogeneity?.pValue ?? null,
    opposed: opposed.length,
    reversed,
    pValue: p === undefined || mantelHaenszel === null ? null : Math.max(p, mantelHaenszel.pValue),
    pAdjusted: null,
    verdict: 'undefined',
  };
}

/** Adjusts over all checks and puts a name to each. */
function judge(checks: readonly ReversalCheck[], alpha: number): ReversalCheck[] {
  const adjust = (of: (one: ReversalCheck) => number | null | undefined): (number | null)[] => {
    const known = checks.map(of).filter((p): p is number => typeof p === 'number');
    const adjusted = adjustPValues(known, 'holm');
    let next = 0;
    return checks.map((one) => (typeof of(one) === 'number' ? adjusted[next++]! : null));
  };
  const both = adjust((one) => one.pValue);
  const alone = adjust((one) => one.aggregate.pValue);
  const out = checks.map((one, k): ReversalCheck => {
    const pAdjusted = both[k]!;
    const base = { ...one, pAdjusted };
    if (pAdjusted === null || one.aggregate.value === null || one.conditional.value === null) return base;
    if (one.reversed) return { ...base, verdict: pAdjusted <= alpha ? 'reversed' : 'sign-reversed' };
    if (alone[k]! > alpha) return { ...base, verdict: 'none' };
    return { ...base, verdict: pAdjusted <= alpha ? 'stands' : 'explained' };
  });
  const rank = { reversed: 0, 'sign-reversed': 1, explained: 2, stands: 3, none: 4, undefined: 5 } as const;
  return out.sort((a, b) => rank[a.verdict] - rank[b.verdict] || (a.pAdjusted ?? 2) - (b.pAdjusted ?? 2));
}
