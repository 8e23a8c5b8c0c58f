import { log1p } from '../../math/log1p.ts';

/** Where count, sum and squares of scores stand in a memory. */
export const COUNT = 0;
export const TOTAL = 1;
export const SQUARES = 2;
export const MOMENTS = 3;

/** Running moments of scores in [0, 1] before the first one: mean 1/2 and variance 1/4, counted as one score. */
export function freshMoments(): number[] {
  return [0, 0.5, 0.25];
}

/** Takes one score. Its square is about the mean that includes it, as Waudby-Smith and Ramdas write it. */
export function takeScore(memory: number[], x: number): void {
  const n = memory[COUNT]! + 1;
  const total = memory[TOTAL]! + x;
  const gap = x - total / (n + 1);
  memory[COUNT] = n;
  memory[TOTAL] = total;
  memory[SQUARES] = memory[SQUARES]! + gap * gap;
}

/** The bet at the next score: sqrt(term / (t ln(1 + t) v)), where the variance v is squares / t. */
export function plugInBet(memory: readonly number[], term: number): number {
  return Math.sqrt(term / (log1p(memory[COUNT]! + 1) * memory[SQUARES]!));
}
