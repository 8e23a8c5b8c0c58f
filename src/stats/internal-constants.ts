/** pi, as a literal: reading Math.PI at module level counts as an effect for bundlers. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the exact bits are meant
export const PI: number = 3.141592653589793;
