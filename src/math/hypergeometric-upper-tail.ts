import { hypergeometricUpper } from './internal-hypergeometric.ts';

/**
 * P(X >= k) of a hypergeometric variable: saddle-point form of the first term (Loader 2000), ratios for the rest.
 *
 * @param k - Count of marked among the drawn; need not be whole.
 * @param population - Size of the population, whole.
 * @param marked - How many of it are marked, whole.
 * @param drawn - How many are drawn without replacement, whole.
 * @returns A probability; NaN for arguments outside their range.
 * @example
 * hypergeometricUpperTail(2, 10, 5, 2); // => 0.2222222222222222
 */
export function hypergeometricUpperTail(k: number, population: number, marked: number, drawn: number): number {
  return hypergeometricUpper(k, population, marked, drawn, false);
}
