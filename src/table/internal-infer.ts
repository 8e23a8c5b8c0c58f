import type { ColumnSchema } from './column-schema.ts';
import { numberFromText, significantDigits } from './internal-numbers.ts';
import { parseDatetime } from './parse-datetime.ts';

/** How bold guesses about kinds may be. */
export interface InferRules {
  /** Most distinct values of a category; a column with more is text. Default 1000. */
  readonly maxLevels?: number | undefined;
  /** Read exponent notation (`1e-7`) as numbers. Default false: such columns stay text. */
  readonly exponents?: boolean | undefined;
}

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const EXPONENT = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Most distinct values of a category in a short file, where ten rows per label cannot be asked for. */
const FEW_LEVELS = 20;

/**
 * Gathers the present cells of one column and says what kind holds all of them without loss.
 * Candidates are dropped as cells contradict them; categories are told from text by counting distinct values.
 */
export class KindGuess {
  private integer = true;
  private number = true;
  private day = true;
  private instant = true;
  private boolean = true;
  private casing = '';
  private present = 0;
  private readonly distinct = new Set<string>();
  private overfull = false;
  private quotedEmpty = false;
  private readonly maxLevels: number;
  private readonly pattern: RegExp;

  /** With `typed`, cells were strings beside other types (JSON), so they are no numbers or booleans. */
  constructor(rules: InferRules, typed = false) {
    if (typed) this.integer = this.number = this.boolean = false;
    this.maxLevels = rules.maxLevels ?? 1000;
    this.pattern = rules.exponents === true ? EXPONENT : PLAIN;
  }

  /** Takes one present cell. */
  add(text: string): void {
    this.present++;
    if (!this.overfull) {
      // What holds of a text holds of its repetitions.
      if (this.distinct.has(text)) return;
      this.distinct.add(text);
      this.overfull = this.distinct.size > this.maxLevels;
      if (this.overfull) this.distinct.clear();
    }
    if (this.number) this.checkNumber(text);
    if (this.day && parseDatetime(text, 'day') === null) this.day = false;
    if (this.instant && parseDatetime(text, 'millisecond') === null) this.instant = false;
    if (this.boolean) this.checkBoolean(text);
  }

  /** Takes the present cell in [start, end) of a text, without cutting it out where its letters tell nothing new. */
  addSpan(text: string, start: number, end: number): void {
    if (this.overfull && !this.day && !this.instant && !this.boolean) {
      const form = this.number ? shortNumber(text, start, end) : INTEGER_FORM;
      if (form !== OTHER_FORM) {
        this.present++;
        if (form === DECIMAL_FORM) this.integer = false;
        return;
      }
    }
    this.add(text.slice(start, end));
  }

  /**
   * Takes one quoted cell, which no null token matches. The empty text can only be a value where the column turns out
   * to hold text, so it contradicts no other kind.
   */
  addQuoted(text: string): void {
    if (text === '') this.quotedEmpty = true;
    else this.add(text);
  }

  private checkNumber(text: string): void {
    if (isShortInteger(text)) return;
    this.integer = false;
    const first = text.charCodeAt(0);
    if ((first !== 45 && (first < 48 || first > 57)) || text.length > 40 || !this.pattern.test(text))
      this.number = false;
    else if (text === '-0') return;
    // 16 digits and more without a point are identifiers, or state more than a double holds.
    else if (isWhole(text)) this.number = false;
    else if (text.length > 16 || this.pattern === EXPONENT)
      this.number = significantDigits(text).length <= 17 && numberFromText(text) !== undefined;
  }

  private checkBoolean(text: string): void {
    const casing =
      text === 'true' || text === 'false'
        ? 'lower'
        : text === 'True' || text === 'False'
          ? 'title'
          : text === 'TRUE' || text === 'FALSE'
            ? 'upper'
            : '';
    if (casing === '' || (this.casing !== '' && this.casing !== casing)) this.boolean = false;
    this.casing = casing;
  }

  /** The kind that every cell fits. */
  finish(): Pick<ColumnSchema, 'kind' | 'unit'> {
    if (this.present === 0) return { kind: 'text' };
    if (this.integer) return { kind: 'integer' };
    if (this.number) return { kind: 'number' };
    if (this.boolean) return { kind: 'boolean' };
    if (this.day) return { kind: 'datetime', unit: 'day' };
    if (this.instant) return { kind: 'datetime', unit: 'millisecond' };
    if (this.overfull) return { kind: 'text' };
    const levels = this.distinct.size + (this.quotedEmpty && !this.distinct.has('') ? 1 : 0);
    const few = levels <= FEW_LEVELS && 4 * levels <= 3 * this.present;
    return { kind: few || 10 * levels <= this.present ? 'category' : 'text' };
  }
}

const OTHER_FORM = 0;
const INTEGER_FORM = 1;
const DECIMAL_FORM = 2;

/** Whether [start, end) holds a whole or decimal number of at most 15 digits that every rule takes; 0 when unsure. */
function shortNumber(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start) === 45 ? start + 1 : start;
  if (end - first > 16 || first === end) return OTHER_FORM;
  // A leading zero is one only when digits follow it; -0 is left to the full check.
  if (text.charCodeAt(first) === 48 && (first + 1 < end ? text.charCodeAt(first + 1) !== 46 : first > start))
    return OTHER_FORM;
  let point = -1;
  for (let i = first; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 46 && point < 0 && i > first && i + 1 < end) point = i;
    else if (code < 48 || code > 57) return OTHER_FORM;
  }
  if (point >= 0) return DECIMAL_FORM;
  return end - first <= 15 ? INTEGER_FORM : OTHER_FORM;
}

/** At most 15 digits after an optional minus, without leading zeros or -0. */
function isShortInteger(text: string): boolean {
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  const digits = text.length - start;
  if (digits === 0 || digits > 15 || (text.charCodeAt(start) === 48 && text.length > 1)) return false;
  return isWhole(text);
}

function isWhole(text: string): boolean {
  for (let i = text.charCodeAt(0) === 45 ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
