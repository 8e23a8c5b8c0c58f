import { isCount } from './internal-detector.ts';

/** Share of errors with the lowest p + s so far, as DDM and RDDM keep it: count, p, p at the lowest, s there (-1: none yet). */
export function freshErrorRate(): number[] {
  return [0, 0, 0, -1];
}

/** Whether numbers can be a memory made by these functions. */
export function errorRateSound(memory: readonly number[]): boolean {
  const [n, p, least, spread] = memory;
  return isCount(n!) && p! >= 0 && p! <= 1 && least! >= 0 && least! <= 1 && (spread === -1 || spread! >= 0);
}

/** Takes one error into the rate. */
export function takeError(memory: number[], x: number): void {
  const n = memory[0]! + 1;
  memory[0] = n;
  // Rounding may leave [0, 1] by a hair.
  memory[1] = Math.min(1, Math.max(0, memory[1]! + (x - memory[1]!) / n));
}

/** Renews the lowest p + s. */
export function lowerErrorRate(memory: number[]): void {
  const p = memory[1]!;
  const s = spreadOf(memory);
  if (memory[3] !== -1 && p + s >= memory[2]! + memory[3]!) return;
  memory[2] = p;
  memory[3] = s;
}

/** Whether p + s lies more than `level` of the lowest s above the lowest p. */
export function errorRateAbove(memory: readonly number[], level: number): boolean {
  return memory[1]! + spreadOf(memory) > memory[2]! + level * memory[3]!;
}

function spreadOf(memory: readonly number[]): number {
  const p = memory[1]!;
  return Math.sqrt((p * (1 - p)) / memory[0]!);
}
