import { exp } from '../math/index.ts';

/** From here on the Poisson form converges faster than the plain sum. */
const POISSON_FROM = 0.5;

/** Sum of exp(-k^2 / (2 sigma2)) over all whole numbers, and of the same with weights k^2. */
export function thetaSums(sigma2: number): { readonly norm: number; readonly second: number } {
  if (sigma2 < POISSON_FROM) {
    let norm = 0;
    let second = 0;
    // Smallest terms first.
    for (let k = 40; k >= 1; k--) {
      const term = 2 * exp((-k * k) / (2 * sigma2));
      norm += term;
      second += k * k * term;
    }
    return { norm: norm + 1, second };
  }
  // Poisson summation: sqrt(2 pi sigma2) times the sum of exp(-2 pi^2 k^2 sigma2), and its derivative.
  let sum = 0;
  let weighted = 0;
  for (let k = 8; k >= 1; k--) {
    const rate = 2 * Math.PI * Math.PI * k * k;
    const term = 2 * exp(-rate * sigma2);
    sum += term;
    weighted += 2 * rate * sigma2 * term;
  }
  const root = Math.sqrt(2 * Math.PI * sigma2);
  return { norm: root * (1 + sum), second: root * sigma2 * (1 + sum - weighted) };
}
