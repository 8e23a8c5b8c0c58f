import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { isPresent } from './internal-bitmap.ts';
import { columnTexts, numberText, wellFormed } from './internal-write.ts';

/**
 * Writes a table as newline-delimited JSON, one object per row with every column in order, that {@link parseNdjson}
 * reads back to an equal table, given `schema: schemaOf(table)`.
 *
 * Missing cells are null; datetimes are strings; NaN and the infinities are the strings `"NaN"`, `"Infinity"`,
 * `"-Infinity"`; whole numbers beyond 2^53 - 1 are written with an exponent.
 *
 * @param table - A table with at least one column.
 * @returns The text, each line ended with `\n`.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a table without columns; `BAD_TEXT` for a lone surrogate, which
 * UTF-8 cannot carry; `BAD_COLUMN` for a column named `__proto__`.
 * @example
 * formatNdjson(fromRecords([{ a: 1, b: null }, { a: 2, b: 'x' }])); // => '{"a":1,"b":null}\n{"a":2,"b":"x"}\n'
 */
export function formatNdjson(table: Table): string {
  if (table.columns.length === 0)
    throw new SynthproofError('EMPTY_INPUT', 'table: expected at least one column, received none; add a column', {
      argument: 'table',
    });
  const keys = table.columns.map((column, c) => {
    if (column.name === '__proto__')
      throw new SynthproofError('BAD_COLUMN', 'table: a column is named "__proto__"; rename it with renameColumns', {
        argument: 'table',
        column: column.name,
      });
    return `${c === 0 ? '{' : ','}${JSON.stringify(wellFormed(column.name, column.name, -1))}:`;
  });
  const cells = table.columns.map(jsonCells);
  const lines: string[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    let line = '';
    for (let c = 0; c < cells.length; c++) line += keys[c]! + cells[c]!(row);
    lines.push(`${line}}\n`);
  }
  return lines.join('');
}

function jsonCells(column: Column): (row: number) => string {
  if (column.kind === 'category') {
    const labels = column.labels.map((label) => JSON.stringify(wellFormed(label, column.name, -1)));
    return (row) => (column.codes[row]! < 0 ? 'null' : labels[column.codes[row]!]!);
  }
  if (column.kind === 'number')
    return (row) => (isPresent(column.validity, row) ? jsonNumber(column.values[row]!) : 'null');
  const text = columnTexts(column);
  const quoted = column.kind === 'text' || column.kind === 'datetime';
  return (row) => {
    const cell = text(row);
    if (cell === null) return 'null';
    return quoted ? JSON.stringify(wellFormed(cell, column.name, row)) : cell;
  };
}

function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : numberText(value);
}
