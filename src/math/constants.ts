/**
 * Natural logarithm of 2.
 * @example
 * LN2; // => 0.6931471805599453
 */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const LN2: number = 0.6931471805599453;

/**
 * Natural logarithm of 10: divide a natural logarithm by it to get log10.
 * @example
 * log(1000) / LN10; // => 3
 */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const LN10: number = 2.302585092994046;
