// Literals, not Math.LN2 and the like: reading a property at module level counts as an effect for bundlers.

/** log2(e). */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const LOG2_E: number = 1.4426950408889634;

/** sqrt(1/2). */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const SQRT_HALF: number = 0.7071067811865476;

/** log10(e), rounded. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const LOG10_E: number = 0.4342944819032518;

/** First part of ln 2: 32 bits, so that its product with an exponent is exact. */
export const LN2_HIGH: number = 0.6931471803691238;

/** ln 2 minus {@link LN2_HIGH}. */
export const LN2_LOW: number = 1.9082149292705877e-10;

/** log(2 pi). */
export const LOG_TWO_PI: number = 1.8378770664093453;

/** pi. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const PI: number = 3.141592653589793;

/** pi / 2. */
export const HALF_PI: number = 1.5707963267948966;
