import { categoryColumn, createTable } from '../table/index.ts';
import type { Table } from '../types.ts';

/** Levels of a column with fewer rows than `below` became one. */
export interface PoolRule {
  /** Column name. */
  readonly column: string;
  /** The level they became. */
  readonly label: string;
  /** Levels with fewer rows than this were pooled. */
  readonly below: number;
}

/**
 * The source as the generator saw it: rare levels pooled, so that an audit compares groups that both tables can have.
 * The rule, not the list of rare levels, goes into the record: the list would name people's rare attributes.
 */
export function poolRareLevels(table: Table, rules: readonly PoolRule[]): Table {
  if (rules.length === 0) return table;
  return createTable(
    table.columns.map((column) => {
      const rule = rules.find((one) => one.column === column.name);
      if (!rule || column.kind !== 'category') return column;
      const rows = new Int32Array(column.labels.length);
      for (const code of column.codes) if (code >= 0) rows[code]!++;
      const labels = column.labels.map((label, code) => (rows[code]! < rule.below ? rule.label : label));
      return categoryColumn(
        column.name,
        Array.from(column.codes, (code) => (code < 0 ? null : labels[code]!)),
      );
    }),
  );
}
