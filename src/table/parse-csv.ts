import type { JobOptions, Table } from '../types.ts';
import type { TableSchema } from './column-schema.ts';
import { inferSchema } from './infer-schema.ts';
import { buildTable, type CsvFormat, csvReader, matchSchema, readHeader } from './internal-csv.ts';
import type { InferRules } from './internal-infer.ts';

/** Options of {@link parseCsv}. */
export interface ParseCsvOptions extends CsvFormat, InferRules, JobOptions {
  /** What the columns hold. Default: what {@link inferSchema} finds; {@link schemaOf} of the result tells. */
  readonly schema?: TableSchema | undefined;
}

/**
 * Reads a CSV text (RFC 4180) into a table. Nothing is altered silently: a cell that does not fit its column's kind,
 * or that a double would round, is refused with its row and line.
 *
 * Rows end with CRLF, LF or a lone CR; a byte order mark is skipped; quoted cells may hold delimiters, line breaks and
 * doubled quotes. Empty lines are skipped where a row has two cells or more (in a single column they are missing
 * cells). Under a declared schema integers may have a sign and leading zeros, numbers also exponents, `NaN`,
 * `Infinity` and `-Infinity`, booleans may be `1` and `0`.
 *
 * @param text - The whole text. {@link readCsvBatches} reads text in pieces.
 * @param options - See {@link ParseCsvOptions}.
 * @returns The table, columns in the file's order.
 * @throws {@link SynthproofError} `BAD_CSV` for ragged rows and broken quoting; `BAD_VALUE` for a cell that does not
 * fit; `DUPLICATE_COLUMN`; `SCHEMA_MISMATCH` when header and schema name different columns; `BAD_OPTION`; `ABORTED`.
 * @example
 * const table = parseCsv('age,sex\n39,M\n,F\n51,M\n');
 * toRecords(table); // => [{ age: 39, sex: 'M' }, { age: null, sex: 'F' }, { age: 51, sex: 'M' }]
 */
export function parseCsv(text: string, options: ParseCsvOptions = {}): Table {
  const reader = csvReader(options);
  const schema = options.schema ?? inferSchema(text, options);
  const { names, next } = readHeader(text, reader, true)!;
  return buildTable(text, next, matchSchema(names, schema, 'the file'), reader, options);
}
