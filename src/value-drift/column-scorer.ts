import { SynthproofError } from '../errors.ts';
import { getColumn } from '../table/get-column.ts';
import { isMissing } from '../table/is-missing.ts';
import type { Column, Table } from '../types.ts';
import { createValueSpec } from './create-value-spec.ts';
import type { ValueScorer, ValueScores } from './value-scorer.ts';

/**
 * Takes columns of a table as values, so that profiles and drift verdicts work on numbers as they are.
 *
 * @param table - A table with the columns; it is read only for their names and kinds, so the scorer serves every table
 * that has them.
 * @param columns - Names of number, integer, boolean (0 and 1) or datetime (epoch milliseconds) columns. Default: all
 * number, integer and boolean columns.
 * @returns A scorer of tables. Missing cells get no score.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`; `KIND_MISMATCH` for text and category columns; `EMPTY_INPUT` when
 * there is no column to take.
 * @example
 * const table = createTable([numberColumn('height', [1.8, null]), textColumn('name', ['Ada', 'Eve'])]);
 * const scorer = columnScorer(table);
 * scorer.spec.values[0].id; // => 'height'
 * profileValues(table, scorer).values[0].missing; // => 1
 */
export function columnScorer(table: Table, columns?: readonly string[]): ValueScorer<Table> {
  const names = columns ?? table.columns.filter(isDefault).map((column) => column.name);
  if (names.length === 0)
    throw new SynthproofError(
      'EMPTY_INPUT',
      'columns: expected at least one number, integer, boolean or datetime column, received none',
      { argument: 'columns' },
    );
  for (const name of names) checkKind(getColumn(table, name));
  const spec = createValueSpec({ id: 'columns', version: '1', values: names.map((id) => ({ id })) });
  return {
    id: 'columns/1',
    kind: 'column',
    spec,
    deterministic: true,
    score(input: Table): ValueScores {
      return { rows: input.rowCount, columns: names.map((name) => numbersOf(getColumn(input, name))) };
    },
  };
}

function isDefault(column: Column): boolean {
  return column.kind === 'number' || column.kind === 'integer' || column.kind === 'boolean';
}

function checkKind(column: Column): void {
  if (column.kind === 'text' || column.kind === 'category')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `columns: expected a number, integer, boolean or datetime column, received the ${column.kind} column ${JSON.stringify(column.name)}; score texts with lexiconScorer`,
      { argument: 'columns', column: column.name },
    );
}

function numbersOf(column: Column): Float64Array {
  checkKind(column);
  const source = column as Exclude<Column, { kind: 'text' | 'category' }>;
  const out = new Float64Array(source.values.length);
  for (let i = 0; i < out.length; i++) out[i] = isMissing(column, i) ? Number.NaN : source.values[i]!;
  return out;
}
