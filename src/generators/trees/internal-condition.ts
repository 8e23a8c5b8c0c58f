import { SynthproofError } from '../../errors.ts';
import type { Cell } from '../../types.ts';
import type { ColumnModel } from '../model-types.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { walk } from './internal-compile.ts';
import { type CompiledColumn, type DrawContext, missingCode } from './internal-draw.ts';

/** A given cell as trees read it. */
export interface Condition {
  readonly position: number;
  /** Number or code; the missing code for null. */
  readonly value: number;
  readonly missing: boolean;
  /** Donor codes that count as the value: the code alone, or those in the smoothing window around a number. */
  readonly from: number;
  /** Last of them. */
  readonly to: number;
}

/** Checks a given cell against its column. */
export function readCondition(column: ColumnModel, position: number, cell: Cell, compiled: CompiledColumn): Condition {
  const { name } = column;
  const bad = (what: string): SynthproofError =>
    new SynthproofError('BAD_VALUE', `given: column "${name}": ${what}`, { argument: 'given', column: name });
  if (column.role !== 'modelled')
    throw new SynthproofError(
      'BAD_OPTION',
      `given: column "${name}" is ${column.role} in this model, so nothing depends on it; leave it out, or set it in the sample`,
      { argument: 'given', column: name },
    );
  const base = { position, missing: cell === null };
  if (cell === null) {
    if (!column.missing) throw bad('it was never missing in training; give a value');
    return { ...base, value: missingCode(column), from: 0, to: -1 };
  }
  if (column.kind === 'category') {
    const code = column.labels.indexOf(cell as string);
    if (code < 0) throw bad(`no level ${JSON.stringify(cell)} in the model; rare levels were pooled, see its labels`);
    return { ...base, value: code, from: code, to: code };
  }
  if (column.kind === 'boolean') {
    if (typeof cell !== 'boolean') throw bad(`expected true, false or null, received ${JSON.stringify(cell)}`);
    return { ...base, value: cell ? 1 : 0, from: cell ? 1 : 0, to: cell ? 1 : 0 };
  }
  if (typeof cell !== 'number' || !Number.isFinite(cell)) throw bad(`expected a number, received ${String(cell)}`);
  return { ...base, value: cell + 0, ...numericWindow(column, cell, compiled, bad) };
}

/** Codes of the numbers within half the smoothing window of a given one; without smoothing the number itself. */
function numericWindow(
  column: ColumnModel,
  cell: number,
  { curve }: CompiledColumn,
  bad: (what: string) => SynthproofError,
): { from: number; to: number } {
  const { values } = column;
  let at = 0;
  while (at < values.length && values[at]! < cell) at++;
  if (curve) {
    if (cell < values[0]! || cell > values[values.length - 1]!)
      throw bad(
        `${cell} lies outside the training range ${values[0]} to ${values[values.length - 1]}; give one inside`,
      );
    const middle = curve.start[Math.min(at, values.length - 1)]!;
    let from = at;
    while (from > 0 && curve.start[from]! > middle - column.smooth / 2) from--;
    let to = at;
    while (to + 1 < values.length && curve.start[to + 1]! <= middle + column.smooth / 2) to++;
    return { from, to };
  }
  if (values[at] !== cell)
    throw bad(
      `${cell} does not occur in the model; the nearest are ${values.slice(Math.max(0, at - 1), at + 1).join(' and ')}`,
    );
  return { from: at, to: at };
}

/** Multiplies each row's weight by the probability of the given cell in the leaf that the row falls in. */
export function weighCondition(
  context: DrawContext,
  { missing, from, to }: Condition,
  compiled: CompiledColumn,
  weights: Float64Array,
): void {
  const { rows, predictors, numeric } = context;
  if (compiled.missing) {
    const { donorStart, donors } = compiled.missing;
    for (let i = 0; i < rows; i++) {
      const leaf = walk(compiled.missing, predictors, numeric, i);
      weights[i]! *= share(donors, donorStart[leaf]!, donorStart[leaf + 1]!, missing ? 1 : 0, missing ? 1 : 0);
    }
  }
  if (missing) return;
  const { donorStart, donors } = compiled.value!;
  for (let i = 0; i < rows; i++) {
    if (weights[i] === 0) continue;
    const leaf = walk(compiled.value!, predictors, numeric, i);
    weights[i]! *= share(donors, donorStart[leaf]!, donorStart[leaf + 1]!, from, to);
  }
}

/** Share of a leaf's donors with codes from `low` to `high`; donors ascend within a leaf. */
function share(donors: Int32Array, start: number, end: number, low: number, high: number): number {
  return (firstAbove(donors, start, end, high) - firstAbove(donors, start, end, low - 1)) / (end - start);
}

function firstAbove(donors: Int32Array, start: number, end: number, code: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (donors[middle]! <= code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sets a given column's predictor for all rows, and tells which are missing. */
export function applyCondition(context: DrawContext, { position, value, missing }: Condition): Uint8Array | null {
  context.predictors[position] = new Float64Array(context.rows).fill(value);
  return missing ? new Uint8Array(context.rows).fill(1) : null;
}

/** 1 for each row whose predictor says missing; null when none does. */
export function absentRows(column: ColumnModel, predictor: Float64Array): Uint8Array | null {
  const code = missingCode(column);
  const absent = new Uint8Array(predictor.length);
  const numeric = isNumericKind(column.kind);
  for (let i = 0; i < absent.length; i++)
    absent[i] = (numeric ? Number.isNaN(predictor[i]!) : predictor[i] === code) ? 1 : 0;
  return absent.includes(1) ? absent : null;
}
