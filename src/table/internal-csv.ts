import { SynthproofError } from '../errors.ts';
import type { JobOptions, Table } from '../types.ts';
import type { ColumnSchema, TableSchema } from './column-schema.ts';
import { type BuilderContext, type ColumnBuilder, createBuilder } from './internal-builders.ts';
import { countLines, createSpans, type ScanOptions, scanRows, spanText } from './internal-csv-scan.ts';
import { nearest, shown } from './internal-text.ts';

/** How a CSV file is written. */
export interface CsvFormat {
  /** The character between cells: one character, no quote, line break or NUL. Default `,`. */
  readonly delimiter?: string | undefined;
  /**
   * Unquoted cells that are missing, compared exactly. Default `['']`, so that an empty cell is missing while a quoted
   * empty cell `""` is the empty text (or missing, in a column that cannot hold text).
   */
  readonly nullTokens?: readonly string[] | undefined;
  /** Compare quoted cells with the null tokens too. Default false. */
  readonly quotedNulls?: boolean | undefined;
  /** Column names of a file that has no header line. Default: the first row holds them. */
  readonly header?: readonly string[] | undefined;
  /** Cut spaces and tabs around unquoted cells and header names. Default false: they are part of the cell. */
  readonly trim?: boolean | undefined;
  /** Take a quote inside an unquoted cell as text. Default false: it is refused. */
  readonly looseQuotes?: boolean | undefined;
}

/** Rows that are built before the next column's turn: few enough for the spans of all columns to stay in the cache. */
export function blockRows(width: number): number {
  return Math.max(1, Math.min(2048, Math.floor(32_768 / width)));
}

/** Options that have been checked. */
export interface CsvReader {
  /** How to find cells. */
  readonly scan: ScanOptions;
  /** See {@link CsvFormat.nullTokens}. */
  readonly nullTokens: readonly string[];
  /** See {@link CsvFormat.quotedNulls}. */
  readonly quotedNulls: boolean;
  /** Names given beside the file. */
  readonly header: readonly string[] | undefined;
}

/** Checks the options of a CSV file. */
export function csvReader(options: CsvFormat): CsvReader {
  const {
    delimiter = ',',
    nullTokens = [''],
    quotedNulls = false,
    header,
    trim = false,
    looseQuotes = false,
  } = options;
  checkDelimiter(delimiter);
  return { scan: { delimiter: delimiter.charCodeAt(0), trim, looseQuotes }, nullTokens, quotedNulls, header };
}

/** Refuses a delimiter that could not be told from the rest of a file. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter.length !== 1 || '"\n\r\0\uFEFF'.includes(delimiter))
    throw new SynthproofError(
      'BAD_OPTION',
      `delimiter: expected one character other than a quote, line break or NUL, received ${shown(delimiter)}; use ',', ';' or a tab`,
      { argument: 'delimiter' },
    );
}

/** Position after a byte order mark. */
export function skipMark(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** Names of the columns and the position of the first data row; null when the text may still cut the header short. */
export function readHeader(text: string, reader: CsvReader, final: boolean): { names: string[]; next: number } | null {
  const from = skipMark(text);
  let names: string[];
  let next = from;
  if (reader.header !== undefined) names = [...reader.header];
  else {
    const spans = createSpans(64);
    scanRows(spans, text, from, final, 0, 1, reader.scan, -1, (position) => 1 + countLines(text, position));
    if (spans.rows === 0) {
      if (!final) return null;
      throw new SynthproofError(
        'BAD_CSV',
        'text: expected a header line with the column names, received an empty text; add one, or pass `header`',
        { argument: 'text' },
      );
    }
    names = [];
    for (let i = 0; i < spans.cells; i++) names.push(spanText(text, spans.starts[i]!, spans.ends[i]!));
    next = spans.next;
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new SynthproofError(
        'DUPLICATE_COLUMN',
        `text: the header names ${shown(name)} twice; rename one of the columns in the file, or remove the header line and pass \`header\``,
        { argument: reader.header === undefined ? 'text' : 'header', column: name },
      );
    seen.add(name);
  }
  return { names, next };
}

/** The declared columns in the source's order. */
export function matchSchema(names: readonly string[], schema: TableSchema, source: string): ColumnSchema[] {
  const declared = new Map(schema.columns.map((column) => [column.name, column]));
  const present = new Set(names);
  const absent = schema.columns.filter((column) => !present.has(column.name));
  const extra = names.filter((name) => !declared.has(name));
  if (absent.length > 0 || extra.length > 0) {
    const parts: string[] = [];
    for (const column of absent.slice(0, 6)) {
      const near = nearest(column.name, extra.slice(0, 200));
      parts.push(
        `column ${shown(column.name)} is declared but not in ${source}${near === undefined ? '' : ` (did you mean ${shown(near)}?)`}`,
      );
    }
    for (const name of extra.slice(0, 6)) parts.push(`column ${shown(name)} is in ${source} but not declared`);
    const differences = absent.length + extra.length;
    throw new SynthproofError(
      'SCHEMA_MISMATCH',
      `schema: ${parts.slice(0, 6).join('; ')}${differences > 6 ? `; and ${differences - 6} more` : ''}; let both name the same columns`,
      { argument: 'schema', column: absent[0]?.name ?? extra[0] },
    );
  }
  return names.map((name) => declared.get(name)!);
}

/** Reads all data rows of a complete text into columns of declared kinds. */
export function buildTable(
  text: string,
  from: number,
  columns: readonly ColumnSchema[],
  reader: CsvReader,
  job: JobOptions,
): Table {
  const lineAt = (position: number): number => 1 + countLines(text, position);
  const context: BuilderContext = {
    nullTokens: reader.nullTokens,
    quotedNulls: reader.quotedNulls,
    lineAt,
    firstRow: 0,
  };
  const width = columns.length;
  const limit = blockRows(width);
  const spans = createSpans(limit * width);
  let builders: ColumnBuilder[] | undefined;
  let rowCount = 0;
  let position = from;
  for (;;) {
    scanRows(spans, text, position, true, width, limit, reader.scan, rowCount, lineAt);
    if (builders === undefined) {
      // Room for as many rows as the first block's mean length promises, and a little more.
      const read = Math.max(1, spans.next - from);
      const expected =
        spans.next >= text.length ? spans.rows : Math.ceil(((text.length - from) / read) * spans.rows * 1.05) + 64;
      builders = columns.map((column) => createBuilder(column, context, expected));
    }
    appendBlock(builders, text, spans, width);
    rowCount += spans.rows;
    position = spans.next;
    if (position >= text.length) break;
    step(job, position, text.length);
  }
  return { rowCount, columns: builders.map((builder) => builder.finish()) };
}

/** Hands a block of rows to the builders, one column at a time so that each inner loop sees one kind of cell. */
export function appendBlock(
  builders: readonly ColumnBuilder[],
  text: string,
  spans: { starts: Int32Array; ends: Int32Array; rows: number },
  width: number,
): void {
  for (let c = 0; c < builders.length; c++) builders[c]!.append(text, spans.starts, spans.ends, c, width, spans.rows);
}

/** Reports progress in characters and stops when asked to. */
export function step(job: JobOptions, done: number, total: number): void {
  job.onProgress?.({ stage: 'read', done, total });
  if (job.signal?.aborted === true)
    throw new SynthproofError('ABORTED', 'signal: reading was aborted; nothing was returned', { argument: 'signal' });
}
