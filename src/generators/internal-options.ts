import { SynthproofError } from '../errors.ts';
import { columnNames } from '../table/column-names.ts';
import { createTable } from '../table/create-table.ts';
import { getColumn } from '../table/get-column.ts';
import { normalizeColumn } from '../table/normalize-column.ts';
import type { Table } from '../types.ts';

/** Checks a whole-number option. */
export function checkWhole(argument: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected a whole number of at least ${least}, received ${value}`,
      { argument },
    );
}

/** Checks that an option lists columns of the table, each once. */
export function checkNames(argument: string, table: Table, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    getColumn(table, name);
    if (seen.has(name))
      throw new SynthproofError('BAD_OPTION', `${argument}: column "${name}" is listed twice; list it once`, {
        argument,
        column: name,
      });
    seen.add(name);
  }
}

/** Checks a table that a caller may have put together by hand, and brings its bitmaps into normal form. */
export function checkTable(argument: string, table: Table): Table {
  const checked = createTable(table.columns);
  if (checked.columns.length === 0 || checked.rowCount === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `${argument}: expected at least one column and one row, received ${checked.columns.length} columns and ${checked.rowCount} rows; give it data`,
      { argument },
    );
  if (table.rowCount !== checked.rowCount)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}: rowCount says ${table.rowCount}, its columns hold ${checked.rowCount} rows; build it with createTable`,
      { argument },
    );
  return { rowCount: checked.rowCount, columns: checked.columns.map(normalizeColumn) };
}

/** The names of the table that the list does not hold, in table order. */
export function otherNames(table: Table, names: readonly string[]): string[] {
  const listed = new Set(names);
  return columnNames(table).filter((name) => !listed.has(name));
}

/** Throws `ABORTED` when the caller asked for it. */
export function checkAbort(signal: { readonly aborted: boolean } | undefined, stage: string): void {
  if (signal?.aborted)
    throw new SynthproofError('ABORTED', `${stage}: aborted by its signal; nothing was returned`, {
      argument: 'signal',
    });
}
