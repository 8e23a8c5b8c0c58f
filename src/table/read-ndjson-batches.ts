import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import type { TableSchema } from './column-schema.ts';
import { fromRecords } from './from-records.ts';
import { type TextSource, textChunks } from './internal-chunks.ts';
import { skipMark, step } from './internal-csv.ts';
import { isBlankLine, recordOfLine } from './internal-ndjson.ts';

/** Options of {@link readNdjsonBatches}. */
export interface NdjsonBatchOptions extends JobOptions {
  /** What the columns hold. */
  readonly schema: TableSchema;
  /** Rows of each batch but the last. Default 8192. */
  readonly batchRows?: number | undefined;
}

/**
 * Reads newline-delimited JSON that arrives in pieces as a series of tables, holding one batch and one piece in memory.
 *
 * @param source - Strings or UTF-8 bytes: an iterable, an async iterable (a Node stream), or a web ReadableStream.
 * @param options - See {@link NdjsonBatchOptions}. `onProgress` counts rows; its `total` is 0, unknown.
 * @returns An async generator of tables; one empty table when there are no rows.
 * @throws {@link SynthproofError} As {@link parseNdjson}; `BAD_TEXT` for bytes that are not UTF-8; rows in errors
 * about single values count within the batch.
 * @example
 * const schema = { columns: [{ name: 'n', kind: 'integer' }] };
 * const sizes = [];
 * for await (const batch of readNdjsonBatches(['{"n":1}\n{"n"', ':2}'], { schema })) sizes.push(batch.rowCount);
 * sizes; // => [2]
 */
export async function* readNdjsonBatches(
  source: TextSource,
  options: NdjsonBatchOptions,
): AsyncGenerator<Table, void, undefined> {
  const { schema, batchRows = 8192 } = options;
  if (!(Number.isInteger(batchRows) && batchRows > 0))
    throw new SynthproofError(
      'BAD_OPTION',
      `batchRows: expected a whole number above 0, received ${batchRows}; use 8192`,
      {
        argument: 'batchRows',
      },
    );
  let records: Readonly<Record<string, unknown>>[] = [];
  let pieces: string[] = [];
  let line = 0;
  let row = 0;
  const take = (content: string): void => {
    const body = line === 0 ? content.slice(skipMark(content)) : content;
    line++;
    if (!isBlankLine(body)) records.push(recordOfLine(body, row++, line));
  };
  for await (const chunk of textChunks(source)) {
    step(options, row, 0);
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      pieces.push(chunk.slice(start, end));
      take(pieces.length === 1 ? pieces[0]! : pieces.join(''));
      pieces = [];
      start = end + 1;
      if (records.length === batchRows) {
        yield fromRecords(records, { schema });
        records = [];
      }
    }
    if (start < chunk.length) pieces.push(chunk.slice(start));
  }
  if (pieces.length > 0) take(pieces.join(''));
  if (records.length > 0 || row === 0) yield fromRecords(records, { schema });
}
