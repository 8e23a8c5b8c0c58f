import { datetimeColumn } from '../../table/datetime-column.ts';
import { integerColumn } from '../../table/integer-column.ts';
import { numberColumn } from '../../table/number-column.ts';
import type { Column } from '../../types.ts';
import type { ColumnModel } from '../model-types.ts';
import { orderUnit } from './internal-fit-table.ts';
import type { RelationalLevel } from './relational-types.ts';

type Numbers = Extract<Column, { values: Float64Array }>;

/**
 * The order column of one sibling of each parent: its start, or the cell of the sibling before plus a step that is not
 * below 0. Without a drawn start or step (fewer of them than a leaf needs) the least known one stands in.
 */
export function nextOrder(
  level: RelationalLevel,
  drawn: Numbers | null,
  last: Numbers | null,
  rows: number,
  part: ColumnModel,
): Column {
  const unit = orderUnit(level.orderKind);
  const one = part.values[0] ?? 0;
  const values = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = drawn ? drawn.values[i]! : one;
    values[i] = last ? last.values[i]! + Math.max(0, value) * unit : value * unit;
  }
  const name = level.orderBy!;
  if (level.orderKind === 'number') return numberColumn(name, values.map(tidy));
  const whole = values.map((value) => Math.floor(value + 0.5));
  if (level.orderKind === 'integer') return integerColumn(name, whole);
  return datetimeColumn(name, whole, level.orderKind === 'day' ? 'day' : 'millisecond');
}

/** Without the dust of binary fractions that sums of decimals leave. */
function tidy(value: number): number {
  return Math.abs(value) < 1e15 ? Number(value.toFixed(9)) + 0 : value;
}
