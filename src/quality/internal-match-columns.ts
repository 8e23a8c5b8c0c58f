import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column, Table } from '../types.ts';
import { checkSameKind, looksLikeIdentifier } from './internal-columns.ts';
import type { QualityMode } from './quality-measure.ts';
import type { SkippedColumn } from './quality-result.ts';

/** Throws `LENGTH_MISMATCH` for a table whose columns are not all as long as it says, `DUPLICATE_COLUMN` for two of one name. */
export function checkTable(table: Table, argument: string): void {
  const names = new Set<string>();
  for (const column of table.columns) {
    if (names.has(column.name))
      throw new SynthproofError(
        'DUPLICATE_COLUMN',
        `${argument}: expected distinct column names, received "${column.name}" twice; rename one`,
        { argument, column: column.name },
      );
    names.add(column.name);
    const rows = columnLength(column);
    if (rows === table.rowCount) continue;
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `${argument}: column "${column.name}" has ${rows} rows, expected ${table.rowCount}; build tables with createTable`,
      { argument, column: column.name },
    );
  }
}

/** Columns that both tables have, in the real table's order, and those that are left out, with the reason. */
export function matchColumns(
  real: Table,
  synthetic: Table,
  skip: readonly string[],
  mode: QualityMode,
): { readonly shared: readonly (readonly [Column, Column])[]; readonly skipped: readonly SkippedColumn[] } {
  const shared: (readonly [Column, Column])[] = [];
  const skipped: SkippedColumn[] = [];
  const others = new Map<string, Column>();
  for (const column of synthetic.columns) others.set(column.name, column);
  for (const name of skip)
    if (!others.has(name) && !real.columns.some((column) => column.name === name))
      throw new SynthproofError(
        'UNKNOWN_COLUMN',
        `skip: neither table has a column "${name}"; the real table has ${real.columns.map((column) => `"${column.name}"`).join(', ')}`,
        { argument: 'skip', column: name },
      );
  for (const column of real.columns) {
    const { name, kind } = column;
    const other = others.get(name);
    others.delete(name);
    if (skip.includes(name)) skipped.push({ column: name, kind, reason: 'BY_REQUEST' });
    else if (!other) skipped.push({ column: name, kind, reason: 'NOT_IN_SYNTHETIC' });
    else {
      checkSameKind(column, other);
      if (kind === 'text') skipped.push({ column: name, kind, reason: 'TEXT' });
      else if (mode === 'strict' && looksLikeIdentifier(column))
        skipped.push({ column: name, kind, reason: 'IDENTIFIER' });
      else shared.push([column, other]);
    }
  }
  for (const { name, kind } of others.values())
    skipped.push({ column: name, kind, reason: skip.includes(name) ? 'BY_REQUEST' : 'NOT_IN_REAL' });
  return { shared, skipped };
}
