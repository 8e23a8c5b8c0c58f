import { SynthproofError } from '../errors.ts';
import type { Column } from '../types.ts';
import { columnLength } from './column-length.ts';
import { bitmapBytes, countMissing, isPresent } from './internal-bitmap.ts';
import { shown } from './internal-text.ts';

/**
 * A column assembled by hand from typed arrays, brought to canonical form: missing rows hold the fillers (NaN for
 * numbers and datetimes, -1, 0, ''), padding bits are 0, and the bitmap is absent when nothing is missing.
 *
 * @param column - Values and a validity bitmap; whatever stands at missing rows is ignored.
 * @returns A canonical column; arrays are copied only where they have to change.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when the bitmap is too short; `BAD_COLUMN` for labels that are
 * unsorted or repeated, or a code outside them.
 * @example
 * const column = normalizeColumn({ kind: 'number', name: 'x', values: Float64Array.of(7, 8), validity: Uint8Array.of(1) });
 * cellAt(column, 1); // => null
 */
export function normalizeColumn(column: Column): Column {
  const rows = columnLength(column);
  if (column.kind === 'category') checkCodes(column.name, column.codes, column.labels, column.validity);
  if (column.validity === undefined) return column;
  if (column.validity.length < bitmapBytes(rows))
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `validity: expected ${bitmapBytes(rows)} bytes for ${rows} rows of ${shown(column.name)}, received ${column.validity.length}; give one bit per row`,
      { argument: 'validity', column: column.name },
    );
  if (countMissing(column.validity, rows) === 0) {
    const { validity: _, ...rest } = column;
    return rest;
  }
  const validity = column.validity.slice(0, bitmapBytes(rows));
  if ((rows & 7) !== 0) validity[validity.length - 1] = validity[validity.length - 1]! & ((1 << (rows & 7)) - 1);
  if (column.kind === 'category') return { ...column, validity, codes: filled(column.codes.slice(), validity, -1) };
  if (column.kind === 'boolean') return { ...column, validity, values: filled(column.values.slice(), validity, 0) };
  if (column.kind === 'text')
    return { ...column, validity, values: column.values.map((text, i) => (isPresent(validity, i) ? text : '')) };
  return { ...column, validity, values: filled(column.values.slice(), validity, Number.NaN) };
}

function filled<T extends Float64Array | Int32Array | Uint8Array>(out: T, validity: Uint8Array, filler: number): T {
  for (let i = 0; i < out.length; i++) if (!isPresent(validity, i)) out[i] = filler;
  return out;
}

function checkCodes(
  name: string,
  codes: Int32Array,
  labels: readonly string[],
  validity: Uint8Array | undefined,
): void {
  for (let i = 1; i < labels.length; i++)
    if (!(labels[i - 1]! < labels[i]!))
      throw new SynthproofError(
        'BAD_COLUMN',
        `labels: expected distinct labels in code-unit order in ${shown(name)}, received ${shown(labels[i - 1])} before ${shown(labels[i])}; build it with categoryColumn`,
        { argument: 'labels', column: name },
      );
  for (let i = 0; i < codes.length; i++)
    if (isPresent(validity, i) && !(codes[i]! >= 0 && codes[i]! < labels.length))
      throw new SynthproofError(
        'BAD_COLUMN',
        `codes: expected 0 to ${labels.length - 1} in ${shown(name)}, received ${codes[i]} in row ${i}; mark the row as missing or add a label`,
        { argument: 'codes', column: name, row: i },
      );
}
