import { formatDatetime } from '../table/format-datetime.ts';
import { isMissing } from '../table/is-missing.ts';
import { parseDatetime } from '../table/parse-datetime.ts';
import type { Column, ColumnKind } from '../types.ts';
import { fillBins } from './internal-bins.ts';
import type { TableMarkColumn } from './table-mark-plan.ts';

const DAY = 86_400_000;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A suspect column as the plan codes it. */
export interface CodedColumn {
  /** Base bin or level of each row; -1 where the cell is missing, unreadable or unknown. */
  readonly base: Int16Array;
  /** Context code of each row; -1 as above. */
  readonly context: Int16Array;
  /** Numbers of comb columns; NaN as above. */
  readonly values: Float64Array | null;
  /** Rows without a code. */
  readonly unread: number;
}

/**
 * Reads a column of any kind as the plan's column: a table that went through CSV, JSON or another tool may come
 * back with numbers as text, categories as integers, or booleans as words.
 */
export function codeColumn(plan: TableMarkColumn, column: Column, rows: number, contextShift: number): CodedColumn {
  const base = new Int16Array(rows);
  const context = new Int16Array(rows);
  let unread = 0;
  if (plan.coding === 'number') {
    const values = numericValues(column, plan.kind, plan.unit, rows);
    if (column.validity !== undefined) for (let i = 0; i < rows; i++) if (isMissing(column, i)) values[i] = Number.NaN;
    fillBins(base, values, Float64Array.from(plan.edges!));
    const contextOf = Int16Array.from(plan.levels!, (level) => level >> contextShift);
    for (let i = 0; i < rows; i++) {
      const bin = base[i]!;
      context[i] = bin < 0 ? -1 : contextOf[bin]!;
      if (bin < 0) unread++;
    }
    return { base, context, values: plan.combStep === undefined ? null : values, unread };
  }
  const codeOf = levelReader(plan.labels!, plan.kind === 'boolean');
  if (column.kind === 'category') {
    const codes = Int16Array.from(column.labels, codeOf);
    for (let i = 0; i < rows; i++) base[i] = isMissing(column, i) ? -1 : codes[column.codes[i]!]!;
  } else {
    const known = new Map<string | number, number>();
    const cells: ArrayLike<string | number> = column.values;
    for (let i = 0; i < rows; i++) {
      if (isMissing(column, i)) {
        base[i] = -1;
        continue;
      }
      const cell = cells[i]!;
      let code = known.get(cell);
      if (code === undefined) {
        code = codeOf(textOf(column, cell));
        known.set(cell, code);
      }
      base[i] = code;
    }
  }
  for (let i = 0; i < rows; i++) {
    context[i] = base[i]!;
    if (base[i]! < 0) unread++;
  }
  return { base, context, values: null, unread };
}

/** A fresh array of the column's numbers in the plan's unit; NaN where a cell cannot be read. Missing rows hold anything. */
export function numericValues(
  column: Column,
  kind: ColumnKind,
  unit: 'day' | 'millisecond' | undefined,
  rows: number,
): Float64Array {
  const out = new Float64Array(rows).fill(Number.NaN);
  if (kind === 'datetime') {
    const scale = unit === 'day' ? DAY : 1;
    const read = (text: string): number => {
      const trimmed = text.trim();
      const instant = parseDatetime(trimmed, 'day') ?? parseDatetime(trimmed, 'millisecond');
      return instant === null ? Number.NaN : Math.floor(instant / scale);
    };
    if (column.kind === 'datetime') for (let i = 0; i < rows; i++) out[i] = Math.floor(column.values[i]! / scale);
    else if (column.kind === 'text') for (let i = 0; i < rows; i++) out[i] = read(column.values[i]!);
    else if (column.kind === 'category') fillByLabel(out, column.codes, column.labels.map(read));
    return out;
  }
  if (column.kind === 'number' || column.kind === 'integer') out.set(column.values);
  else if (column.kind === 'text') for (let i = 0; i < rows; i++) out[i] = readNumber(column.values[i]!);
  else if (column.kind === 'category') fillByLabel(out, column.codes, column.labels.map(readNumber));
  else if (column.kind === 'boolean') for (let i = 0; i < rows; i++) out[i] = column.values[i]!;
  return out;
}

/** Canonical text of each cell; null where missing. */
export function canonicalTexts(column: Column, rows: number): (string | null)[] {
  const texts: (string | null)[] = [];
  for (let i = 0; i < rows; i++) {
    if (isMissing(column, i)) texts.push(null);
    else if (column.kind === 'category') texts.push(column.labels[column.codes[i]!]!.trim());
    else texts.push(textOf(column, column.values[i]!));
  }
  return texts;
}

function textOf(column: Column, cell: string | number): string {
  if (column.kind === 'boolean') return cell === 1 ? 'true' : 'false';
  if (column.kind === 'datetime') return formatDatetime(cell as number, column.unit);
  return String(cell).trim();
}

function readNumber(text: string): number {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
}

function fillByLabel(out: Float64Array, codes: Int32Array, byLabel: readonly number[]): void {
  for (let i = 0; i < out.length; i++) if (codes[i]! >= 0) out[i] = byLabel[codes[i]!]!;
}

/** Level of a text: as written, else as a number, else without case; -1 when none or two levels fit. */
function levelReader(labels: readonly string[], isBoolean: boolean): (text: string) => number {
  const exact = new Map<string, number>();
  const loose = new Map<string, number>();
  labels.forEach((label, code) => {
    exact.set(label, code);
    for (const form of looseForms(label)) loose.set(form, loose.has(form) ? -1 : code);
  });
  if (isBoolean) {
    loose.set('number:0', exact.get('false') ?? -1);
    loose.set('number:1', exact.get('true') ?? -1);
  }
  return (text) => {
    const trimmed = text.trim();
    const code = exact.get(trimmed);
    if (code !== undefined) return code;
    for (const form of looseForms(trimmed)) {
      const found = loose.get(form);
      if (found !== undefined) return found;
    }
    return -1;
  };
}

function looseForms(text: string): string[] {
  const value = readNumber(text);
  return Number.isNaN(value) ? [`text:${text.toLowerCase()}`] : [`number:${value}`];
}
