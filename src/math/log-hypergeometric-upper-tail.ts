import { hypergeometricUpper } from './internal-hypergeometric.ts';

/**
 * Natural logarithm of {@link hypergeometricUpperTail}; works far below 1e-300.
 *
 * @param k - Count of marked among the drawn; need not be whole.
 * @param population - Size of the population, whole.
 * @param marked - How many of it are marked, whole.
 * @param drawn - How many are drawn without replacement, whole.
 * @returns A number <= 0; NaN for arguments outside their range.
 * @example
 * logHypergeometricUpperTail(2, 10, 5, 2); // => -1.5040773967762742
 */
export function logHypergeometricUpperTail(k: number, population: number, marked: number, drawn: number): number {
  return hypergeometricUpper(k, population, marked, drawn, true);
}
