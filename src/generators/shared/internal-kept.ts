import { SynthproofError } from '../../errors.ts';
import { getColumn } from '../../table/get-column.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import { sliceRows } from '../../table/slice-rows.ts';
import type { Column, Table } from '../../types.ts';
import type { ColumnShape } from '../model-types.ts';
import { checkShape } from './internal-options.ts';

/** The kept columns' real cells of rows offset to offset + rows - 1, by position in the model; empty without kept columns. */
export function keptColumns(
  model: { readonly columns: readonly ColumnShape[] },
  kept: Table | undefined,
  offset: number,
  rows: number,
): ReadonlyMap<number, Column> {
  const found = new Map<number, Column>();
  const names = model.columns.filter((column) => column.role === 'kept').map((column) => column.name);
  if (names.length === 0) return found;
  if (!kept)
    throw new SynthproofError(
      'BAD_OPTION',
      `kept: this model keeps ${names.map((name) => `"${name}"`).join(', ')}; pass a table that holds the real cells of these columns`,
      { argument: 'kept' },
    );
  checkShape('kept', kept);
  if (kept.rowCount < offset + rows)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `kept: expected at least offset + rows = ${offset + rows} rows, received ${kept.rowCount}; row i of the sample keeps row i's cells`,
      { argument: 'kept' },
    );
  const whole = offset === 0 && rows === kept.rowCount;
  for (let c = 0; c < model.columns.length; c++) {
    const column = model.columns[c]!;
    if (column.role !== 'kept') continue;
    const real = getColumn(kept, column.name);
    if (real.kind !== column.kind)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `kept: column "${column.name}" was fitted as ${column.kind}, received ${real.kind}; cast it`,
        { argument: 'kept', column: column.name },
      );
    const part = { rowCount: kept.rowCount, columns: [real] };
    found.set(c, whole ? real : sliceRows(part, offset, offset + rows).columns[0]!);
  }
  return found;
}

/** Refuses a model with kept columns where cells are given by other means. */
export function refuseKept(model: { readonly columns: readonly ColumnShape[] }, sampler: string): void {
  const kept = model.columns.find((column) => column.role === 'kept');
  if (kept)
    throw new SynthproofError(
      'BAD_OPTION',
      `model: it keeps "${kept.name}", whose real cells are its condition already; use ${sampler}`,
      { argument: 'model' },
    );
}

/** A kept column as trees read it: see `walk`. Labels the model does not show are read as its pooled level, or as unknown. */
export function readPredictor(column: ColumnShape, real: Column): Float64Array {
  if (real.kind === 'text') return new Float64Array(0);
  if (real.kind === 'category') {
    const codeOf = new Map<string, number>();
    for (let l = 0; l < column.labels.length; l++) codeOf.set(column.labels[l]!, l);
    const recode = real.labels.map((label) => codeOf.get(label) ?? column.pooledCode);
    const out = new Float64Array(real.codes.length);
    for (let i = 0; i < out.length; i++)
      out[i] = isPresent(real.validity, i) ? recode[real.codes[i]!]! : column.labels.length;
    return out;
  }
  const missing = real.kind === 'boolean' ? 2 : Number.NaN;
  const out = new Float64Array(real.values.length);
  for (let i = 0; i < out.length; i++) out[i] = isPresent(real.validity, i) ? real.values[i]! : missing;
  return out;
}
