import type { JobOptions } from '../types.ts';
import type { ColumnSchema, TableSchema } from './column-schema.ts';
import { blockRows, type CsvFormat, csvReader, readHeader, step } from './internal-csv.ts';
import { countLines, createSpans, scanRows, spanText } from './internal-csv-scan.ts';
import { type InferRules, KindGuess } from './internal-infer.ts';

/** Options of {@link inferSchema}: how the file is written, and how bold guesses may be. */
export interface InferOptions extends CsvFormat, InferRules, JobOptions {}

/**
 * Proposes a schema for a CSV text, reading every row and guessing only where nothing can be lost.
 *
 * A column of present cells becomes, in this order:
 * - `integer`: optional minus, no leading zeros, at most 15 digits; `number`: the same with decimal places, when a
 *   double shows the same digits again (at most 17). Leading zeros, a plus sign, hexadecimal, exponents, thousands
 *   separators, NaN and -0 as a whole number are left alone, however many cells look like numbers;
 * - `boolean`: `true` and `false` in one casing;
 * - `datetime`: only calendar days `YYYY-MM-DD`, or only RFC 3339 instants with an offset;
 * - `category`: at most `maxLevels` distinct values with ten rows per value on average, or at most 20 distinct values
 *   that make up at most three quarters of the cells;
 * - `text`: everything else, and columns without any present cell.
 *
 * Look at the result before relying on it, and pass it to {@link parseCsv} with your corrections.
 *
 * @param text - The whole CSV text with its header.
 * @param options - See {@link InferOptions}.
 * @returns The schema, without labels.
 * @throws {@link SynthproofError} `BAD_CSV` with row and line; `DUPLICATE_COLUMN`; `BAD_OPTION`; `ABORTED`.
 * @example
 * inferSchema('zip,age\n01234,39\n94110,50\n').columns.map((column) => column.kind); // => ['text', 'integer']
 */
export function inferSchema(text: string, options: InferOptions = {}): TableSchema {
  const reader = csvReader(options);
  const { names, next } = readHeader(text, reader, true)!;
  const guesses = names.map(() => new KindGuess(options));
  const limit = blockRows(names.length);
  const spans = createSpans(limit * names.length);
  const lineAt = (position: number): number => 1 + countLines(text, position);
  const onlyEmpty = reader.nullTokens.length === 1 && reader.nullTokens[0] === '';
  let row = 0;
  for (let position = next; position < text.length; position = spans.next) {
    step(options, position, text.length);
    scanRows(spans, text, position, true, names.length, limit, reader.scan, row, lineAt);
    row += spans.rows;
    for (let c = 0; c < names.length; c++) {
      const guess = guesses[c]!;
      for (let cell = c; cell < spans.cells; cell += names.length) {
        const start = spans.starts[cell]!;
        const end = spans.ends[cell]!;
        if (start >= 0 && onlyEmpty) {
          if (start < end) guess.addSpan(text, start, end);
          continue;
        }
        const received = spanText(text, start, end);
        if (start < 0 && !reader.quotedNulls) guess.addQuoted(received);
        else if (!reader.nullTokens.includes(received)) guess.add(received);
      }
    }
  }
  return { columns: names.map((name, c): ColumnSchema => ({ name, ...guesses[c]!.finish() })) };
}
