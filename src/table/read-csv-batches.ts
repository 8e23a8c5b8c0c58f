import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import type { ColumnSchema, TableSchema } from './column-schema.ts';
import { type BuilderContext, type ColumnBuilder, createBuilder } from './internal-builders.ts';
import { type TextSource, textChunks } from './internal-chunks.ts';
import { appendBlock, blockRows, type CsvFormat, csvReader, matchSchema, readHeader, step } from './internal-csv.ts';
import { countLines, createSpans, scanRows } from './internal-csv-scan.ts';

/** Options of {@link readCsvBatches}. */
export interface CsvBatchOptions extends CsvFormat, JobOptions {
  /** What the columns hold. Declare the labels of categories where all batches must share their codes. */
  readonly schema: TableSchema;
  /** Rows of each batch but the last. Default 8192. */
  readonly batchRows?: number | undefined;
}

/**
 * Reads CSV text that arrives in pieces as a series of tables, holding one batch and one piece in memory.
 *
 * The rows are those that {@link parseCsv} reads from the joined text, wherever the pieces are cut. A file without
 * data rows gives one empty table, so that its columns are known.
 *
 * @param source - Strings or UTF-8 bytes: an iterable, an async iterable (a Node stream), or a web ReadableStream.
 * @param options - See {@link CsvBatchOptions}. `onProgress` counts characters; its `total` is 0, unknown.
 * @returns An async generator of tables.
 * @throws {@link SynthproofError} As {@link parseCsv}; `BAD_TEXT` for bytes that are not UTF-8.
 * @example
 * const schema = { columns: [{ name: 'n', kind: 'integer' }] };
 * const sizes = [];
 * for await (const batch of readCsvBatches(['n\n1', '0\n2\n3'], { schema, batchRows: 2 })) sizes.push(batch.rowCount);
 * sizes; // => [2, 1]
 */
export async function* readCsvBatches(
  source: TextSource,
  options: CsvBatchOptions,
): AsyncGenerator<Table, void, undefined> {
  const feed = new CsvFeed(options);
  for await (const chunk of textChunks(source)) {
    step(options, feed.consumed, 0);
    yield* feed.push(chunk, false);
  }
  yield* feed.push('', true);
}

/** The state of a CSV text read in pieces. */
class CsvFeed {
  /** Characters read so far. */
  consumed = 0;
  private readonly options: CsvBatchOptions;
  private readonly reader: ReturnType<typeof csvReader>;
  private readonly batchRows: number;
  private readonly context: BuilderContext & { firstRow: number };
  private readonly spans = createSpans(1024);
  private columns: ColumnSchema[] | undefined = undefined;
  private builders: ColumnBuilder[] = [];
  private waiting: string[] = [];
  private waitingLength = 0;
  /** Length below which another scan of an unfinished row is put off, so that pieces of any size cost linear time. */
  private enough = 0;
  private text = '';
  private lines = 0;
  private row = 0;
  private batchRow = 0;
  private batches = 0;

  constructor(options: CsvBatchOptions) {
    this.options = options;
    this.reader = csvReader(options);
    this.batchRows = options.batchRows ?? 8192;
    if (!(Number.isInteger(this.batchRows) && this.batchRows > 0))
      throw new SynthproofError(
        'BAD_OPTION',
        `batchRows: expected a whole number above 0, received ${this.batchRows}; use 8192`,
        {
          argument: 'batchRows',
        },
      );
    const { nullTokens, quotedNulls } = this.reader;
    this.context = { nullTokens, quotedNulls, lineAt: (position) => this.lineAt(position), firstRow: 0 };
  }

  private lineAt(position: number): number {
    return 1 + this.lines + countLines(this.text, position);
  }

  /** Takes a piece and gives the batches that it completes. */
  *push(chunk: string, final: boolean): Generator<Table, void, undefined> {
    if (chunk !== '') {
      this.waiting.push(chunk);
      this.waitingLength += chunk.length;
      this.consumed += chunk.length;
    }
    if (!final && this.waitingLength < this.enough) return;
    this.text = this.waiting.join('');
    let position = 0;
    if (this.columns === undefined) {
      const header = readHeader(this.text, this.reader, final);
      if (header === null) {
        this.keep(0);
        return;
      }
      this.columns = matchSchema(header.names, this.options.schema, 'the file');
      position = header.next;
      this.start();
    }
    const width = this.columns.length;
    for (;;) {
      const limit = Math.min(blockRows(width), this.batchRows - this.batchRow);
      scanRows(this.spans, this.text, position, final, width, limit, this.reader.scan, this.row, (at) =>
        this.lineAt(at),
      );
      const { rows, next } = this.spans;
      appendBlock(this.builders, this.text, this.spans, width);
      this.batchRow += rows;
      this.row += rows;
      position = next;
      if (this.batchRow === this.batchRows) yield this.finish();
      if (rows < limit) break;
    }
    if (final && (this.batchRow > 0 || this.batches === 0)) yield this.finish();
    this.keep(position);
  }

  /** Lets go of the text before a position. */
  private keep(position: number): void {
    this.lines += countLines(this.text, position);
    const tail = this.text.slice(position);
    this.waiting = tail === '' ? [] : [tail];
    this.waitingLength = tail.length;
    this.enough = 2 * tail.length;
    this.text = '';
  }

  private start(): void {
    this.context.firstRow = this.row;
    this.batchRow = 0;
    const capacity = Math.min(this.batchRows, 8192);
    // The context is copied: a builder's first row must not move with the next batch.
    this.builders = this.columns!.map((column) => createBuilder(column, { ...this.context }, capacity));
  }

  private finish(): Table {
    const table = { rowCount: this.batchRow, columns: this.builders.map((builder) => builder.finish()) };
    this.batches++;
    this.start();
    return table;
  }
}
