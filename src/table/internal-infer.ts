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
    if (this.number) this.checkNumber(text);
    if (this.day && parseDatetime(text, 'day') === null) this.day = false;
    if (this.instant && parseDatetime(text, 'millisecond') === null) this.instant = false;
    if (this.boolean) this.checkBoolean(text);
    if (!this.overfull && !this.distinct.has(text)) {
      this.distinct.add(text);
      this.overfull = this.distinct.size > this.maxLevels;
      if (this.overfull) this.distinct.clear();
    }
  }

  /**
   * Takes one quoted cell, which no null token matches. The empty text can only be a value where the column turns out
   * to hold text, so it contradicts no other kind.
   */
  addQuoted(text: string): void {
    if (text === '') this.distinct.add(text);
    else this.add(text);
  }

  private checkNumber(text: string): void {
    const first = text.charCodeAt(0);
    if ((first !== 45 && (first < 48 || first > 57)) || text.length > 40 || !this.pattern.test(text)) {
      this.number = false;
      this.integer = false;
      return;
    }
    const whole = text.length <= 16 && !text.includes('.') && (text.charCodeAt(text.length - 1) | 32) !== 101;
    if (whole && isDigits(text)) {
      const digits = text.length - (first === 45 ? 1 : 0);
      if (digits > 15) this.number = false;
      if (text === '-0') this.integer = false;
    } else {
      this.integer = false;
      // Beyond 15 digits a text is an identifier or states more than a double holds, unless it has a point and survives.
      if (!text.includes('.') && isDigits(text)) this.number = false;
      else if (significantDigits(text).length > 17 || numberFromText(text) === undefined) this.number = false;
    }
    if (!this.number) this.integer = false;
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
    const levels = this.distinct.size;
    const few = levels <= FEW_LEVELS && 4 * levels <= 3 * this.present;
    return { kind: few || 10 * levels <= this.present ? 'category' : 'text' };
  }
}

function isDigits(text: string): boolean {
  for (let i = text.charCodeAt(0) === 45 ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
