/** What went wrong, as a literal that code can branch on. */
export type SynthproofErrorCode =
  | 'ABORTED'
  | 'BAD_COLUMN'
  | 'BAD_CSV'
  | 'BAD_JSON'
  | 'BAD_KEY'
  | 'BAD_MODEL'
  | 'BAD_NUMBER'
  | 'BAD_OPTION'
  | 'BAD_RECORD'
  | 'BAD_TEXT'
  | 'BAD_VALUE'
  | 'CONSTRAINT_UNMET'
  | 'DUPLICATE_COLUMN'
  | 'EMPTY_INPUT'
  | 'KIND_MISMATCH'
  | 'LENGTH_MISMATCH'
  | 'NO_CAPACITY'
  | 'OUT_OF_RANGE'
  | 'OVER_BUDGET'
  | 'SCHEMA_MISMATCH'
  | 'SPEC_MISMATCH'
  | 'UNDECLARED_DOMAIN'
  | 'UNKNOWN_COLUMN';

/** Where in the input an error was found. */
export interface ErrorPlace {
  /** The argument or option at fault. */
  readonly argument?: string | undefined;
  /** The column's name. */
  readonly column?: string | undefined;
  /** The 0-based data row. */
  readonly row?: number | undefined;
}

/**
 * The one error that synthproof throws for a caller's mistake or a bad input. Expected outcomes
 * (a signature that does not verify, a measure that cannot be computed) are returned values, never thrown.
 *
 * The message names the argument, the column and row where there is one, what was expected, what was
 * received, and how to mend it.
 *
 * @example
 * const error = new SynthproofError('UNKNOWN_COLUMN', 'label: no column "incme"; did you mean "income"?', { argument: 'label' });
 * error.code; // => 'UNKNOWN_COLUMN'
 */
export class SynthproofError extends Error {
  /** What went wrong, for code to branch on. */
  readonly code: SynthproofErrorCode;
  /** Where it was found. */
  readonly place: ErrorPlace;

  /**
   * @param code - The literal code.
   * @param message - Argument, place, expected, received, remedy.
   * @param place - The same place as data.
   */
  constructor(code: SynthproofErrorCode, message: string, place: ErrorPlace = {}) {
    super(message);
    this.name = 'SynthproofError';
    this.code = code;
    this.place = place;
  }
}
