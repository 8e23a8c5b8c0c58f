import { SynthproofError } from '../../errors.ts';
import { cellAt } from '../../table/cell-at.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Cell, Column, Table } from '../../types.ts';
import { readPredictor } from '../shared/internal-kept.ts';
import { roundLikeSource } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import type { CopulaColumn } from './copula-types.ts';
import { gridOf, type Steps, stepRange, zAbove, zBelow } from './internal-compile.ts';
import type { CompiledCopula } from './internal-sample.ts';

/** What a condition says of latent variables: ends of an interval, equal for a point. */
interface Bound {
  readonly latent: number;
  readonly low: number;
  readonly high: number;
}

/** A condition on one cell, ready for drawing and for writing. */
interface CellCondition {
  readonly bounds: readonly Bound[];
  /** Value or code, NaN when missing. */
  readonly value: number;
}

/** Conditions of all rows. */
export interface Conditions {
  /** Latent variables that some row has a condition on, ascending. */
  readonly latents: readonly number[];
  /** Interval ends by position in `latents` and row; NaN where the row leaves the latent variable free. */
  readonly low: readonly Float64Array[];
  readonly high: readonly Float64Array[];
  /** Cells to write, by position in the model's columns. */
  readonly cells: ReadonlyMap<number, Float64Array>;
}

/** A z-interval narrower than this is taken as a point, its middle. */
const POINT_WIDTH = 0.005;

/** Largest size of a score that a draw can have. */
const SCORE_LIMIT = 6.34;

/** Reads conditions: one record for every row, or a table whose row `offset + i` is for row i. */
export function readConditions(
  compiled: CompiledCopula,
  conditions: Readonly<Record<string, Cell>> | Table,
  offset: number,
  rows: number,
): Conditions {
  const table = isTable(conditions) ? conditions : null;
  const names = table ? table.columns.map((column) => column.name) : Object.keys(conditions);
  if (names.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      'given: expected at least one column, received none; use sampleCopula to draw without conditions',
      { argument: 'given' },
    );
  const low = new Map<number, Float64Array>();
  const high = new Map<number, Float64Array>();
  const cells = new Map<number, Float64Array>();
  for (const name of names) {
    const position = positionOf(compiled, name);
    const column = compiled.model.columns[position]!;
    const source = table ? getColumn(table, name) : null;
    if (source) checkKind(column, source);
    const known = new Map<Cell, CellCondition>();
    const written = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const cell = source ? cellAt(source, offset + i) : (conditions as Readonly<Record<string, Cell>>)[name]!;
      let condition = known.get(cell);
      if (condition === undefined) {
        condition = readCell(compiled, column, cell, source ? offset + i : undefined);
        known.set(cell, condition);
      }
      written[i] = condition.value;
      for (const bound of condition.bounds) {
        endsOf(low, bound.latent, rows)[i] = bound.low;
        endsOf(high, bound.latent, rows)[i] = bound.high;
      }
    }
    cells.set(position, written);
  }
  const latents = Array.from(low.keys()).sort((a, b) => a - b);
  return { latents, low: latents.map((k) => low.get(k)!), high: latents.map((k) => high.get(k)!), cells };
}

/** A table has columns in an array, which no cell of a record is. */
export function isTable(conditions: Readonly<Record<string, Cell>> | Table): conditions is Table {
  return Array.isArray((conditions as Table).columns);
}

function endsOf(ends: Map<number, Float64Array>, latent: number, rows: number): Float64Array {
  let found = ends.get(latent);
  if (found === undefined) {
    found = new Float64Array(rows).fill(Number.NaN);
    ends.set(latent, found);
  }
  return found;
}

function positionOf({ model }: CompiledCopula, name: string): number {
  const position = model.columns.findIndex((column) => column.name === name);
  if (position < 0)
    throw new SynthproofError(
      'UNKNOWN_COLUMN',
      `given: no column "${name}" in the model; its columns are ${model.columns.map((column) => `"${column.name}"`).join(', ')}`,
      { argument: 'given', column: name },
    );
  const { role } = model.columns[position]!;
  if (role !== 'modelled' && role !== 'constant')
    throw new SynthproofError(
      'BAD_OPTION',
      `given: column "${name}" is ${role === 'identifier' ? 'filled with placeholders' : 'always missing'} in this model, so it takes no condition; leave it out`,
      { argument: 'given', column: name },
    );
  return position;
}

function checkKind(column: CopulaColumn, source: Column): void {
  const numeric = (kind: string): boolean => kind === 'number' || kind === 'integer';
  if (source.kind !== column.kind && !(numeric(source.kind) && numeric(column.kind)))
    throw new SynthproofError(
      'KIND_MISMATCH',
      `given: column "${column.name}" was fitted as ${column.kind}, received ${source.kind}; cast it`,
      { argument: 'given', column: column.name },
    );
}

/** What one cell asks of the latent variables. */
function readCell(compiled: CompiledCopula, column: CopulaColumn, cell: Cell, row: number | undefined): CellCondition {
  const refuse = (code: 'BAD_VALUE' | 'OUT_OF_RANGE' | 'KIND_MISMATCH', text: string): SynthproofError =>
    new SynthproofError(code, `given: column "${column.name}"${row === undefined ? '' : `, row ${row}`}: ${text}`, {
      argument: 'given',
      column: column.name,
      row,
    });
  const { missingLatent, latent, marginal } = column;
  const bounds: Bound[] = [];
  if (missingLatent >= 0) bounds.push(missingBound(compiled, missingLatent, cell === null));
  if (cell === null) {
    if (missingLatent < 0)
      throw refuse(
        'BAD_VALUE',
        'expected a value, received a missing cell, which training never had; leave the column out to draw it freely',
      );
    return { bounds, value: Number.NaN };
  }
  const value = readValue(column, cell, refuse);
  if (marginal === null) {
    if (value !== (column.kind === 'category' ? 0 : column.values[0]))
      throw refuse(
        'BAD_VALUE',
        `expected the one value that training had, received ${String(cell)}; leave the column out`,
      );
    return { bounds, value };
  }
  if (marginal.kind === 'levels') {
    const steps = compiled.steps[latent]!;
    const at = marginal.codes.indexOf(value);
    if (at < 0) throw refuse('BAD_VALUE', `"${String(cell)}" never occurred in training; use a level that did`);
    bounds.push(levelBound(latent, steps, at));
    return { bounds, value };
  }
  bounds.push(numericBound(column, compiled.steps[latent]!, value, refuse));
  return { bounds, value };
}

type Refuse = (code: 'BAD_VALUE' | 'OUT_OF_RANGE' | 'KIND_MISMATCH', text: string) => SynthproofError;

/** A condition's cell as number or code. */
function readValue(column: CopulaColumn, cell: string | number | boolean, refuse: Refuse): number {
  const expected = column.kind === 'category' ? 'string' : column.kind === 'boolean' ? 'boolean' : 'number';
  if (typeof cell !== expected)
    throw refuse(
      'KIND_MISMATCH',
      `expected a ${expected}, received ${typeof cell} ${String(cell)}; pass the cell as the table holds it`,
    );
  if (typeof cell === 'string') {
    const code = column.labels.indexOf(cell);
    if (code < 0) {
      const pooled = column.pooledCode >= 0 ? `, or "${column.labels[column.pooledCode]}" for the rare ones` : '';
      throw refuse(
        'BAD_VALUE',
        `"${cell}" is no level of the model: it never occurred in training or was pooled; use a level of the model${pooled}`,
      );
    }
    return code;
  }
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (!Number.isFinite(cell)) throw refuse('BAD_VALUE', `expected a finite number, received ${cell}; mend it`);
  const shown = roundLikeSource(column, cell);
  if (shown !== cell + 0) throw refuse('BAD_VALUE', `${cell} has more digits than the column's cells; use ${shown}`);
  return shown;
}

/** What kept cells say of the latent variables. Cells that training never showed say what the nearest known one does, or nothing. */
export function readKept(compiled: CompiledCopula, kept: ReadonlyMap<number, Column>, rows: number): Conditions {
  const low = new Map<number, Float64Array>();
  const high = new Map<number, Float64Array>();
  for (const [position, real] of kept) {
    const column = compiled.model.columns[position]!;
    if (column.latent < 0 && column.missingLatent < 0) continue;
    const numeric = isNumericKind(column.kind);
    const missing = column.kind === 'boolean' ? 2 : column.labels.length;
    const values = readPredictor(column, real);
    const known = new Map<number, readonly Bound[]>();
    for (let i = 0; i < rows; i++) {
      const value = values[i]!;
      let bounds = known.get(value);
      if (bounds === undefined) {
        bounds = keptBounds(compiled, column, (numeric ? Number.isNaN(value) : value === missing) ? null : value);
        known.set(value, bounds);
      }
      for (const bound of bounds) {
        endsOf(low, bound.latent, rows)[i] = bound.low;
        endsOf(high, bound.latent, rows)[i] = bound.high;
      }
    }
  }
  const latents = Array.from(low.keys()).sort((a, b) => a - b);
  return { latents, low: latents.map((k) => low.get(k)!), high: latents.map((k) => high.get(k)!), cells: new Map() };
}

/** What one kept cell, a number or a code, null when missing, says. */
function keptBounds(compiled: CompiledCopula, column: CopulaColumn, value: number | null): Bound[] {
  const { latent, missingLatent, marginal } = column;
  const bounds = missingLatent < 0 ? [] : [missingBound(compiled, missingLatent, value === null)];
  if (marginal === null || value === null) return bounds;
  const steps = compiled.steps[latent]!;
  if (marginal.kind === 'levels') {
    const at = marginal.codes.indexOf(value);
    if (at >= 0) bounds.push(levelBound(latent, steps, at));
    return bounds;
  }
  if (marginal.kind === 'normal') {
    const score = (value - marginal.mean) / marginal.deviation;
    const inside = Math.min(SCORE_LIMIT, Math.max(-SCORE_LIMIT, score));
    return [...bounds, { latent, low: inside, high: inside }];
  }
  const range = stepRange(steps);
  return [...bounds, stepBound(column, steps, Math.min(range.high, Math.max(range.low, value)))];
}

function missingBound({ steps }: CompiledCopula, latent: number, missing: boolean): Bound {
  const threshold = steps[latent]!.ends[0]!;
  return missing ? { latent, low: threshold, high: Infinity } : { latent, low: -Infinity, high: threshold };
}

function levelBound(latent: number, { ends }: Steps, at: number): Bound {
  return { latent, low: at === 0 ? -Infinity : ends[at - 1]!, high: ends[at]! };
}

function stepBound(column: CopulaColumn, steps: Steps, value: number): Bound {
  const half = gridOf(column) / 2;
  return narrow(column.latent, zBelow(steps, value - half), zAbove(steps, value + half));
}

/** An interval, or its middle where it is narrow. */
function narrow(latent: number, low: number, high: number): Bound {
  if (high - low > POINT_WIDTH) return { latent, low, high };
  return { latent, low: (low + high) / 2, high: (low + high) / 2 };
}

/** What a given number of a column says. */
function numericBound(column: CopulaColumn, steps: Steps | null, value: number, refuse: Refuse): Bound {
  const half = gridOf(column) / 2;
  const { marginal, latent } = column;
  if (marginal?.kind === 'normal') {
    const low = (value - half - marginal.mean) / marginal.deviation;
    const high = (value + half - marginal.mean) / marginal.deviation;
    if (low > SCORE_LIMIT || high < -SCORE_LIMIT)
      throw refuse('OUT_OF_RANGE', `${value} is over 6 deviations from the mean ${marginal.mean}; use a nearer value`);
    return narrow(latent, low, high);
  }
  const range = stepRange(steps!);
  if (value + half < range.low || value - half > range.high)
    throw refuse(
      'OUT_OF_RANGE',
      `expected a number from ${roundLikeSource(column, range.low)} to ${roundLikeSource(column, range.high)}, the model's range, received ${value}; use a value inside`,
    );
  return stepBound(column, steps!, value);
}
