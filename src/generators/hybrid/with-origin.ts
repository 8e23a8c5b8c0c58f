import { SynthproofError } from '../../errors.ts';
import { categoryColumn } from '../../table/category-column.ts';
import { createTable } from '../../table/create-table.ts';
import type { Table } from '../../types.ts';

/** Where a row comes from: `real`: a source row; `partial`: a source row of which some cells were replaced; `synthetic`: drawn from a model. */
export type RowOrigin = 'real' | 'partial' | 'synthetic';

/** Options of {@link withOrigin}. */
export interface WithOriginOptions {
  /** Name of the new column. Default `origin`. */
  readonly column?: string | undefined;
}

const ORIGINS: readonly string[] = ['partial', 'real', 'synthetic'];

/**
 * Adds a category column that says where each row comes from.
 *
 * A partial synthesis (a sample with `kept` columns) is `partial`: its kept cells are real personal data. {@link sampleOrigin}
 * tells it from the model.
 *
 * @param table - Any table.
 * @param origin - One origin for all rows, or one per row.
 * @param options - See {@link WithOriginOptions}.
 * @returns The table with one more column at the end, its labels always `partial`, `real`, `synthetic`.
 * @throws {@link SynthproofError} `DUPLICATE_COLUMN` when the name is taken; `LENGTH_MISMATCH`; `BAD_VALUE` for another word.
 * @example
 * toRecords(withOrigin(fromColumns({ n: [1] }), 'synthetic')); // => [{ n: 1, origin: 'synthetic' }]
 */
export function withOrigin(
  table: Table,
  origin: RowOrigin | readonly RowOrigin[],
  options: WithOriginOptions = {},
): Table {
  const { column = 'origin' } = options;
  if (table.columns.some((other) => other.name === column))
    throw new SynthproofError(
      'DUPLICATE_COLUMN',
      `column: the table has a column "${column}" already; name another, or rename it`,
      { argument: 'column', column },
    );
  const each = typeof origin === 'string' ? new Array<RowOrigin>(table.rowCount).fill(origin) : origin;
  if (each.length !== table.rowCount)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `origin: expected ${table.rowCount} entries, one per row, received ${each.length}; give one per row or one for all`,
      { argument: 'origin' },
    );
  for (let row = 0; row < each.length; row++)
    if (!ORIGINS.includes(each[row]!))
      throw new SynthproofError(
        'BAD_VALUE',
        `origin: expected real, partial or synthetic, received ${String(each[row])} in row ${row}; mend it`,
        { argument: 'origin', row },
      );
  return createTable([...table.columns, categoryColumn(column, each, ORIGINS)]);
}
