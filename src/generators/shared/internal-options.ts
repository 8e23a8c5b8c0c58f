import { SynthproofError } from '../../errors.ts';
import { createTable } from '../../table/create-table.ts';
import { getColumn } from '../../table/get-column.ts';
import { normalizeColumn } from '../../table/normalize-column.ts';
import type { Table } from '../../types.ts';

/** Checks a whole-number option. */
export function checkWhole(argument: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new SynthproofError(
      'BAD_OPTION',
      `${argument}: expected a whole number of at least ${least}, received ${value}; mend the option`,
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

/** Checks the options that every tree-based fit shares. */
export function checkColumnOptions(
  table: Table,
  options: {
    readonly rareLevelMin: number;
    readonly identifiers: readonly string[];
    readonly measurements: readonly string[];
    readonly synthesize: readonly string[];
  },
): void {
  const { rareLevelMin, identifiers, measurements, synthesize } = options;
  checkWhole('rareLevelMin', rareLevelMin, 0);
  checkNames('identifiers', table, identifiers);
  checkNames('measurements', table, measurements);
  checkNames('synthesize', table, synthesize);
  if (synthesize.length === 0)
    throw new SynthproofError(
      'BAD_OPTION',
      'synthesize: expected at least one column, received none; leave the option out to synthesise all columns',
      { argument: 'synthesize' },
    );
  for (const name of measurements)
    if (identifiers.includes(name) || getColumn(table, name).kind === 'text')
      throw new SynthproofError(
        'BAD_OPTION',
        `measurements: column "${name}" is ${identifiers.includes(name) ? 'also listed in identifiers' : 'of kind text'}, so it is replaced, not modelled; ${identifiers.includes(name) ? 'list it once' : 'cast it to category'}`,
        { argument: 'measurements', column: name },
      );
}

/** Refuses a table put together by hand whose columns differ in length or share a name. */
export function checkShape(argument: string, table: Table): Table {
  const checked = createTable(table.columns);
  // A table without columns may say any number of rows.
  if (table.rowCount === checked.rowCount || checked.columns.length === 0) return checked;
  throw new SynthproofError(
    'LENGTH_MISMATCH',
    `${argument}: rowCount says ${table.rowCount}, its columns hold ${checked.rowCount} rows; build it with createTable`,
    { argument },
  );
}

/** Checks a table that a caller may have put together by hand, and brings its bitmaps into normal form. */
export function checkTable(table: Table, minLeaf: number): Table {
  const checked = checkShape('table', table);
  if (checked.columns.length === 0 || checked.rowCount === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      `table: expected at least one column and one row, received ${checked.columns.length} columns and ${checked.rowCount} rows; give it data`,
      { argument: 'table' },
    );
  if (checked.rowCount < minLeaf)
    throw new SynthproofError(
      'BAD_OPTION',
      `minLeaf: expected at most the table's ${checked.rowCount} rows, received ${minLeaf}; give more rows, or lower minLeaf knowing that draws then come from fewer people`,
      { argument: 'minLeaf' },
    );
  return { rowCount: checked.rowCount, columns: checked.columns.map(normalizeColumn) };
}

/** Throws `ABORTED` when the caller asked for it. */
export function checkAbort(signal: { readonly aborted: boolean } | undefined, stage: string): void {
  if (signal?.aborted)
    throw new SynthproofError('ABORTED', `${stage}: aborted by its signal; nothing was returned`, {
      argument: 'signal',
    });
}
