import { SynthproofError } from '../errors.ts';
import { shown } from './internal-text.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Where the cells of some rows lie in a text. A negative (complemented) start marks a quoted cell, a negative end one
 * whose doubled quotes are still doubled.
 */
export interface CellSpans {
  /** Position of each cell's first character, row after row; `~position` for a quoted cell (after its quote). */
  starts: Int32Array;
  /** Position after each cell's last character; `~position` when the cell holds doubled quotes. */
  ends: Int32Array;
  /** Number of cells found. */
  cells: number;
  /** Number of rows found. */
  rows: number;
  /** Position of the first row not found. */
  next: number;
}

/** How to read rows. */
export interface ScanOptions {
  /** Code unit that separates cells. */
  readonly delimiter: number;
  /** Cut spaces and tabs around unquoted cells. */
  readonly trim: boolean;
  /** Take a quote inside an unquoted cell as text. */
  readonly looseQuotes: boolean;
}

/** Empty spans with room for some cells. */
export function createSpans(cells: number): CellSpans {
  return { starts: new Int32Array(cells), ends: new Int32Array(cells), cells: 0, rows: 0, next: 0 };
}

/**
 * Finds the cells of up to `limit` rows from position `from` (RFC 4180; a row ends with CRLF, LF, a lone CR, or the
 * text). Unless `final`, a row that the text may cut short is left for the next call.
 *
 * @param width - Cells per row, checked; 0 to read one row of any width.
 * @param firstRow - Data row number of the first row, for errors; -1 for the header.
 * @param firstLine - Function giving the 1-based line of a position, for errors.
 */
export function scanRows(
  out: CellSpans,
  text: string,
  from: number,
  final: boolean,
  width: number,
  limit: number,
  options: ScanOptions,
  firstRow: number,
  lineAt: (position: number) => number,
): void {
  const { delimiter, trim, looseQuotes } = options;
  // Letters and digits lie above every special character but a delimiter such as ';' or '|': one comparison skips them.
  const highest = Math.max(delimiter, QUOTE);
  const length = text.length;
  let { starts, ends } = out;
  let capacity = starts.length;
  let cell = 0;
  let rows = 0;
  let position = from;
  let rowStart = from;
  scan: while (position < length && rows < limit) {
    rowStart = position;
    let code = text.charCodeAt(position);
    if ((code === LF || code === CR) && width !== 1) {
      if (code === CR && position + 1 === length && !final) break;
      position += code === CR && text.charCodeAt(position + 1) === LF ? 2 : 1;
      continue;
    }
    const rowCell = cell;
    for (;;) {
      if (cell === capacity) {
        capacity = Math.max(64, capacity * 2);
        starts = out.starts = widened(starts, capacity);
        ends = out.ends = widened(ends, capacity);
      }
      if (position < length && text.charCodeAt(position) === QUOTE) {
        const open = position + 1;
        let close = text.indexOf('"', open);
        let doubled = false;
        while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
          doubled = true;
          close = text.indexOf('"', close + 2);
        }
        if (close < 0 || (close + 1 === length && !final)) {
          if (final) throw unclosed(firstRow + rows, lineAt(open));
          cell = rowCell;
          position = rowStart;
          break scan;
        }
        starts[cell] = ~open;
        ends[cell++] = doubled ? ~close : close;
        position = close + 1;
        if (trim) while (text.charCodeAt(position) !== delimiter && isBlank(text.charCodeAt(position))) position++;
        code = position < length ? text.charCodeAt(position) : LF;
        if (code !== delimiter && code !== LF && code !== CR)
          throw strayQuote(
            firstRow + rows,
            lineAt(position),
            'after a closing quote',
            text.slice(position, position + 20),
          );
      } else {
        let start = position;
        code = LF;
        while (position < length) {
          code = text.charCodeAt(position);
          if (code <= highest) {
            if (code === delimiter || code === LF || code === CR) break;
            if (code === QUOTE && !looseQuotes) {
              if (trim && text.slice(start, position).trim() === '') break;
              throw strayQuote(firstRow + rows, lineAt(position), 'in an unquoted cell', text.slice(start, start + 20));
            }
          }
          position++;
        }
        if (code === QUOTE && position < length) continue; // blanks before an opening quote, with `trim`
        let end = position;
        if (trim) {
          while (start < end && isBlank(text.charCodeAt(start))) start++;
          while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
        }
        starts[cell] = start;
        ends[cell++] = end;
      }
      if (position >= length) {
        if (!final) {
          cell = rowCell;
          position = rowStart;
          break scan;
        }
        break;
      }
      position++;
      if (code === delimiter) continue;
      if (code === CR) {
        if (position === length && !final) {
          cell = rowCell;
          position = rowStart;
          break scan;
        }
        if (text.charCodeAt(position) === LF) position++;
      }
      break;
    }
    if (width !== 0 && cell - rowCell !== width) throw ragged(firstRow + rows, lineAt(rowStart), width, cell - rowCell);
    rows++;
  }
  out.cells = cell;
  out.rows = rows;
  out.next = position;
}

/** The text of a cell. */
export function spanText(text: string, start: number, end: number): string {
  if (start >= 0) return text.slice(start, end);
  return end >= 0 ? text.slice(~start, end) : text.slice(~start, ~end).replaceAll('""', '"');
}

/** Number of line ends (CRLF, LF, lone CR) before a position. */
export function countLines(text: string, end: number): number {
  let lines = 0;
  if (!text.includes('\r')) {
    // The engine's own search is several times as fast as a loop.
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
    return lines;
  }
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) lines++;
  }
  return lines;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function widened(from: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity);
  wider.set(from);
  return wider;
}

function place(row: number): string {
  return row < 0 ? 'the header' : `data row ${row + 1}`;
}

function ragged(row: number, line: number, expected: number, received: number): SynthproofError {
  return new SynthproofError(
    'BAD_CSV',
    `text: ${place(row)} (line ${line}): expected ${expected} cells as in the header, received ${received}; quote cells that hold the delimiter or a line break, or check the \`delimiter\` option`,
    { argument: 'text', row },
  );
}

function unclosed(row: number, line: number): SynthproofError {
  return new SynthproofError(
    'BAD_CSV',
    `text: ${place(row)} (line ${line}): expected a closing quote, received the end of the text; close the cell, and double each quote inside it`,
    { argument: 'text', row },
  );
}

function strayQuote(row: number, line: number, where: string, near: string): SynthproofError {
  return new SynthproofError(
    'BAD_CSV',
    `text: ${place(row)} (line ${line}): expected a delimiter or line end, received a lone quote or text ${where} near ${shown(near)}; quote the whole cell and double each quote inside it, or set \`looseQuotes\``,
    { argument: 'text', row },
  );
}
