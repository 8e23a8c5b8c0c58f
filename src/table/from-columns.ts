import type { Table } from '../types.ts';
import type { TableSchema } from './column-schema.ts';
import { createTable } from './create-table.ts';
import { columnFromCells, guessCells } from './internal-cells.ts';
import { matchSchema } from './internal-csv.ts';
import type { InferRules } from './internal-infer.ts';

/** Options of {@link fromColumns} and {@link fromRecords}. */
export interface FromValuesOptions extends InferRules {
  /** What the columns hold. Default: the kinds that hold the values as they are typed. */
  readonly schema?: TableSchema | undefined;
}

/**
 * A table from arrays of plain values, one per column.
 *
 * Without a schema values keep their type: numbers become integer (all whole) or number columns, booleans boolean,
 * Date objects datetime, strings datetime, category or text by the rules of {@link inferSchema}, never numbers. null
 * and undefined are missing; NaN is a value.
 *
 * @param columns - An object of arrays, or pairs of name and array (use pairs where names look like integers: the
 * language reorders such object keys).
 * @param options - See {@link FromValuesOptions}.
 * @returns The table.
 * @throws {@link SynthproofError} `BAD_VALUE` for a value that does not fit or a column of mixed types;
 * `LENGTH_MISMATCH`; `DUPLICATE_COLUMN`; `SCHEMA_MISMATCH`.
 * @example
 * const table = fromColumns({ age: [39, 50], sex: ['M', 'F'] });
 * columnNames(table); // => ['age', 'sex']
 * fromColumns([['2', [1]], ['1', [2]]]).columns[0].name; // => '2'
 */
export function fromColumns(
  columns:
    | Readonly<Record<string, ArrayLike<unknown>>>
    | readonly (readonly [name: string, values: ArrayLike<unknown>])[],
  options: FromValuesOptions = {},
): Table {
  const entries = Array.isArray(columns)
    ? (columns as readonly (readonly [string, ArrayLike<unknown>])[])
    : Object.entries(columns as Readonly<Record<string, ArrayLike<unknown>>>);
  const names = entries.map(([name]) => name);
  const declared = options.schema === undefined ? undefined : matchSchema(names, options.schema, 'the columns');
  return createTable(
    entries.map(([name, cells], c) => columnFromCells(declared?.[c] ?? guessCells(name, cells, options), cells)),
  );
}
