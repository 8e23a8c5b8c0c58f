import { logHypergeometricTerm } from './internal-hypergeometric.ts';

/**
 * Natural logarithm of P(X = k) for a hypergeometric variable (Loader's saddle-point form).
 *
 * @param k - Count of marked among the drawn, whole.
 * @param population - Size of the population, whole.
 * @param marked - How many of it are marked, whole.
 * @param drawn - How many are drawn without replacement, whole.
 * @returns A number <= 0; -Infinity when k cannot occur; NaN for arguments outside their range.
 * @example
 * logHypergeometricProbability(2, 10, 5, 2); // => -1.5040773967762742
 */
export function logHypergeometricProbability(k: number, population: number, marked: number, drawn: number): number {
  if (!(marked >= 0 && drawn >= 0 && marked <= population && drawn <= population) || Number.isNaN(k)) return NaN;
  const whole = Math.floor(population) === population && Math.floor(marked) === marked && Math.floor(drawn) === drawn;
  if (!whole || population === Infinity) return NaN;
  const impossible = k < Math.max(0, drawn + marked - population) || k > Math.min(marked, drawn);
  if (impossible || Math.floor(k) !== k) return -Infinity;
  if (population === 0) return 0;
  return Math.min(0, logHypergeometricTerm(k, population, marked, drawn));
}
