import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { getColumn } from './get-column.ts';
import { shown } from './internal-text.ts';

/**
 * The named columns, in the order asked for.
 *
 * @param table - Any table.
 * @param names - Names of columns, each once.
 * @returns A table that shares the columns.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`; `DUPLICATE_COLUMN` when a name is asked for twice.
 * @example
 * columnNames(selectColumns(fromRecords([{ a: 1, b: 2 }]), ['b'])); // => ['b']
 */
export function selectColumns(table: Table, names: readonly string[]): Table {
  const seen = new Set<string>();
  const columns = names.map((name) => {
    if (seen.has(name))
      throw new SynthproofError('DUPLICATE_COLUMN', `names: ${shown(name)} is asked for twice; name it once`, {
        argument: 'names',
        column: name,
      });
    seen.add(name);
    return getColumn(table, name);
  });
  return { rowCount: table.rowCount, columns };
}
