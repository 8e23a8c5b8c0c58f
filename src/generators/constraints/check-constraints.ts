import { SynthproofError } from '../../errors.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Table } from '../../types.ts';
import { checkWhole } from '../shared/internal-options.ts';
import type { Constraint, ConstraintViolations } from './constraint-types.ts';
import { combinationKey, combinationsOf, rowRule, uniqueKey } from './internal-rules.ts';
import { checkAgainst, checkForm, constraintName } from './internal-validate.ts';

/** Options of {@link checkConstraints}. */
export interface CheckConstraintsOptions {
  /** Table whose combinations are allowed where a fixed-combinations rule lists none. */
  readonly source?: Table | undefined;
  /** Row numbers listed per constraint. Default 20. */
  readonly maxRows?: number | undefined;
}

/** Result of {@link checkConstraints}. */
export interface ConstraintCheck {
  /** Whether no row violates any constraint. */
  readonly ok: boolean;
  /** Rows of the table. */
  readonly rows: number;
  /** Rows that violate at least one constraint. */
  readonly violatingRows: number;
  /** Per constraint, in the order given. */
  readonly constraints: readonly ConstraintViolations[];
}

/**
 * Counts the rows of a table that violate each constraint. Works on any table, also one that another tool made.
 *
 * @param table - Any table.
 * @param constraints - See {@link Constraint}. A missing cell satisfies all kinds but fixed combinations and predicates.
 * @param options - See {@link CheckConstraintsOptions}.
 * @returns Counts, and the first violating rows of each; data that survives JSON.
 * @throws {@link SynthproofError} `BAD_OPTION` for a malformed constraint, or fixed combinations without a list or
 * source; `UNKNOWN_COLUMN`; `KIND_MISMATCH`.
 * @example
 * const table = fromColumns({ start: [1, 5], end: [3, 4] });
 * const check = checkConstraints(table, [{ kind: 'inequality', low: 'start', high: 'end' }]);
 * check.constraints; // => [{ constraint: 'start <= end', kind: 'inequality', violations: 1, rows: [1] }]
 */
export function checkConstraints(
  table: Table,
  constraints: readonly Constraint[],
  options: CheckConstraintsOptions = {},
): ConstraintCheck {
  const { maxRows = 20, source } = options;
  checkWhole('maxRows', maxRows, 0);
  checkForm(constraints);
  checkAgainst(constraints, table);
  const violating = new Uint8Array(table.rowCount);
  const counted = constraints.map((constraint): ConstraintViolations => {
    const bad = violationsOf(constraint, table, source);
    const rows: number[] = [];
    let violations = 0;
    for (let row = 0; row < bad.length; row++) {
      if (bad[row] === 0) continue;
      violations++;
      violating[row] = 1;
      if (rows.length < maxRows) rows.push(row);
    }
    return { constraint: constraintName(constraint), kind: constraint.kind, violations, rows };
  });
  let violatingRows = 0;
  for (let row = 0; row < violating.length; row++) violatingRows += violating[row]!;
  return { ok: violatingRows === 0, rows: table.rowCount, violatingRows, constraints: counted };
}

/** 1 for each row that violates the constraint. */
function violationsOf(constraint: Constraint, table: Table, source: Table | undefined): Uint8Array {
  const bad = new Uint8Array(table.rowCount);
  if (constraint.kind === 'unique') {
    const columns = constraint.columns.map((name) => getColumn(table, name));
    const seen = new Set<string>();
    for (let row = 0; row < bad.length; row++) {
      const key = uniqueKey(columns, row);
      if (key === null) continue;
      if (seen.has(key)) bad[row] = 1;
      seen.add(key);
    }
    return bad;
  }
  let allowed: Set<string> | null = null;
  if (constraint.kind === 'fixedCombinations') {
    if (constraint.allowed === undefined && source === undefined)
      throw new SynthproofError(
        'BAD_OPTION',
        `source: "${constraintName(constraint)}" lists no allowed combinations; give them, or the source table that has them`,
        { argument: 'source' },
      );
    allowed = new Set((constraint.allowed ?? combinationsOf(source!, constraint.columns)).map(combinationKey));
  }
  const rule = rowRule(constraint, table, allowed)!;
  for (let row = 0; row < bad.length; row++) if (!rule(row)) bad[row] = 1;
  return bad;
}
