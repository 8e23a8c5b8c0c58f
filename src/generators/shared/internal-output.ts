import { SynthproofError } from '../../errors.ts';
import { categoryColumn } from '../../table/category-column.ts';
import { fullBitmap } from '../../table/internal-bitmap.ts';
import type { CategoryColumn, Column } from '../../types.ts';
import type { ColumnShape } from '../model-types.ts';

/** Validity bitmap of a column with these rows absent; undefined when none is. */
export function validityOf(absent: Uint8Array | null): Uint8Array | undefined {
  if (absent === null || !absent.includes(1)) return undefined;
  const bits = fullBitmap(absent.length);
  for (let i = 0; i < absent.length; i++) if (absent[i] === 1) bits[i >> 3]! &= ~(1 << (i & 7));
  return bits;
}

/** A modelled column from its drawn numbers or codes. */
export function valueColumn(column: ColumnShape, values: Float64Array, absent: Uint8Array | null): Column {
  const validity = validityOf(absent);
  const { name } = column;
  const rest = validity ? { name, validity } : { name };
  switch (column.kind) {
    case 'category': {
      const codes = Int32Array.from(values);
      if (validity) for (let i = 0; i < codes.length; i++) if (absent![i] === 1) codes[i] = -1;
      return { kind: 'category', codes, labels: column.labels, ...rest };
    }
    case 'boolean': {
      const bits = Uint8Array.from(values);
      if (validity) for (let i = 0; i < bits.length; i++) if (absent![i] === 1) bits[i] = 0;
      return { kind: 'boolean', values: bits, ...rest };
    }
    case 'datetime':
      return { kind: 'datetime', values, unit: column.unit ?? 'millisecond', ...rest };
    case 'integer':
      return { kind: 'integer', values, ...rest };
    default:
      return { kind: 'number', values, ...rest };
  }
}

/** One value in every row. */
export function constantColumn(column: ColumnShape, rows: number): Column {
  const value = column.kind === 'category' ? 0 : column.values[0]!;
  return valueColumn(column, new Float64Array(rows).fill(value), null);
}

/** No value in any row. */
export function missingColumn(column: ColumnShape, rows: number): Column {
  const absent = new Uint8Array(rows).fill(1);
  if (column.kind !== 'text') return valueColumn(column, new Float64Array(rows).fill(Number.NaN), absent);
  const validity = validityOf(absent);
  const text = { kind: 'text' as const, name: column.name, values: new Array<string>(rows).fill('') };
  return validity ? { ...text, validity } : text;
}

/**
 * Placeholders: row i of every sample has the same one, whatever the seed. `numbers` are the row numbers where they do not
 * run from `offset` upwards.
 */
export function identifierColumn(
  column: ColumnShape,
  rows: number,
  offset: number,
  absent: Uint8Array | null,
  numbers: Float64Array | null = null,
): Column {
  if (column.kind === 'text' || column.kind === 'category') {
    const texts: (string | null)[] = new Array(rows);
    for (let i = 0; i < rows; i++)
      texts[i] = absent?.[i] === 1 ? null : `${column.prefix}${(numbers?.[i] ?? offset + i) + 1}`;
    if (column.kind === 'category') return categoryColumn(column.name, texts) satisfies CategoryColumn;
    const validity = validityOf(absent);
    const values = texts.map((text) => text ?? '');
    return validity
      ? { kind: 'text', name: column.name, values, validity }
      : { kind: 'text', name: column.name, values };
  }
  let most = offset + rows;
  if (numbers !== null) for (let i = 0; i < rows; i++) most = Math.max(most, numbers[i]!);
  const last = column.firstId + column.idStep * most;
  if (!Number.isSafeInteger(last))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `offset: placeholders of "${column.name}" would pass 2^53 at row ${most}; use smaller row numbers`,
      { argument: 'offset', column: column.name },
    );
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++)
    values[i] = absent?.[i] === 1 ? Number.NaN : column.firstId + column.idStep * (numbers?.[i] ?? offset + i);
  return valueColumn(column, values, absent);
}

/** A number between training values, rounded as the source's cells are: to its decimals, whole units or whole days; half away from zero, never -0. */
export function roundLikeSource(column: ColumnShape, value: number): number {
  if (column.kind === 'number') return Math.abs(value) < 1e21 ? Number(value.toFixed(column.decimals)) + 0 : value;
  const step = column.unit === 'day' ? 86_400_000 : 1;
  return Math.sign(value) * Math.floor(Math.abs(value) / step + 0.5) * step + 0;
}
