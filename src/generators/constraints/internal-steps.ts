import { SynthproofError } from '../../errors.ts';
import { cellAt } from '../../table/cell-at.ts';
import { getColumn } from '../../table/get-column.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column, Table } from '../../types.ts';
import { mostDecimals } from '../shared/internal-plan.ts';
import type { Constraint, ConstraintMethod, ConstraintStep } from './constraint-types.ts';
import { combinationKey } from './internal-rules.ts';
import { constraintName } from './internal-validate.ts';

type Numbers = Extract<Column, { values: Float64Array }>;
type DerivedStep = Extract<ConstraintStep, { step: 'difference' | 'total' }>;

/** Fused columns with so many rows whose combinations all differ are refused: nothing can be learnt of them. */
const DISTINCT_ROWS = 20;

const DAY = 86_400_000;

/** Which constraints can be met by changing the columns that are learnt, decided on the rows that are fitted. */
export function planSteps(
  constraints: readonly Constraint[],
  table: Table,
): { steps: ConstraintStep[]; methods: ConstraintMethod[] } {
  const methods: ConstraintMethod[] = constraints.map(() => 'rejection');
  const steps: ConstraintStep[] = [];
  const fused = new Set<string>();
  // Per derived column, the columns it is computed from.
  const inputs = new Map<string, readonly string[]>();
  const reaches = (from: string, target: string): boolean =>
    from === target || (inputs.get(from) ?? []).some((name) => reaches(name, target));
  const free = (column: string, from: readonly string[]): boolean =>
    !fused.has(column) && !inputs.has(column) && !from.some((name) => reaches(name, column));
  constraints.forEach((constraint, c) => {
    if (constraint.kind !== 'fixedCombinations' || constraint.columns.some((name) => fused.has(name))) return;
    checkCombinations(constraint.columns, constraintName(constraint), table);
    for (const name of constraint.columns) fused.add(name);
    steps.push({
      step: 'fused',
      constraint: c,
      column: freeName(table, constraint.columns),
      columns: constraint.columns,
    });
    methods[c] = 'fused';
  });
  constraints.forEach((constraint, c) => {
    const step =
      constraint.kind === 'sum'
        ? totalStep(constraint.columns, constraint.total, c, table)
        : constraint.kind === 'inequality'
          ? differenceStep(constraint.low, constraint.high, c, table)
          : null;
    if (step === null) return;
    const from = inputsOf(step);
    if (!free(step.column, from)) return;
    inputs.set(step.column, from);
    steps.push(step);
    methods[c] = step.step;
  });
  return { steps: inOrder(steps), methods };
}

/** Columns that a derived column is computed from. */
function inputsOf(step: DerivedStep): readonly string[] {
  return step.step === 'difference' ? [step.low] : [...step.plus, ...step.minus];
}

/** Steps such that every column is restored before another is computed from it. */
function inOrder(steps: readonly ConstraintStep[]): ConstraintStep[] {
  const sorted: ConstraintStep[] = [];
  const waiting: DerivedStep[] = [];
  for (const step of steps) {
    if (step.step === 'fused') sorted.push(step);
    else waiting.push(step);
  }
  while (waiting.length > 0) {
    const ready = waiting.findIndex((step) => {
      const from = inputsOf(step);
      return !waiting.some((other) => from.includes(other.column));
    });
    sorted.push(...waiting.splice(ready, 1));
  }
  return sorted;
}

function checkCombinations(names: readonly string[], shown: string, table: Table): void {
  const columns = names.map((name) => getColumn(table, name));
  const seen = new Set<string>();
  for (let row = 0; row < table.rowCount; row++) seen.add(combinationKey(columns.map((column) => cellAt(column, row))));
  if (table.rowCount >= DISTINCT_ROWS && seen.size === table.rowCount)
    throw new SynthproofError(
      'BAD_OPTION',
      `constraints: "${shown}" has another combination in each of the ${table.rowCount} rows, so only copies of rows would satisfy it; leave out the column that tells rows apart`,
      { argument: 'constraints' },
    );
}

function freeName(table: Table, names: readonly string[]): string {
  let name = names.join(' & ');
  while (table.columns.some((column) => column.name === name)) name += "'";
  return name;
}

function decimalsOf(column: Numbers): number {
  return column.kind === 'number' ? mostDecimals(column.values) : 0;
}

/** `high - low` can stand for `high` unless some row has `high` alone. */
function differenceStep(low: string, high: string, constraint: number, table: Table): DerivedStep | null {
  const a = getColumn(table, low) as Numbers;
  const b = getColumn(table, high) as Numbers;
  let min = Infinity;
  let max = -Infinity;
  for (let row = 0; row < table.rowCount; row++) {
    if (!isPresent(b.validity, row)) continue;
    if (!isPresent(a.validity, row)) return null;
    min = Math.min(min, b.values[row]!);
    max = Math.max(max, b.values[row]!);
  }
  if (!Number.isFinite(max - min)) return null;
  const days = a.kind === 'datetime' && b.kind === 'datetime' && a.unit === 'day' && b.unit === 'day';
  const unit = days ? DAY : 1;
  return { step: 'difference', constraint, column: high, low, unit, decimals: decimalsOf(b), min, max };
}

/** The total, or the last part of a constant total, is missing exactly where another column of the sum is. */
function totalStep(
  columns: readonly string[],
  total: string | number,
  constraint: number,
  table: Table,
): DerivedStep | null {
  const column = typeof total === 'string' ? total : columns[columns.length - 1]!;
  const others = typeof total === 'string' ? columns : columns.slice(0, -1);
  const derived = getColumn(table, column) as Numbers;
  const from = others.map((name) => getColumn(table, name) as Numbers);
  for (let row = 0; row < table.rowCount; row++)
    if (isPresent(derived.validity, row) !== from.every((part) => isPresent(part.validity, row))) return null;
  const kept = { step: 'total' as const, constraint, column, decimals: decimalsOf(derived) };
  return typeof total === 'string'
    ? { ...kept, constant: 0, plus: others, minus: [] }
    : { ...kept, constant: total, plus: [], minus: others };
}
