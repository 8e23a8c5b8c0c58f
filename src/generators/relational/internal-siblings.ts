import { SynthproofError } from '../../errors.ts';
import { cellText } from '../../table/cell-text.ts';
import { getColumn } from '../../table/get-column.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column, Table } from '../../types.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import type { RelationalLink } from './relational-types.ts';

type Numbers = Extract<Column, { values: Float64Array }>;

/** Children sorted by parent, then by the order column (equals in the order of rows). */
export interface Siblings {
  /** Rows of the child table. */
  readonly rows: Uint32Array;
  /** Per entry of `rows`, the parent's row. */
  readonly parents: Uint32Array;
  /** Per entry, the rows of the same parent before it. */
  readonly position: Uint32Array;
  /** Per parent row, its children. */
  readonly counts: Uint32Array;
  readonly withoutKey: number;
  readonly orphans: number;
}

/** What the rows of a table hang on. */
export interface Above {
  readonly parent: Table;
  /** Columns of the parent that its children are conditioned on. */
  readonly columns: readonly string[];
  readonly link: RelationalLink;
  readonly siblings: Siblings;
}

/** Finds each child's parent. */
export function findSiblings(parent: Table, link: RelationalLink, level: number): Siblings {
  const { child, key, foreignKey, orderBy } = link;
  const keys = getColumn(parent, key);
  const foreign = getColumn(child, foreignKey);
  if (comparison(keys) !== comparison(foreign))
    throw new SynthproofError(
      'KIND_MISMATCH',
      `foreignKey: column "${foreignKey}" is ${foreign.kind}, the key "${key}" is ${keys.kind}; cast one of them`,
      { argument: 'foreignKey', column: foreignKey },
    );
  const rowOf = keyRows(keys, parent.rowCount, level);
  const order = orderBy === undefined ? null : orderColumn(child, orderBy, foreignKey);
  const groups: number[][] = Array.from({ length: parent.rowCount }, () => []);
  let withoutKey = 0;
  let orphans = 0;
  for (let row = 0; row < child.rowCount; row++) {
    const text = cellText(foreign, row);
    const at = text === null ? undefined : rowOf.get(text);
    if (text === null) withoutKey++;
    else if (at === undefined) orphans++;
    else groups[at]!.push(row);
  }
  const total = child.rowCount - withoutKey - orphans;
  if (total === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `child: none of its ${child.rowCount} rows has a parent (${withoutKey} without "${foreignKey}", ${orphans} with an unknown one); check key and foreignKey`,
      { argument: 'child' },
    );
  const found = {
    rows: new Uint32Array(total),
    parents: new Uint32Array(total),
    position: new Uint32Array(total),
    counts: new Uint32Array(parent.rowCount),
  };
  let at = 0;
  groups.forEach((rows, p) => {
    // Array.prototype.sort is stable.
    if (order) rows.sort((a, b) => order.values[a]! - order.values[b]!);
    found.counts[p] = rows.length;
    rows.forEach((row, position) => {
      found.rows[at] = row;
      found.parents[at] = p;
      found.position[at++] = position;
    });
  });
  return { ...found, withoutKey, orphans };
}

function comparison(column: Column): string {
  if (column.kind === 'category' || column.kind === 'text') return 'text';
  return column.kind === 'integer' || column.kind === 'number' ? 'number' : column.kind;
}

/** Row of each key. Only kinds that placeholders can be made for are keys. */
function keyRows(keys: Column, rows: number, level: number): Map<string, number> {
  if (keys.kind === 'datetime' || keys.kind === 'boolean')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `key: expected text, category, integer or number, received the ${keys.kind} column "${keys.name}"; cast it to text`,
      { argument: 'key', column: keys.name },
    );
  const rowOf = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const text = cellText(keys, row);
    if (text === null || rowOf.has(text))
      throw new SynthproofError(
        'BAD_VALUE',
        `key: column "${keys.name}" of table ${level} ${text === null ? 'is missing' : `holds ${text} a second time`} in row ${row}; a key names each row once`,
        { argument: 'key', column: keys.name, row },
      );
    rowOf.set(text, row);
  }
  return rowOf;
}

function orderColumn(child: Table, orderBy: string, foreignKey: string): Numbers {
  const column = getColumn(child, orderBy);
  if (!isNumericKind(column.kind) || orderBy === foreignKey)
    throw new SynthproofError(
      'KIND_MISMATCH',
      `orderBy: expected a numeric or datetime column beside the foreign key, received the ${column.kind} column "${orderBy}"; name another, or leave it out`,
      { argument: 'orderBy', column: orderBy },
    );
  for (let row = 0; row < child.rowCount; row++)
    if (!isPresent(column.validity, row) || !Number.isFinite((column as Numbers).values[row]!))
      throw new SynthproofError(
        'BAD_VALUE',
        `orderBy: column "${orderBy}" has no finite value in row ${row}, so its place among its siblings is unknown; mend or drop the row`,
        { argument: 'orderBy', column: orderBy, row },
      );
  return column as Numbers;
}
