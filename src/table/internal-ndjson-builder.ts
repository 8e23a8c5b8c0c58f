import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { sortLabels } from './category-column.ts';
import type { ColumnSchema, TableSchema } from './column-schema.ts';
import { MissingRows } from './internal-bitmap.ts';
import { datetimeCell, numberCell } from './internal-cells.ts';
import { epochTime, labelIndex, strangeLabel, wholeNumber } from './internal-checks.ts';
import { badCell } from './internal-error.ts';
import { isBlankLine, recordOfLine } from './internal-ndjson.ts';
import { POWERS_OF_TEN } from './internal-numbers.ts';
import { detached, nearest, shown } from './internal-text.ts';
import { parseDatetime } from './parse-datetime.ts';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const CLOSE = 125;

/**
 * Turns lines of JSON objects into columns of declared kinds.
 *
 * Plain lines (no escapes, surrogates, exponents in odd places or nested values) are read straight into the columns.
 * Every other line goes through the strict parser, which says what is wrong with it, or that nothing is.
 */
export class NdjsonBuilder {
  /** Rows taken so far. */
  rows = 0;
  private readonly columns: readonly CellStore[];
  private readonly byName = new Map<string, number>();
  /** The column that stood at each place of the line before: keys mostly keep their order. */
  private readonly order: Int32Array;
  private readonly firstRow: number;
  private at = 0;

  /** @param firstRow - Row number of the builder's first row, for errors. */
  constructor(schema: TableSchema, firstRow: number, capacity: number) {
    this.columns = schema.columns.map((column) => new CellStore(column, capacity));
    this.firstRow = firstRow;
    this.order = Int32Array.from(schema.columns, (_, c) => c);
    schema.columns.forEach((column, c) => {
      if (this.byName.has(column.name))
        throw new SynthproofError(
          'DUPLICATE_COLUMN',
          `schema: the name ${shown(column.name)} occurs twice; declare each column once`,
          { argument: 'schema', column: column.name },
        );
      this.byName.set(column.name, c);
    });
  }

  /** Takes the line in [start, end) as a row, or skips it when it is blank. */
  addLine(text: string, start: number, end: number, line: number): void {
    const { columns, rows } = this;
    if (start === end) return;
    if (!this.readPlain(text, start)) {
      const body = text.slice(start, end);
      if (isBlankLine(body)) return;
      this.addRecord(recordOfLine(body, this.firstRow + rows, line), line);
    }
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c]!;
      if (column.filled !== rows) column.miss(rows);
    }
    this.rows++;
  }

  /** The table of all rows. */
  finish(): Table {
    return { rowCount: this.rows, columns: this.columns.map((column) => column.finish(this.rows)) };
  }

  private addRecord(record: Readonly<Record<string, unknown>>, line: number): void {
    const row = this.firstRow + this.rows;
    for (const name of Object.keys(record)) {
      const c = this.byName.get(name);
      if (c === undefined) {
        const near = nearest(name, [...this.byName.keys()].slice(0, 200));
        throw new SynthproofError(
          'SCHEMA_MISMATCH',
          `schema: column ${shown(name)} is in line ${line} but not declared${near === undefined ? '' : ` (did you mean ${shown(near)}?)`}; let both name the same columns`,
          { argument: 'schema', column: name, row },
        );
      }
      this.columns[c]!.setValue(this.rows, record[name], row, line);
    }
  }

  /** Reads a plain line; false when the line is not, with cells of the row already written that will be again. */
  private readPlain(text: string, start: number): boolean {
    const { columns, order, rows } = this;
    let at = blanks(text, start);
    if (text.charCodeAt(at) !== 123) return false;
    at = blanks(text, at + 1);
    for (let place = 0; ; place++) {
      if (place === 0 && text.charCodeAt(at) === CLOSE) break;
      if (place === columns.length || text.charCodeAt(at) !== QUOTE) return false;
      let column = columns[order[place]!]!;
      const { name } = column;
      let k = 0;
      while (k < name.length && text.charCodeAt(at + 1 + k) === name.charCodeAt(k)) k++;
      if (k === name.length && column.plainName && text.charCodeAt(at + 1 + k) === QUOTE) at += k + 2;
      else {
        const close = plainString(text, at + 1);
        const c = close < 0 ? undefined : this.byName.get(text.slice(at + 1, close));
        if (c === undefined) return false;
        order[place] = c;
        column = columns[c]!;
        at = close + 1;
      }
      if (column.filled === rows) return false; // a key that comes twice: the strict parser refuses it
      at = blanks(text, at);
      if (text.charCodeAt(at) !== COLON) return false;
      at = blanks(text, at + 1);
      const first = text.charCodeAt(at);
      if (first === QUOTE) {
        let close = plainString(text, at + 1);
        const escaped = close < 0;
        if (escaped) close = escapedString(text, at + 1);
        if (close < 0) return false;
        const value = escaped ? (JSON.parse(text.slice(at, close + 1)) as string) : text.slice(at + 1, close);
        if (!column.setText(rows, value)) return false;
        at = close + 1;
      } else if (first === 45 || (first >= 48 && first <= 57)) {
        this.at = at;
        if (!column.setNumber(rows, this.readNumber(text))) return false;
        at = this.at;
      } else if (first === 116 && text.startsWith('true', at) && column.code === BOOLEAN) {
        column.setFlag(rows, 1);
        at += 4;
      } else if (first === 102 && text.startsWith('false', at) && column.code === BOOLEAN) {
        column.setFlag(rows, 0);
        at += 5;
      } else if (first === 110 && text.startsWith('null', at)) {
        column.miss(rows);
        at += 4;
      } else return false;
      at = blanks(text, at);
      const next = text.charCodeAt(at);
      if (next === COMMA) at = blanks(text, at + 1);
      else if (next === CLOSE) break;
      else return false;
    }
    const next = text.charCodeAt(blanks(text, at + 1));
    return next === 10 || Number.isNaN(next);
  }

  /** The number at `this.at`, which moves behind it; NaN when it needs the strict parser. */
  private readNumber(text: string): number {
    const start = this.at;
    let at = start;
    let code = text.charCodeAt(at);
    const negative = code === 45;
    if (negative) code = text.charCodeAt(++at);
    const first = at;
    let mantissa = 0;
    while (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      code = text.charCodeAt(++at);
    }
    let digits = at - first;
    if (digits === 0 || (digits > 1 && text.charCodeAt(first) === 48)) return Number.NaN;
    let places = 0;
    if (code === 46) {
      const point = at;
      code = text.charCodeAt(++at);
      while (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + (code - 48);
        code = text.charCodeAt(++at);
      }
      places = at - point - 1;
      if (places === 0) return Number.NaN;
      digits += places;
    }
    this.at = at;
    if ((code | 32) === 101) return Number.NaN;
    if (digits <= 15) {
      // An exact integer over an exact power of ten, rounded once.
      const value = places === 0 ? mantissa : mantissa / POWERS_OF_TEN[places]!;
      return negative ? -value : value;
    }
    // Long whole numbers may exceed 2^53 - 1. A decimal of this form cannot overflow unless it is absurdly long.
    return places === 0 || digits > 300 ? Number.NaN : Number(text.slice(start, at));
  }
}

/** Position of the first character from `at` that is no space, tab or carriage return. */
function blanks(text: string, at: number): number {
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code !== 32 && code !== 9 && code !== 13) return position;
    position++;
  }
}

/** Position of the quote that ends a string without escapes, control characters and surrogates; -1 for any other. */
function plainString(text: string, at: number): number {
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) return position;
    // NaN, past the end, fails the comparison too.
    if (!(code >= 32 && code < 0xd800) || code === 92) return -1;
    position++;
  }
}

/** As {@link plainString} with the escapes of one letter: those of four digits may hide a lone surrogate. */
function escapedString(text: string, at: number): number {
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) return position;
    if (!(code >= 32 && code < 0xd800)) return -1;
    if (code === 92 && !'"\\/bfnrt'.includes(text.charAt(++position) || 'u')) return -1;
    position++;
  }
}

const NUMBER = 0;
const INTEGER = 1;
const DATETIME = 2;
const BOOLEAN = 3;
const CATEGORY = 4;
const TEXT = 5;
const CODES = {
  number: NUMBER,
  integer: INTEGER,
  datetime: DATETIME,
  boolean: BOOLEAN,
  category: CATEGORY,
  text: TEXT,
};

/** The cells of one column. One class for all kinds keeps the line reader's property reads monomorphic. */
class CellStore {
  readonly name: string;
  /** The kind, as a number. */
  readonly code: number;
  /** Whether the name stands in JSON as it is. */
  readonly plainName: boolean;
  /** The last row that was given a cell. */
  filled = -1;
  private readonly schema: ColumnSchema;
  private doubles: Float64Array;
  private codes: Int32Array;
  private flags: Uint8Array;
  private readonly texts: string[] = [];
  private readonly index: Map<string, number>;
  private readonly missing = new MissingRows();

  constructor(schema: ColumnSchema, capacity: number) {
    this.schema = schema;
    this.name = schema.name;
    this.code = CODES[schema.kind];
    this.plainName = plainString(`${schema.name}"`, 0) === schema.name.length;
    this.index = labelIndex(schema.name, schema.labels ?? []);
    this.doubles = new Float64Array(this.code <= DATETIME ? capacity : 0);
    this.codes = new Int32Array(this.code === CATEGORY ? capacity : 0);
    this.flags = new Uint8Array(this.code === BOOLEAN ? capacity : 0);
  }

  /** A cell without value. */
  miss(row: number): void {
    this.missing.mark(row);
    if (this.code <= DATETIME) this.setDouble(row, Number.NaN);
    else if (this.code === CATEGORY) this.setCode(row, -1);
    else if (this.code === TEXT) this.texts[row] = '';
    else this.setFlag(row, 0);
    this.filled = row;
  }

  /** A finite number; false when this column cannot take it as it is. */
  setNumber(row: number, value: number): boolean {
    if (Number.isNaN(value)) return false;
    if (this.code === NUMBER) this.setDouble(row, value);
    else if (this.code === INTEGER && Number.isSafeInteger(value)) this.setDouble(row, value + 0);
    else return false;
    this.filled = row;
    return true;
  }

  /** A string; false when this column cannot take it as it is. */
  setText(row: number, value: string): boolean {
    if (this.code === TEXT) this.texts[row] = value;
    else if (this.code === CATEGORY) {
      let code = this.index.get(value);
      if (code === undefined) {
        if (this.schema.labels !== undefined) return false;
        code = this.index.size;
        this.index.set(detached(value), code);
      }
      this.setCode(row, code);
    } else if (this.code === DATETIME) {
      const time = parseDatetime(value, this.schema.unit ?? 'millisecond');
      if (time === null) return false;
      this.setDouble(row, time);
    } else return false;
    this.filled = row;
    return true;
  }

  /** 1 for true, 0 for false. */
  setFlag(row: number, value: number): void {
    if (row >= this.flags.length) {
      const wider = new Uint8Array(2 * row + 64);
      wider.set(this.flags);
      this.flags = wider;
    }
    this.flags[row] = value;
    this.filled = row;
  }

  /** Any value, or `BAD_VALUE` with the row of the file and the line. */
  setValue(row: number, value: unknown, fileRow: number, line: number): void {
    const { name, unit = 'millisecond', labels } = this.schema;
    if (value === null) {
      this.miss(row);
      return;
    }
    if (this.code === NUMBER) this.setDouble(row, numberCell(name, fileRow, value, 'number', line)!);
    else if (this.code === INTEGER)
      this.setDouble(row, wholeNumber(name, fileRow, numberCell(name, fileRow, value, 'integer', line), line));
    else if (this.code === DATETIME)
      this.setDouble(row, epochTime(name, fileRow, datetimeCell(name, fileRow, value, unit, line)!, unit, line));
    else if (this.code === BOOLEAN) {
      if (typeof value !== 'boolean')
        throw badCell(name, fileRow, 'true, false or null', value, 'mend the line, or declare another kind', line);
      this.setFlag(row, value ? 1 : 0);
    } else if (typeof value !== 'string')
      throw badCell(name, fileRow, 'a string or null', value, 'mend the line, or declare another kind', line);
    else if (!this.setText(row, value)) throw strangeLabel(name, fileRow, value, labels!.length, line);
    this.filled = row;
  }

  private setDouble(row: number, value: number): void {
    if (row >= this.doubles.length) {
      const wider = new Float64Array(2 * row + 64);
      wider.set(this.doubles);
      this.doubles = wider;
    }
    this.doubles[row] = value;
  }

  private setCode(row: number, value: number): void {
    if (row >= this.codes.length) {
      const wider = new Int32Array(2 * row + 64);
      wider.set(this.codes);
      this.codes = wider;
    }
    this.codes[row] = value;
  }

  /** The column of so many rows. */
  finish(rows: number): Column {
    const { name, schema } = this;
    const validity = this.missing.validity(rows);
    const rest = validity === undefined ? { name } : { name, validity };
    if (this.code === TEXT) return { kind: 'text', ...rest, values: this.texts };
    if (this.code === BOOLEAN) return { kind: 'boolean', ...rest, values: this.flags.slice(0, rows) };
    if (this.code === CATEGORY) {
      const codes = this.codes.slice(0, rows);
      return { kind: 'category', ...rest, codes, labels: sortLabels(this.index, codes) };
    }
    const values = this.doubles.length === rows ? this.doubles : this.doubles.slice(0, rows);
    if (this.code === DATETIME) return { kind: 'datetime', ...rest, unit: schema.unit ?? 'millisecond', values };
    return { kind: this.code === NUMBER ? 'number' : 'integer', ...rest, values };
  }
}
