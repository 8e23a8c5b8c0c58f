import { SynthproofError } from '../../errors.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Table } from '../../types.ts';
import type { Constraint, StoredConstraint } from './constraint-types.ts';

const KINDS = ['inequality', 'range', 'fixedCombinations', 'unique', 'sum', 'predicate'];

/** The constraint's name, or its rule in words. */
export function constraintName(constraint: StoredConstraint): string {
  if (constraint.name !== undefined) return constraint.name;
  switch (constraint.kind) {
    case 'inequality':
      return `${constraint.low} ${constraint.strict === true ? '<' : '<='} ${constraint.high}`;
    case 'range':
      return `${constraint.column} in [${constraint.min ?? '-inf'}, ${constraint.max ?? 'inf'}]`;
    case 'sum':
      return `${constraint.columns.join(' + ')} = ${constraint.total}`;
    default:
      return `${constraint.kind}(${constraint.columns.join(', ')})`;
  }
}

/** Columns that a constraint reads. */
export function constraintColumns(constraint: StoredConstraint): readonly string[] {
  if (constraint.kind === 'inequality') return [constraint.low, constraint.high];
  if (constraint.kind === 'range') return [constraint.column];
  if (constraint.kind !== 'sum' || typeof constraint.total === 'number') return constraint.columns;
  return [...constraint.columns, constraint.total];
}

/** Refuses constraints that are malformed whatever the table. */
export function checkForm(constraints: readonly Constraint[]): void {
  if (!Array.isArray(constraints)) throw bad('constraints', `expected a list, received ${typeof constraints}`);
  constraints.forEach((constraint, c) => {
    const at = `constraints[${c}]`;
    if (typeof constraint !== 'object' || constraint === null || !KINDS.includes(constraint.kind))
      throw bad(at, `expected one of the kinds ${KINDS.join(', ')}, received ${String(constraint?.kind)}`);
    checkFields(constraint, at);
    const columns = constraintColumns(constraint);
    for (const name of columns)
      if (typeof name !== 'string') throw bad(at, `expected column names as text, received ${typeof name}`);
    if (new Set(columns).size !== columns.length) throw bad(at, 'a column is listed twice');
  });
}

function checkFields(constraint: Constraint, at: string): void {
  if (constraint.kind === 'inequality') return;
  if (constraint.kind === 'range') {
    const { min, max } = constraint;
    if (min === undefined && max === undefined) throw bad(at, 'a range needs min, max or both');
    if (!Number.isFinite(min ?? 0) || !Number.isFinite(max ?? 0) || !((min ?? -Infinity) <= (max ?? Infinity)))
      throw bad(
        at,
        `expected finite numbers min <= max, received ${min} and ${max}; leave out a bound that is not wanted`,
      );
    return;
  }
  const least = constraint.kind === 'fixedCombinations' || constraint.kind === 'sum' ? 2 : 1;
  if (!Array.isArray(constraint.columns) || constraint.columns.length < least)
    throw bad(at, `expected at least ${least} columns`);
  if (constraint.kind === 'sum') {
    const { total, tolerance = 0 } = constraint;
    if (typeof total !== 'string' && !Number.isFinite(total))
      throw bad(at, `expected a total that is a column or a finite number, received ${String(total)}`);
    if (!(tolerance >= 0 && tolerance < Infinity))
      throw bad(at, `expected a tolerance of at least 0, received ${tolerance}`);
  }
  if (constraint.kind === 'fixedCombinations')
    for (const cells of constraint.allowed ?? [])
      if (cells.length !== constraint.columns.length)
        throw bad(
          at,
          `expected ${constraint.columns.length} cells in each allowed combination, received ${cells.length}`,
        );
  if (
    constraint.kind === 'predicate' &&
    (typeof constraint.holds !== 'function' || typeof constraint.name !== 'string')
  )
    throw bad(at, 'a predicate needs a name and a function `holds`');
}

/** Refuses constraints that do not fit the table's columns. */
export function checkAgainst(constraints: readonly Constraint[], table: Table): void {
  for (const constraint of constraints) {
    const columns = constraintColumns(constraint).map((name) => getColumn(table, name));
    if (constraint.kind !== 'inequality' && constraint.kind !== 'range' && constraint.kind !== 'sum') continue;
    for (const column of columns) {
      const { kind } = column;
      const numeric = kind === 'number' || kind === 'integer';
      const fits = numeric || (kind === 'datetime' && constraint.kind !== 'sum');
      const alike = numeric === (columns[0]!.kind !== 'datetime');
      if (!fits || !alike)
        throw new SynthproofError(
          'KIND_MISMATCH',
          `constraints: "${constraintName(constraint)}" compares numbers${constraint.kind === 'sum' ? '' : ', or datetimes with datetimes'}; column "${column.name}" is ${kind}; cast it`,
          { argument: 'constraints', column: column.name },
        );
    }
  }
}

function bad(at: string, what: string): SynthproofError {
  return new SynthproofError('BAD_OPTION', `${at}: ${what}; mend the constraint`, { argument: at });
}
