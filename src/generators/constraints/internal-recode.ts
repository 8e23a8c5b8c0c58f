import { booleanColumn } from '../../table/boolean-column.ts';
import { categoryColumn } from '../../table/category-column.ts';
import { cellAt } from '../../table/cell-at.ts';
import { createTable } from '../../table/create-table.ts';
import { datetimeColumn } from '../../table/datetime-column.ts';
import { getColumn } from '../../table/get-column.ts';
import { integerColumn } from '../../table/integer-column.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import { numberColumn } from '../../table/number-column.ts';
import { textColumn } from '../../table/text-column.ts';
import type { Cell, Column, Table } from '../../types.ts';
import { mostDecimals } from '../shared/internal-plan.ts';
import type { ConstrainedColumn, ConstraintStep } from './constraint-types.ts';
import { combinationKey } from './internal-rules.ts';

type Numbers = Extract<Column, { values: Float64Array }>;

/** A sample in the source's columns, and which of its rows could not be brought there. */
export interface Decoded {
  readonly table: Table;
  /** 1 for each row that is to be drawn again. */
  readonly bad: Uint8Array;
}

/** The columns that the wrapped generator learns. */
export function encodeTable(table: Table, steps: readonly ConstraintStep[]): Table {
  const columns: Column[] = [];
  for (const column of table.columns) {
    const fused = steps.find((step) => step.step === 'fused' && step.columns.includes(column.name));
    if (fused?.step === 'fused') {
      if (fused.columns[0] === column.name) columns.push(fuse(table, fused.column, fused.columns));
      continue;
    }
    const derived = steps.find((step) => step.step !== 'fused' && step.column === column.name);
    if (derived === undefined) columns.push(column);
    else if (derived.step === 'difference') columns.push(difference(table, column as Numbers, derived));
  }
  return createTable(columns);
}

function fuse(table: Table, name: string, names: readonly string[]): Column {
  const columns = names.map((part) => getColumn(table, part));
  const keys: string[] = new Array(table.rowCount);
  for (let row = 0; row < keys.length; row++) keys[row] = combinationKey(columns.map((column) => cellAt(column, row)));
  return categoryColumn(name, keys);
}

/** Of kind number, whatever the source's: a whole-number column whose cells all differ would be taken for an identifier. */
function difference(table: Table, high: Numbers, { low, unit }: ConstraintStep & { step: 'difference' }): Column {
  const from = getColumn(table, low) as Numbers;
  const decimals = Math.max(
    ...[high, from].map((column) => (column.kind === 'number' ? mostDecimals(column.values) : 0)),
  );
  const values: (number | null)[] = new Array(table.rowCount);
  for (let row = 0; row < values.length; row++) {
    const known = isPresent(high.validity, row) && isPresent(from.validity, row);
    values[row] = known ? rounded((high.values[row]! - from.values[row]!) / unit, decimals) : null;
  }
  return numberColumn(high.name, values);
}

/** Undoes the steps; `allowed` holds the keys of allowed combinations per constraint. */
export function decodeTable(
  drawn: Table,
  columns: readonly ConstrainedColumn[],
  steps: readonly ConstraintStep[],
  allowed: readonly (ReadonlySet<string> | null)[],
): Decoded {
  const bad = new Uint8Array(drawn.rowCount);
  const found = new Map<string, Column>(drawn.columns.map((column) => [column.name, column]));
  const shapeOf = (name: string): ConstrainedColumn => columns.find((column) => column.name === name)!;
  for (const step of steps) {
    if (step.step === 'fused')
      split(getColumn(drawn, step.column), step.columns.map(shapeOf), allowed[step.constraint]!, bad, found);
    else if (step.step === 'difference') found.set(step.column, restore(drawn, step, shapeOf(step.column), found, bad));
    else found.set(step.column, total(drawn.rowCount, step, shapeOf(step.column), found));
  }
  const all: Table = { rowCount: drawn.rowCount, columns: [...found.values()] };
  return { table: createTable(columns.map((column) => getColumn(all, column.name))), bad };
}

/** Combinations back into their columns. A pooled level is no combination: its rows are drawn again. */
function split(
  fused: Column,
  shapes: readonly ConstrainedColumn[],
  allowed: ReadonlySet<string>,
  bad: Uint8Array,
  found: Map<string, Column>,
): void {
  const cells: Cell[][] = shapes.map(() => new Array<Cell>(bad.length).fill(null));
  const known = new Map<string, readonly Cell[] | null>();
  for (let row = 0; row < bad.length; row++) {
    const text = cellAt(fused, row);
    const key = typeof text === 'string' ? text : '';
    let parts = known.get(key);
    if (parts === undefined) {
      parts = allowed.has(key) ? (JSON.parse(key) as Cell[]) : null;
      known.set(key, parts);
    }
    if (parts === null) bad[row] = 1;
    else for (let c = 0; c < shapes.length; c++) cells[c]![row] = parts[c]!;
  }
  shapes.forEach((shape, c) => {
    found.set(shape.name, columnOf(shape, cells[c]!));
  });
}

function restore(
  drawn: Table,
  step: ConstraintStep & { step: 'difference' },
  shape: ConstrainedColumn,
  found: ReadonlyMap<string, Column>,
  bad: Uint8Array,
): Column {
  const gap = getColumn(drawn, step.column) as Numbers;
  const low = found.get(step.low) as Numbers;
  const values: (number | null)[] = new Array(bad.length);
  for (let row = 0; row < bad.length; row++) {
    values[row] = null;
    if (!isPresent(gap.validity, row) || !isPresent(low.validity, row)) continue;
    const value = rounded(low.values[row]! + gap.values[row]! * step.unit, step.decimals);
    // A larger cell than the source ever had would be news about no one.
    if (value >= step.min && value <= step.max) values[row] = value;
    else bad[row] = 1;
  }
  return columnOf(shape, values);
}

function total(
  rows: number,
  step: ConstraintStep & { step: 'total' },
  shape: ConstrainedColumn,
  found: ReadonlyMap<string, Column>,
): Column {
  const plus = step.plus.map((name) => found.get(name) as Numbers);
  const minus = step.minus.map((name) => found.get(name) as Numbers);
  const values: (number | null)[] = new Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = step.constant;
    let known = true;
    for (const part of plus) {
      known &&= isPresent(part.validity, row);
      sum += part.values[row]!;
    }
    for (const part of minus) {
      known &&= isPresent(part.validity, row);
      sum -= part.values[row]!;
    }
    values[row] = known ? rounded(sum, step.decimals) : null;
  }
  return columnOf(shape, values);
}

function columnOf({ name, kind, unit }: ConstrainedColumn, cells: readonly Cell[]): Column {
  switch (kind) {
    case 'number':
      return numberColumn(name, cells as (number | null)[]);
    case 'integer':
      return integerColumn(name, cells as (number | null)[]);
    case 'datetime':
      return datetimeColumn(name, cells as (number | null)[], unit ?? 'millisecond');
    case 'boolean':
      return booleanColumn(name, cells as (boolean | null)[]);
    case 'category':
      return categoryColumn(name, cells as (string | null)[]);
    case 'text':
      return textColumn(name, cells as (string | null)[]);
  }
}

/** To so many decimals; -0 becomes 0. */
function rounded(value: number, decimals: number): number {
  return Math.abs(value) < 1e21 ? Number(value.toFixed(decimals)) + 0 : value;
}
