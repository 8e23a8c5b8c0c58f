import type { Column } from '../types.ts';
import { sortLabels } from './category-column.ts';
import type { ColumnSchema } from './column-schema.ts';
import { MissingRows } from './internal-bitmap.ts';
import { labelIndex } from './internal-checks.ts';
import { spanText } from './internal-csv-scan.ts';
import { badCell } from './internal-error.ts';
import { booleanFromText, integerFromText, numberFromText, POWERS_OF_TEN } from './internal-numbers.ts';
import { detached } from './internal-text.ts';
import { parseDatetime } from './parse-datetime.ts';

/** Turns the spans of one column, batch by batch, into a column. */
export interface ColumnBuilder {
  /** Appends rows: cell k of the batch is span `first + k * stride`. */
  append(text: string, starts: Int32Array, ends: Int32Array, first: number, stride: number, rows: number): void;
  /** The column of all appended rows. */
  finish(): Column;
}

/** Which texts are missing, and how to name a cell in an error. */
export interface BuilderContext {
  /** Unquoted cells that are missing. */
  readonly nullTokens: readonly string[];
  /** Whether quoted cells are compared with the null tokens too. */
  readonly quotedNulls: boolean;
  /** Line of a position, 1-based. */
  readonly lineAt: (position: number) => number;
  /** Data row number of the builder's first row. */
  readonly firstRow: number;
}

/** A builder for a declared column. */
export function createBuilder(schema: ColumnSchema, context: BuilderContext, capacity: number): ColumnBuilder {
  switch (schema.kind) {
    case 'number':
    case 'integer':
    case 'datetime':
      return new DoubleBuilder(schema, context, capacity);
    case 'boolean':
      return new BooleanBuilder(schema, context, capacity);
    case 'category':
      return new CategoryBuilder(schema, context, capacity);
    default:
      return new TextBuilder(schema, context);
  }
}

class BuilderBase {
  protected readonly schema: ColumnSchema;
  protected readonly context: BuilderContext;
  protected readonly missing: MissingRows = new MissingRows();
  /** True when only the empty text is missing, which needs no comparison of texts. */
  protected readonly onlyEmpty: boolean;
  protected readonly tokens: readonly string[];
  protected rows = 0;

  constructor(schema: ColumnSchema, context: BuilderContext) {
    this.schema = schema;
    this.context = context;
    this.tokens = schema.nullTokens ?? context.nullTokens;
    this.onlyEmpty = this.tokens.length === 1 && this.tokens[0] === '' && !context.quotedNulls;
  }

  /** Whether a cell is one of the null tokens. */
  protected isNull(text: string, start: number, end: number): boolean {
    const quoted = start < 0;
    if (quoted && !this.context.quotedNulls) return false;
    if (this.onlyEmpty) return start === end;
    for (const token of this.tokens) {
      const from = quoted ? ~start : start;
      if (end >= 0 && token.length === end - from && text.startsWith(token, from)) return true;
    }
    return false;
  }

  protected refuse(text: string, start: number, end: number, row: number, expected: string, remedy: string): never {
    const position = start < 0 ? ~start : start;
    const line = this.context.lineAt(position);
    throw badCell(this.schema.name, this.context.firstRow + row, expected, spanText(text, start, end), remedy, line);
  }
}

class DoubleBuilder extends BuilderBase implements ColumnBuilder {
  private values: Float64Array;

  constructor(schema: ColumnSchema, context: BuilderContext, capacity: number) {
    super(schema, context);
    this.values = new Float64Array(capacity);
  }

  append(text: string, starts: Int32Array, ends: Int32Array, first: number, stride: number, rows: number): void {
    const base = this.rows;
    if (base + rows > this.values.length) {
      const wider = new Float64Array(Math.max(base + rows, this.values.length * 2));
      wider.set(this.values.subarray(0, base));
      this.values = wider;
    }
    const values = this.values;
    // A null token such as -9 has to be compared as text.
    const fast = this.schema.kind !== 'datetime' && !this.tokens.some((token) => /^[-.0-9]/.test(token));
    const decimals = this.schema.kind === 'number';
    for (let k = 0, cell = first; k < rows; k++, cell += stride) {
      const start = starts[cell]!;
      const end = ends[cell]!;
      // At most 15 digits with at most one point: an exact integer over an exact power of ten, rounded once.
      if (fast && start >= 0 && end - start <= 16 && end > start) {
        let at = start;
        const negative = text.charCodeAt(at) === 45;
        if (negative) at++;
        let mantissa = 0;
        let digits = 0;
        let point = -1;
        for (; at < end; at++) {
          const code = text.charCodeAt(at);
          if (code >= 48 && code <= 57) {
            mantissa = mantissa * 10 + (code - 48);
            digits++;
          } else if (code === 46 && point < 0 && decimals) point = digits;
          else break;
        }
        if (at === end && digits > 0 && digits <= 15) {
          const value = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[digits - point]!;
          values[base + k] = negative ? (decimals ? -value : 0 - value) : value;
          continue;
        }
      }
      values[base + k] = this.slow(text, start, end, base + k);
    }
    this.rows += rows;
  }

  private slow(text: string, start: number, end: number, row: number): number {
    if (this.isNull(text, start, end)) {
      this.missing.mark(row);
      return Number.NaN;
    }
    const cell = spanText(text, start, end);
    const { kind, unit = 'millisecond' } = this.schema;
    let value: number | null | undefined;
    if (kind === 'integer') value = integerFromText(cell);
    else if (kind === 'number') value = numberFromText(cell);
    else value = parseDatetime(cell, unit);
    if (value !== undefined && value !== null) return value;
    // A number cannot be the empty text, so a quoted empty cell states nothing.
    if (cell === '' && start < 0) {
      this.missing.mark(row);
      return Number.NaN;
    }
    if (kind === 'integer')
      this.refuse(
        text,
        start,
        end,
        row,
        'a whole number of at most 2^53 - 1 in size',
        'declare the column as number or text, add a null token, or mend the cell',
      );
    if (kind === 'number')
      this.refuse(
        text,
        start,
        end,
        row,
        'a decimal number that a double can hold',
        'declare the column as text, add a null token, or mend the cell',
      );
    const form = unit === 'day' ? 'a calendar day YYYY-MM-DD' : 'an RFC 3339 instant such as 2016-08-05T20:00:00Z';
    this.refuse(
      text,
      start,
      end,
      row,
      form,
      "check the column's `unit`, declare the column as text, add a null token, or mend the cell",
    );
  }

  finish(): Column {
    const { name, kind, unit = 'millisecond' } = this.schema;
    const values = this.values.length === this.rows ? this.values : this.values.slice(0, this.rows);
    const validity = this.missing.validity(this.rows);
    const column =
      kind === 'datetime' ? { kind, name, unit, values } : { kind: kind as 'number' | 'integer', name, values };
    return validity === undefined ? column : { ...column, validity };
  }
}

class BooleanBuilder extends BuilderBase implements ColumnBuilder {
  private values: Uint8Array;

  constructor(schema: ColumnSchema, context: BuilderContext, capacity: number) {
    super(schema, context);
    this.values = new Uint8Array(capacity);
  }

  append(text: string, starts: Int32Array, ends: Int32Array, first: number, stride: number, rows: number): void {
    const base = this.rows;
    if (base + rows > this.values.length) {
      const wider = new Uint8Array(Math.max(base + rows, this.values.length * 2));
      wider.set(this.values.subarray(0, base));
      this.values = wider;
    }
    for (let k = 0, cell = first; k < rows; k++, cell += stride) {
      const start = starts[cell]!;
      const end = ends[cell]!;
      if (this.isNull(text, start, end)) {
        this.missing.mark(base + k);
        continue;
      }
      const received = spanText(text, start, end);
      const value = booleanFromText(received);
      if (value !== undefined) this.values[base + k] = value ? 1 : 0;
      else if (received === '' && start < 0) this.missing.mark(base + k);
      else
        this.refuse(
          text,
          start,
          end,
          base + k,
          'true, false, 1 or 0',
          'declare the column as category, add a null token, or mend the cell',
        );
    }
    this.rows += rows;
  }

  finish(): Column {
    const values = this.values.length === this.rows ? this.values : this.values.slice(0, this.rows);
    const validity = this.missing.validity(this.rows);
    const column = { kind: 'boolean' as const, name: this.schema.name, values };
    return validity === undefined ? column : { ...column, validity };
  }
}

class CategoryBuilder extends BuilderBase implements ColumnBuilder {
  private codes: Int32Array;
  private readonly index: Map<string, number>;
  private readonly closed: boolean;

  constructor(schema: ColumnSchema, context: BuilderContext, capacity: number) {
    super(schema, context);
    this.codes = new Int32Array(capacity);
    this.closed = schema.labels !== undefined;
    this.index = labelIndex(schema.name, schema.labels ?? []);
  }

  append(text: string, starts: Int32Array, ends: Int32Array, first: number, stride: number, rows: number): void {
    const base = this.rows;
    if (base + rows > this.codes.length) {
      const wider = new Int32Array(Math.max(base + rows, this.codes.length * 2));
      wider.set(this.codes.subarray(0, base));
      this.codes = wider;
    }
    const { codes, index } = this;
    for (let k = 0, cell = first; k < rows; k++, cell += stride) {
      const start = starts[cell]!;
      const end = ends[cell]!;
      if (this.isNull(text, start, end)) {
        this.missing.mark(base + k);
        codes[base + k] = -1;
        continue;
      }
      const label = spanText(text, start, end);
      let code = index.get(label);
      if (code === undefined) {
        if (this.closed)
          this.refuse(
            text,
            start,
            end,
            base + k,
            `one of the ${index.size} declared labels`,
            "add it to the column's `labels`, add a null token, or mend the cell",
          );
        code = index.size;
        index.set(detached(label), code);
      }
      codes[base + k] = code;
    }
    this.rows += rows;
  }

  finish(): Column {
    const codes = this.codes.length === this.rows ? this.codes : this.codes.slice(0, this.rows);
    const labels = sortLabels(this.index, codes);
    const validity = this.missing.validity(this.rows);
    const column = { kind: 'category' as const, name: this.schema.name, codes, labels };
    return validity === undefined ? column : { ...column, validity };
  }
}

class TextBuilder extends BuilderBase implements ColumnBuilder {
  private readonly values: string[] = [];

  append(text: string, starts: Int32Array, ends: Int32Array, first: number, stride: number, rows: number): void {
    const base = this.rows;
    for (let k = 0, cell = first; k < rows; k++, cell += stride) {
      const start = starts[cell]!;
      const end = ends[cell]!;
      if (this.isNull(text, start, end)) {
        this.missing.mark(base + k);
        this.values.push('');
      } else this.values.push(spanText(text, start, end));
    }
    this.rows += rows;
  }

  finish(): Column {
    const validity = this.missing.validity(this.rows);
    const column = { kind: 'text' as const, name: this.schema.name, values: this.values };
    return validity === undefined ? column : { ...column, validity };
  }
}
