const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Powers of ten that a double holds exactly: dividing an exact integer by one rounds once, so the result is correct. */
export const POWERS_OF_TEN: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/** The whole number that a text states exactly, or undefined. Reads a sign and leading zeros. */
export function integerFromText(text: string): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/**
 * The number that a text states, or undefined when it states none or one that a double would alter: the double,
 * printed with as many significant digits as the text has, must show the text's digits again.
 */
export function numberFromText(text: string): number | undefined {
  if (!DECIMAL.test(text)) {
    if (text === 'NaN') return Number.NaN;
    if (text === 'Infinity') return Number.POSITIVE_INFINITY;
    return text === '-Infinity' ? Number.NEGATIVE_INFINITY : undefined;
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const digits = significantDigits(text);
  if (digits === '') return value; // a zero, of either sign
  if (value === 0 || digits.length > 100) return undefined;
  if (digits.length <= 15 && Math.abs(value) > 1e-290) return value;
  return significantDigits(value.toPrecision(digits.length)) === digits ? value : undefined;
}

/** The digits of a number's text without its sign, point, exponent, leading and trailing zeros. */
export function significantDigits(text: string): string {
  let digits = '';
  let zeros = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code | 32) === 101) break;
    if (code === 48) zeros += digits === '' ? 0 : 1;
    else if (code > 48 && code <= 57) {
      digits += '0'.repeat(zeros) + text.charAt(i);
      zeros = 0;
    }
  }
  return digits;
}

/** True or false from `true`, `false` in lower, title or upper case, or from `1` and `0`; else undefined. */
export function booleanFromText(text: string): boolean | undefined {
  if (text === 'true' || text === 'True' || text === 'TRUE' || text === '1') return true;
  if (text === 'false' || text === 'False' || text === 'FALSE' || text === '0') return false;
  return undefined;
}
