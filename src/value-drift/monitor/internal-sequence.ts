import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import type { ConfidenceSequence } from './confidence-sequence.ts';
import { checkValues } from './internal-check.ts';
import { COUNT, freshMoments, MOMENTS, plugInBet, TOTAL, takeScore } from './internal-moments.ts';

/** A confidence sequence with its memory as plain numbers, so that a monitor can store it. */
export interface SequenceKernel {
  /** Memory before the first score. */
  readonly fresh: () => number[];
  /** Takes one score in [0, 1]. */
  readonly step: (memory: number[], x: number) => void;
  /** Bounds of the mean. */
  readonly read: (memory: readonly number[]) => readonly [lower: number, upper: number];
}

/** Runs a kernel over all scores. */
export function runSequence(kernel: SequenceKernel, scores: ArrayLike<number>): ConfidenceSequence {
  checkValues('scores', scores, 0, 1);
  const lower = new Float64Array(scores.length);
  const upper = new Float64Array(scores.length);
  const memory = kernel.fresh();
  for (let i = 0; i < scores.length; i++) {
    kernel.step(memory, scores[i]!);
    const [low, high] = kernel.read(memory);
    lower[i] = low;
    upper[i] = high;
  }
  return { lower, upper };
}

/** The memory of every kernel begins with the three moments. */
const BETS = 3;
const BET_SCORES = 4;
const LOSSES = 5;
const UPPER_LOSSES = 6;

/** Weighted mean of the scores, less and plus a margin; both at error rate alpha / 2. */
function readBounds(memory: readonly number[], term: number): readonly [number, number] {
  const bets = memory[BETS]!;
  if (!(bets > 0)) return [0, 1];
  const middle = memory[BET_SCORES]! / bets;
  return [
    Math.max(0, middle - (term + memory[LOSSES]!) / bets),
    Math.min(1, middle + (term + memory[UPPER_LOSSES]!) / bets),
  ];
}

/** Empirical Bernstein: bets up to `truncation`, losses (x - mean before)^2 (-ln(1 - bet) - bet). */
export function empiricalBernsteinKernel(alpha: number, truncation: number): SequenceKernel {
  const term = log(2 / alpha);
  return {
    fresh: () => [...freshMoments(), 0, 0, 0, 0],
    step(memory, x) {
      const bet = Math.min(plugInBet(memory, 2 * term), truncation);
      const n = memory[COUNT]!;
      // The mean before the first score counts as 0, from the upper side as 1.
      const mean = n === 0 ? 0 : (memory[TOTAL]! - 0.5) / n;
      const upperMean = n === 0 ? 1 : mean;
      const cost = -log1p(-bet) - bet;
      memory[BETS] = memory[BETS]! + bet;
      memory[BET_SCORES] = memory[BET_SCORES]! + bet * x;
      memory[LOSSES] = memory[LOSSES]! + cost * (x - mean) * (x - mean);
      memory[UPPER_LOSSES] = memory[UPPER_LOSSES]! + cost * (x - upperMean) * (x - upperMean);
      takeScore(memory, x);
    },
    read: (memory) => readBounds(memory, term),
  };
}

/** Hoeffding: bets sqrt(8 ln(2/alpha) / (t ln(1 + t))) up to `truncation`, losses bet^2 / 8. */
export function hoeffdingKernel(alpha: number, truncation: number): SequenceKernel {
  const term = log(2 / alpha);
  return {
    fresh: () => [...freshMoments(), 0, 0, 0, 0],
    step(memory, x) {
      const t = memory[COUNT]! + 1;
      const bet = Math.min(Math.sqrt((8 * term) / (t * log1p(t))), truncation);
      memory[BETS] = memory[BETS]! + bet;
      memory[BET_SCORES] = memory[BET_SCORES]! + bet * x;
      memory[LOSSES] = memory[LOSSES]! + (bet * bet) / 8;
      memory[UPPER_LOSSES] = memory[LOSSES]!;
      takeScore(memory, x);
    },
    read: (memory) => readBounds(memory, term),
  };
}

const HUGE = 1e150;
const TINY = 1e-150;

/**
 * Betting: the means of a grid whose capital has not passed 1 / alpha, one grid step wider on each side. For each grid
 * mean a capital on each side, and how often it was scaled by 1e150 to stay within a double.
 */
export function bettingKernel(alpha: number, grid: number, truncation: number): SequenceKernel {
  const term = 2 * log(2 / alpha);
  const cells = grid + 1;
  const up = MOMENTS;
  const down = up + cells;
  const scales = down + cells;
  const limit = 2 / alpha;
  const inside = (memory: readonly number[], i: number) =>
    memory[scales + i]! <= 0 && (memory[scales + i]! < 0 || memory[up + i]! <= limit) && belowDown(memory, i);
  const belowDown = (memory: readonly number[], i: number) =>
    memory[scales + cells + i]! <= 0 && (memory[scales + cells + i]! < 0 || memory[down + i]! <= limit);
  return {
    fresh: () => [...freshMoments(), ...new Array<number>(2 * cells).fill(1), ...new Array<number>(2 * cells).fill(0)],
    step(memory, x) {
      const bet = plugInBet(memory, term);
      for (let i = 0; i < cells; i++) {
        const mean = i / grid;
        const edge = x - mean;
        multiply(memory, up + i, scales + i, 1 + Math.min(bet, truncation / mean) * edge);
        multiply(memory, down + i, scales + cells + i, 1 - Math.min(bet, truncation / (1 - mean)) * edge);
      }
      takeScore(memory, x);
    },
    read(memory) {
      let first = 0;
      while (first < cells && !inside(memory, first)) first++;
      if (first === cells) return [0, 1];
      let last = grid;
      while (!inside(memory, last)) last--;
      return [Math.max(0, (first - 1) / grid), Math.min(1, (last + 1) / grid)];
    },
  };
}

function multiply(memory: number[], at: number, scale: number, factor: number): void {
  const capital = memory[at]! * factor;
  if (capital > HUGE) {
    memory[at] = capital * TINY;
    memory[scale] = memory[scale]! + 1;
  } else if (capital < TINY && capital > 0) {
    memory[at] = capital * HUGE;
    memory[scale] = memory[scale]! - 1;
  } else memory[at] = capital;
}
