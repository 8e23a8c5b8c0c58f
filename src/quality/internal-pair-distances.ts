import { createRng } from '../random/create-rng.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { midRanks } from '../stats/mid-ranks.ts';
import type { Column } from '../types.ts';
import { isContinuous, levelPair, pointsOf } from './internal-columns.ts';
import type { MatchedTables } from './internal-two-sample.ts';

/** Rows of two tables as points, column by column. */
export interface MixedPoints {
  /** Rows of the first table; those of the second follow. */
  readonly first: number;
  /** Rows in all. */
  readonly count: number;
  /** Coordinates of numbers and times. */
  readonly numbers: readonly Float64Array[];
  /** Codes of levels. */
  readonly levels: readonly Int32Array[];
  /** Squared distance of two different levels, per column of levels. */
  readonly steps: readonly number[];
}

/**
 * Every column gives two random rows of both tables an expected squared distance of 2. Numbers and times: mid-ranks in
 * both tables together, scaled to deviation 1, so that no outlier and no unit counts; levels: a constant for every pair
 * of different ones. Missing cells are a level: of the column itself, or beside a number that then stands in the middle.
 * Columns without two different values give nothing.
 */
export function mixedPoints({ real, synthetic }: MatchedTables): MixedPoints {
  const first = real.rowCount;
  const count = first + synthetic.rowCount;
  const numbers: Float64Array[] = [];
  const levels: Int32Array[] = [];
  const steps: number[] = [];
  const addLevels = (codes: Int32Array, size: number): void => {
    const counts = new Float64Array(size);
    for (let i = 0; i < count; i++) counts[codes[i]!] = counts[codes[i]!]! + 1;
    let same = 0;
    for (let k = 0; k < size; k++) same += (counts[k]! / count) * (counts[k]! / count);
    if (!(same < 1)) return;
    levels.push(codes);
    steps.push(2 / (1 - same));
  };
  for (let c = 0; c < real.columns.length; c++) {
    const a = real.columns[c]!;
    const b = synthetic.columns[c]!;
    if (!isContinuous(a.kind)) {
      const pair = levelPair(a, b);
      const codes = new Int32Array(count);
      codes.set(pair.real);
      codes.set(pair.synthetic, first);
      addLevels(codes, pair.labels.length + 1);
      continue;
    }
    const values = new Float64Array(count);
    values.set(pointsOf(a as Extract<Column, { readonly values: Float64Array }>));
    values.set(pointsOf(b as Extract<Column, { readonly values: Float64Array }>), first);
    const present = values.filter((x) => !Number.isNaN(x));
    const ranks = midRanks(present.map((x) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x))));
    const middle = (present.length + 1) / 2;
    let squares = 0;
    for (let i = 0; i < ranks.length; i++) squares += (ranks[i]! - middle) * (ranks[i]! - middle);
    const deviation = Math.sqrt(squares / count);
    if (deviation > 0) {
      let at = 0;
      numbers.push(values.map((x) => (Number.isNaN(x) ? 0 : (ranks[at++]! - middle) / deviation)));
    }
    if (present.length < count)
      addLevels(
        Int32Array.from(values, (x) => (Number.isNaN(x) ? 1 : 0)),
        2,
      );
  }
  return { first, count, numbers, levels, steps };
}

/** Squared distances of all unordered pairs, row i's to the rows before it from i (i - 1) / 2 on. */
export function squaredDistances({ count, numbers, levels, steps }: MixedPoints): Float64Array {
  const out = new Float64Array((count * (count - 1)) / 2);
  for (const values of numbers) {
    let at = 0;
    for (let i = 1; i < count; i++) {
      const x = values[i]!;
      for (let j = 0; j < i; j++) {
        const d = x - values[j]!;
        out[at] = out[at]! + d * d;
        at++;
      }
    }
  }
  for (let c = 0; c < levels.length; c++) {
    const codes = levels[c]!;
    const step = steps[c]!;
    let at = 0;
    for (let i = 1; i < count; i++) {
      const code = codes[i]!;
      for (let j = 0; j < i; j++) {
        if (code !== codes[j]!) out[at] = out[at]! + step;
        at++;
      }
    }
  }
  return out;
}

/** Sums of pair values within the marked points (1), within the others (0), and between them; points marked 2 are left out. */
export function pairSums(pairs: Float64Array, marks: Uint8Array): { ones: number; zeros: number; between: number } {
  let ones = 0;
  let zeros = 0;
  let between = 0;
  for (let i = 1; i < marks.length; i++) {
    const mark = marks[i]!;
    if (mark === 2) continue;
    const base = (i * (i - 1)) / 2;
    let toOnes = 0;
    let toZeros = 0;
    for (let j = 0; j < i; j++) {
      const other = marks[j]!;
      if (other === 1) toOnes += pairs[base + j]!;
      else if (other === 0) toZeros += pairs[base + j]!;
    }
    if (mark === 1) {
      ones += toOnes;
      between += toZeros;
    } else {
      zeros += toZeros;
      between += toOnes;
    }
  }
  return { ones, zeros, between };
}

/** A statistic of the pair values of two samples: its value, p-value by rearrangement, and spread over random halves. */
export interface PairTest {
  readonly value: number;
  readonly pValue: number;
  readonly deviation: number;
}

/** How a pair test is run. */
export interface PairTestPlan {
  /** Statistic from the sums of pair values and the sizes of the two samples. */
  readonly statistic: (sums: { ones: number; zeros: number; between: number }, nZeros: number, nOnes: number) => number;
  readonly seed: string;
  readonly permutations: number;
  readonly step: () => void;
}

/** Random halves behind the standard error. */
const HALVES = 40;

/** Tests two samples (the first `first` points, and the others) by the values of their pairs. */
export function pairTest(pairs: Float64Array, count: number, first: number, plan: PairTestPlan): PairTest {
  const { statistic, permutations } = plan;
  const rng = createRng(plan.seed).stream('quality/pair-test');
  const marks = new Uint8Array(count).fill(1, first);
  const value = statistic(pairSums(pairs, marks), first, count - first);
  let exceed = 0;
  for (let r = 0; r < permutations; r++) {
    plan.step();
    const shuffled = fillShuffled(marks.slice(), rng.stream('arrangements').stream(r));
    if (statistic(pairSums(pairs, shuffled), first, count - first) >= value - 1e-12) exceed++;
  }
  // Half of a sample of size n scatters about as the whole sample does about the truth (delete-half jackknife).
  const half = [Math.floor(first / 2), Math.floor((count - first) / 2)] as const;
  let total = 0;
  let squares = 0;
  for (let r = 0; r < HALVES; r++) {
    plan.step();
    const stream = rng.stream('halves').stream(r);
    const zeros = fillShuffled(new Uint8Array(first).fill(2, half[0]), stream.stream(0));
    const ones = fillShuffled(new Uint8Array(count - first).fill(2).fill(1, 0, half[1]), stream.stream(1));
    const chosen = new Uint8Array(count);
    chosen.set(zeros);
    chosen.set(ones, first);
    const d = statistic(pairSums(pairs, chosen), half[0], half[1]) - value;
    total += d;
    squares += d * d;
  }
  const variance = Math.max(0, (squares - (total * total) / HALVES) / (HALVES - 1));
  return { value, pValue: (1 + exceed) / (1 + permutations), deviation: Math.sqrt(variance) };
}
