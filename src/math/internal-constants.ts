// Literals, not Math.LN2 and the like: reading a property at module level counts as an effect for bundlers.

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
/** log2(e). */
export const LOG2_E: number = 1.4426950408889634;

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
/** sqrt(1/2). */
export const SQRT_HALF: number = 0.7071067811865476;

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
/** log10(e), rounded. */
export const LOG10_E: number = 0.4342944819032518;

/** First part of ln 2: 32 bits, so that its product with an exponent is exact. */
export const LN2_HIGH: number = 6.9314718036912382e-1;

/** ln 2 minus {@link LN2_HIGH}. */
export const LN2_LOW: number = 1.9082149292705877e-10;

/** log(2 pi). */
export const LOG_TWO_PI: number = 1.8378770664093453;
