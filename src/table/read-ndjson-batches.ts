import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import type { TableSchema } from './column-schema.ts';
import { type TextSource, textChunks } from './internal-chunks.ts';
import { skipMark, step } from './internal-csv.ts';
import { NdjsonBuilder } from './internal-ndjson-builder.ts';

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
 * @throws {@link SynthproofError} As {@link parseNdjson}, rows and lines counted from the start of the source; `BAD_TEXT`
 * for bytes that are not UTF-8.
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
  let builder = new NdjsonBuilder(schema, 0, Math.min(batchRows, 8192));
  let pieces: string[] = [];
  let line = 0;
  let row = 0;
  const complete = (): Table => {
    row += builder.rows;
    const table = builder.finish();
    builder = new NdjsonBuilder(schema, row, Math.min(batchRows, 8192));
    return table;
  };
  for await (const chunk of textChunks(source)) {
    step(options, row + builder.rows, 0);
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      line++;
      if (pieces.length > 0 || line === 1) {
        // A line that began in an earlier piece, or the first one, which may start with a byte order mark.
        pieces.push(chunk.slice(start, end));
        const joined = pieces.join('');
        pieces = [];
        builder.addLine(joined, line === 1 ? skipMark(joined) : 0, joined.length, line);
      } else builder.addLine(chunk, start, end, line);
      start = end + 1;
      if (builder.rows === batchRows) yield complete();
    }
    if (start < chunk.length) pieces.push(chunk.slice(start));
  }
  if (pieces.length > 0) {
    const joined = pieces.join('');
    builder.addLine(joined, line === 0 ? skipMark(joined) : 0, joined.length, line + 1);
  }
  if (builder.rows > 0 || row === 0) yield complete();
}
