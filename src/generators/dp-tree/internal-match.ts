import { SynthproofError } from '../../errors.ts';
import { createTable } from '../../table/create-table.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Column, Table } from '../../types.ts';
import { type DomainColumn, undeclared } from './internal-domain.ts';

/** A declared column with the table's column. */
export interface MatchedColumn {
  readonly domain: DomainColumn;
  readonly column: Column;
}

/** Pairs the table's columns with their declarations, in the table's order. Looks at names and kinds only. */
export function matchColumns(table: Table, domain: readonly DomainColumn[]): MatchedColumn[] {
  const { columns } = createTable(table.columns);
  const declared = new Map(domain.map((planned) => [planned.shape.name, planned]));
  for (const { shape } of domain) getColumn({ rowCount: table.rowCount, columns }, shape.name);
  return columns.map((column) => {
    const planned = declared.get(column.name);
    if (!planned)
      throw undeclared(`column "${column.name}" is not declared; declare it from public knowledge or drop it`);
    if (planned.states > 0 && planned.shape.kind !== column.kind)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `domain: column "${column.name}" is declared as ${planned.shape.kind}, the table has ${column.kind}; cast it or mend the domain`,
        { argument: 'domain', column: column.name },
      );
    if (column.kind === 'datetime' && planned.states > 0 && planned.shape.unit !== column.unit)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `domain: column "${column.name}" is declared in units of a ${planned.shape.unit}, the table has ${column.unit}; mend the domain`,
        { argument: 'domain', column: column.name },
      );
    return { domain: planned, column };
  });
}
