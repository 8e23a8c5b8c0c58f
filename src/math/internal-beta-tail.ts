import { exp } from './exp.ts';
import { expm1 } from './expm1.ts';
import { betaTails, logComplement } from './internal-beta.ts';

/** True for arguments with a value: 0 <= x <= 1, a and b finite and above 0. */
export function isBetaArgument(x: number, a: number, b: number): boolean {
  return x >= 0 && x <= 1 && a > 0 && b > 0 && a < Infinity && b < Infinity;
}

/** I_x(a, b) or, with `upper`, 1 - I_x(a, b); y = 1 - x. */
export function betaTail(x: number, y: number, a: number, b: number, upper: boolean): number {
  if (!isBetaArgument(x, a, b)) return NaN;
  const { lower, logTail } = betaTails(x, y, a, b);
  const value = lower === upper ? -expm1(logTail) : exp(logTail);
  return Math.min(1, Math.max(0, value));
}

/** Natural logarithm of {@link betaTail}. */
export function logBetaTail(x: number, y: number, a: number, b: number, upper: boolean): number {
  if (!isBetaArgument(x, a, b)) return NaN;
  const { lower, logTail } = betaTails(x, y, a, b);
  if (lower === upper) return logComplement(logTail);
  return Math.min(0, logTail);
}
