import { SynthproofError } from '../../errors.ts';
import type { Cell } from '../../types.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { forestColumn } from './internal-columns.ts';
import { missingCell } from './internal-draw.ts';
import type { ForestLeaves } from './internal-leaves.ts';
import type { ArfColumn, ArfModel } from './model-types.ts';
import type { ArfCondition } from './sample-arf-conditional.ts';

/** What a condition says of one modelled column. */
export interface Evidence {
  readonly position: number;
  /** 1 for each cell that meets the condition; the last entry is for missing. */
  readonly allowed: Uint8Array;
  /** The number every row must show; null when there are several. */
  readonly exact: number | null;
  /** Least and greatest number asked for. */
  readonly bounds: readonly [number, number];
  /** False when draws must be training values. */
  readonly smooth: boolean;
}

/** Reads the conditions; those on constant and always-missing columns are only checked. */
export function readEvidence(model: ArfModel, given: Readonly<Record<string, ArfCondition>>): Evidence[] {
  const out: Evidence[] = [];
  for (const name of Object.keys(given)) {
    const position = model.columns.findIndex((column) => column.name === name);
    const column = model.columns[position];
    if (column === undefined)
      throw new SynthproofError('UNKNOWN_COLUMN', `given: the model has no column "${name}"; mend the name`, {
        argument: 'given',
        column: name,
      });
    if (column.role === 'identifier')
      throw new SynthproofError(
        'KIND_MISMATCH',
        `given: column "${name}" is an identifier, whose placeholders depend on nothing; leave it out`,
        { argument: 'given', column: name },
      );
    const evidence = readCondition(column, position, given[name]!);
    if (!evidence.allowed.includes(1))
      throw impossible(`no training cell of column "${name}" meets its condition`, name);
    if (column.role === 'modelled') out.push(evidence);
  }
  return out.sort((a, b) => a.position - b.position);
}

/** The error for conditions that the model gives probability 0. */
export function impossible(why: string, column?: string): SynthproofError {
  return new SynthproofError(
    'OUT_OF_RANGE',
    `given: the model gives these conditions probability 0: ${why}; widen them or leave some out`,
    { argument: 'given', column },
  );
}

function readCondition(column: ArfColumn, position: number, condition: ArfCondition): Evidence {
  const allowed = new Uint8Array(cellCount(column) + 1);
  const none = { position, allowed, exact: null, bounds: [-Infinity, Infinity] as const, smooth: true };
  if (typeof condition !== 'object' || condition === null) {
    markCell(column, position, condition, allowed, true);
    return { ...none, exact: typeof condition === 'number' ? condition : null };
  }
  if ('oneOf' in condition) {
    if (!Array.isArray(condition.oneOf)) throw badCondition(column, 'expected a list of cells in oneOf');
    for (const cell of condition.oneOf) markCell(column, position, cell, allowed, false);
    return { ...none, smooth: false };
  }
  const { min = -Infinity, max = Infinity } = condition;
  if (!isNumericKind(column.kind) || typeof min !== 'number' || typeof max !== 'number' || !(min <= max))
    throw badCondition(column, `expected a cell, {oneOf} or, for numbers and datetimes, {min, max} with min <= max`);
  const { values } = column;
  for (let cell = 0; cell < values.length; cell++) if (values[cell]! >= min && values[cell]! <= max) allowed[cell] = 1;
  return { ...none, bounds: [min, max] };
}

/** Number of cells that are not missing, for every role. */
function cellCount(column: ArfColumn): number {
  return column.role === 'constant' && column.kind !== 'category' ? 1 : missingCell(column);
}

/** Marks the cells that show a wanted value; with `near`, also those of its bin in a column with many distinct numbers. */
function markCell(column: ArfColumn, position: number, wanted: Cell, allowed: Uint8Array, near: boolean): void {
  if (wanted === null) {
    // A constant column has no missing cell to show.
    if (column.role !== 'constant') allowed[allowed.length - 1] = 1;
    return;
  }
  if (column.role === 'allMissing') return;
  if (column.kind === 'category') {
    if (typeof wanted !== 'string') throw badCondition(column, `expected a label, received ${typeof wanted}`);
    const code = column.labels.indexOf(wanted);
    if (code >= 0) allowed[code] = 1;
    return;
  }
  if (column.kind === 'boolean') {
    if (typeof wanted !== 'boolean') throw badCondition(column, `expected true or false, received ${typeof wanted}`);
    if (column.role !== 'constant') allowed[wanted ? 1 : 0] = 1;
    else if ((column.values[0] === 1) === wanted) allowed[0] = 1;
    return;
  }
  if (typeof wanted !== 'number' || !Number.isFinite(wanted))
    throw badCondition(column, `expected a finite number, received ${String(wanted)}`);
  const { values } = column;
  const { binStart } = forestColumn(position, true, values.length, Int32Array.from(column.cells));
  for (let bin = 0; bin + 1 < binStart.length; bin++) {
    const first = binStart[bin]!;
    const end = binStart[bin + 1]!;
    if (near && end - first > 1 && values[first]! <= wanted && wanted <= values[end - 1]!) allowed.fill(1, first, end);
    else for (let cell = first; cell < end; cell++) if (values[cell] === wanted) allowed[cell] = 1;
  }
}

function badCondition(column: ArfColumn, what: string): SynthproofError {
  return new SynthproofError(
    'BAD_VALUE',
    `given: column "${column.name}" (${column.kind}): ${what}; mend the condition`,
    {
      argument: 'given',
      column: column.name,
    },
  );
}

/** Donors of one column that meet its condition, by leaf: as {@link ForestLeaves}. */
export function admitted(column: ArfColumn, { allowed }: Evidence, { start, rows }: ForestLeaves): ForestLeaves {
  const cells = Int32Array.from(column.cells);
  const kept = new Int32Array(rows.length);
  const from = new Int32Array(start.length);
  let at = 0;
  for (let leaf = 0; leaf + 1 < start.length; leaf++) {
    from[leaf] = at;
    for (let i = start[leaf]!; i < start[leaf + 1]!; i++) if (allowed[cells[rows[i]!]!] === 1) kept[at++] = rows[i]!;
  }
  from[start.length - 1] = at;
  return { start: from, rows: kept.subarray(0, at) };
}
