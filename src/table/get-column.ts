import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { columnNames } from './column-names.ts';
import { nearest, shown } from './internal-text.ts';

/**
 * The column of a name.
 *
 * @param table - Any table.
 * @param name - The column's name.
 * @returns The column itself, not a copy.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, with the nearest name or the list of names.
 * @example
 * getColumn(createTable([textColumn('note', ['a'])]), 'note').kind; // => 'text'
 */
export function getColumn(table: Table, name: string): Column {
  for (const column of table.columns) if (column.name === name) return column;
  const names = columnNames(table);
  const near = nearest(name, names);
  const listed =
    names.slice(0, 20).map(shown).join(', ') + (names.length > 20 ? `, and ${names.length - 20} more` : '');
  throw new SynthproofError(
    'UNKNOWN_COLUMN',
    `name: no column ${shown(name)}; ${near === undefined ? '' : `did you mean ${shown(near)}? `}the columns are ${listed || 'none'}`,
    { argument: 'name', column: name },
  );
}
