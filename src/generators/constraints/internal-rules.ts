import { SynthproofError } from '../../errors.ts';
import { cellAt } from '../../table/cell-at.ts';
import { getColumn } from '../../table/get-column.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Cell, Column, Table } from '../../types.ts';
import type {
  Constraint,
  InequalityConstraint,
  PredicateConstraint,
  RangeConstraint,
  SumConstraint,
} from './constraint-types.ts';

/** Whether a row of the table satisfies a rule. */
export type RowRule = (row: number) => boolean;

/** A row rule over one table; null for a unique rule, which is no matter of one row. `allowed` holds keys of combinations. */
export function rowRule(constraint: Constraint, table: Table, allowed: ReadonlySet<string> | null): RowRule | null {
  switch (constraint.kind) {
    case 'unique':
      return null;
    case 'inequality':
      return inequalityRule(constraint, table);
    case 'range':
      return rangeRule(constraint, table);
    case 'sum':
      return sumRule(constraint, table);
    case 'predicate':
      return predicateRule(constraint, table);
    case 'fixedCombinations': {
      const columns = constraint.columns.map((name) => getColumn(table, name));
      return (row) => allowed!.has(combinationKey(columns.map((column) => cellAt(column, row))));
    }
  }
}

/** Cells as text that is equal exactly when they are. */
export function combinationKey(cells: readonly Cell[]): string {
  return JSON.stringify(cells.map((cell) => (typeof cell === 'number' ? cell + 0 : cell)));
}

/** Key of a row's cells; null when one of them is missing. */
export function uniqueKey(columns: readonly Column[], row: number): string | null {
  const cells: Cell[] = [];
  for (const column of columns) {
    const cell = cellAt(column, row);
    if (cell === null) return null;
    cells.push(cell);
  }
  return combinationKey(cells);
}

/** The distinct combinations of some columns, in the order of their keys. */
export function combinationsOf(table: Table, names: readonly string[]): Cell[][] {
  const columns = names.map((name) => getColumn(table, name));
  const found = new Map<string, Cell[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const cells = columns.map((column) => cellAt(column, row));
    const key = combinationKey(cells);
    if (!found.has(key)) found.set(key, cells);
  }
  return [...found.keys()].sort().map((key) => found.get(key)!);
}

type Numbers = Extract<Column, { values: Float64Array }>;

function numbers(table: Table, name: string): Numbers {
  return getColumn(table, name) as Numbers;
}

function inequalityRule(constraint: InequalityConstraint, table: Table): RowRule {
  const low = numbers(table, constraint.low);
  const high = numbers(table, constraint.high);
  const strict = constraint.strict === true;
  return (row) => {
    if (!isPresent(low.validity, row) || !isPresent(high.validity, row)) return true;
    return strict ? low.values[row]! < high.values[row]! : low.values[row]! <= high.values[row]!;
  };
}

function rangeRule({ column, min = -Infinity, max = Infinity }: RangeConstraint, table: Table): RowRule {
  const { values, validity } = numbers(table, column);
  return (row) => !isPresent(validity, row) || (values[row]! >= min && values[row]! <= max);
}

function sumRule(constraint: SumConstraint, table: Table): RowRule {
  const parts = constraint.columns.map((name) => numbers(table, name));
  const total = typeof constraint.total === 'string' ? numbers(table, constraint.total) : null;
  return (row) => {
    if (total !== null && !isPresent(total.validity, row)) return true;
    let sum = 0;
    for (const part of parts) {
      if (!isPresent(part.validity, row)) return true;
      sum += part.values[row]!;
    }
    const whole = total === null ? (constraint.total as number) : total.values[row]!;
    const tolerance = constraint.tolerance ?? 1e-9 * Math.max(1, Math.abs(whole));
    return Math.abs(sum - whole) <= tolerance;
  };
}

function predicateRule(constraint: PredicateConstraint, table: Table): RowRule {
  const columns = constraint.columns.map((name) => getColumn(table, name));
  return (row) => {
    const cells: Record<string, Cell> = Object.create(null) as Record<string, Cell>;
    for (const column of columns) cells[column.name] = cellAt(column, row);
    const holds: unknown = constraint.holds(cells);
    if (typeof holds !== 'boolean')
      throw new SynthproofError(
        'BAD_OPTION',
        `constraints: the predicate "${constraint.name}" returned ${typeof holds} for row ${row}, expected true or false; return a boolean`,
        { argument: 'constraints', row },
      );
    return holds;
  };
}
