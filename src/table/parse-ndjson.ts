import type { JobOptions, Table } from '../types.ts';
import type { FromValuesOptions } from './from-columns.ts';
import { fromRecords } from './from-records.ts';
import { skipMark, step } from './internal-csv.ts';
import { isBlankLine, recordOfLine } from './internal-ndjson.ts';
import { NdjsonBuilder } from './internal-ndjson-builder.ts';

/** Options of {@link parseNdjson}. */
export interface ParseNdjsonOptions extends FromValuesOptions, JobOptions {}

/**
 * Reads newline-delimited JSON, one object per line, into a table.
 *
 * Lines are parsed strictly: duplicate keys, lone surrogates and whole numbers beyond 2^53 - 1 are refused. Blank lines
 * are skipped; an absent key and null are missing cells. Without a schema values keep their JSON type, so the string
 * "01234" stays a string; with one, datetimes are read from strings, and `"NaN"`, `"Infinity"`, `"-Infinity"` as
 * numbers.
 *
 * @param text - The whole text.
 * @param options - See {@link ParseNdjsonOptions}.
 * @returns The table.
 * @throws {@link SynthproofError} `BAD_JSON` with the line; `BAD_VALUE`; `SCHEMA_MISMATCH`; `ABORTED`.
 * @example
 * const table = parseNdjson('{"age":39,"zip":"01234"}\n{"age":null}\n');
 * toRecords(table); // => [{ age: 39, zip: '01234' }, { age: null, zip: null }]
 */
export function parseNdjson(text: string, options: ParseNdjsonOptions = {}): Table {
  const { schema } = options;
  const builder = schema === undefined ? undefined : new NdjsonBuilder(schema, 0, 1024);
  const records: Readonly<Record<string, unknown>>[] = [];
  let line = 0;
  for (let start = skipMark(text); start < text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed < 0 ? text.length : lineFeed;
    line++;
    if (builder !== undefined) builder.addLine(text, start, end, line);
    else {
      const content = text.slice(start, end);
      if (!isBlankLine(content)) records.push(recordOfLine(content, records.length, line));
    }
    start = end + 1;
    if ((line & 4095) === 0) step(options, start, text.length);
  }
  return builder === undefined ? fromRecords(records, options) : builder.finish();
}
