import { log } from '../../math/log.ts';
import { checkOneOf, checkShare, checkWhole } from '../../stats/internal-options.ts';
import { DRIFT, isCount, makeDetector, QUIET } from './internal-detector.ts';
import type { StreamDetector } from './stream-detector.ts';

/** Options of {@link adwinDetector}. */
export interface AdwinOptions {
  /** Confidence of one check. Default 0.002. */
  readonly delta?: number | undefined;
  /** Values between two checks, default 32. */
  readonly clock?: number | undefined;
  /** Buckets kept of each size, default 5. */
  readonly maxBuckets?: number | undefined;
  /** Least values in each part of a cut, default 5. */
  readonly minPart?: number | undefined;
  /** Values before the first check, default 10. */
  readonly gracePeriod?: number | undefined;
  /** What an alarm does to the window: `shrink` drops its old part, as in the paper; `restart` drops all of it, as river does. Default `shrink`. */
  readonly afterAlarm?: 'shrink' | 'restart' | undefined;
}

/** Where the numbers stand in the memory; then come, for each bucket size, a count, the totals and the variances. */
const WIDTH = 0;
const TOTAL = 1;
const VARIANCE = 2;
const TICK = 3;
const ROWS = 4;
const HEAD = 5;
/** A window of 2^43 values would fill this many bucket sizes. */
const MOST_ROWS = 44;

/**
 * ADWIN: keeps the longest window whose parts do not differ in mean, in memory that grows with the logarithm of its length.
 *
 * A cut is made where |mean0 - mean1| > sqrt(2 r v d) + 2/3 d r with r = 1/(n0 - 4) + 1/(n1 - 4), v the variance of the
 * window, d = ln(2 ln W / delta): the values should span about 1, for the second term is in their units. As in river, the newest bucket of each size is never tested alone.
 * Source: Bifet and Gavalda 2007.
 *
 * @param options - See {@link AdwinOptions}.
 * @returns The detector.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` or `BAD_OPTION` for an impossible option; `BAD_VALUE` for a value that is not finite;
 * `BAD_MODEL` for a foreign state.
 * @example
 * const detector = adwinDetector();
 * const values = Array.from({ length: 600 }, (_, i) => (i < 300 ? 0 : 1));
 * detector.update(detector.init(), values).drifts[0]; // => 351
 */
export function adwinDetector(options: AdwinOptions = {}): StreamDetector {
  const { delta = 0.002, clock = 32, maxBuckets = 5, minPart = 5, gracePeriod = 10, afterAlarm = 'shrink' } = options;
  checkShare('delta', delta);
  checkWhole('clock', clock, 1, 1e9);
  checkWhole('maxBuckets', maxBuckets, 2, 1000);
  checkWhole('minPart', minPart, 1, 1e9);
  checkWhole('gracePeriod', gracePeriod, 0, 1e9);
  checkOneOf('afterAlarm', afterAlarm, ['shrink', 'restart']);
  const slots = maxBuckets + 1;
  const rowLength = 1 + 2 * slots;
  const grow = (memory: number[]) => {
    for (let i = 0; i < rowLength; i++) memory.push(0);
    memory[ROWS] = memory[ROWS]! + 1;
  };
  /** Removes the oldest buckets of a row. */
  const drop = (memory: number[], row: number, count: number) => {
    const totals = row + 1;
    const variances = totals + slots;
    const held = memory[row]!;
    for (let k = count; k < held; k++) {
      memory[totals + k - count] = memory[totals + k]!;
      memory[variances + k - count] = memory[variances + k]!;
    }
    for (let k = held - count; k < held; k++) {
      memory[totals + k] = 0;
      memory[variances + k] = 0;
    }
    memory[row] = held - count;
  };
  const insert = (memory: number[], row: number, total: number, variance: number) => {
    const held = memory[row]!;
    memory[row + 1 + held] = total;
    memory[row + 1 + slots + held] = variance;
    memory[row] = held + 1;
  };
  /** Joins the two oldest buckets of a size while there are too many. */
  const compress = (memory: number[]) => {
    let size = 1;
    for (let row = HEAD; memory[row] === slots; row += rowLength, size *= 2) {
      if (row + rowLength === memory.length) grow(memory);
      const total0 = memory[row + 1]!;
      const total1 = memory[row + 2]!;
      const gap = total0 / size - total1 / size;
      const variance = memory[row + 1 + slots]! + memory[row + 2 + slots]! + (size * size * gap * gap) / (size + size);
      insert(memory, row + rowLength, total0 + total1, variance);
      drop(memory, row, 2);
    }
  };
  /** Drops the oldest bucket of the window. */
  const forget = (memory: number[]) => {
    const row = memory.length - rowLength;
    const size = powerOfTwo(memory[ROWS]! - 1);
    const total = memory[row + 1]!;
    const width = memory[WIDTH]! - size;
    memory[WIDTH] = width;
    memory[TOTAL] = memory[TOTAL]! - total;
    const gap = total / size - memory[TOTAL]! / width;
    memory[VARIANCE] = memory[VARIANCE]! - (memory[row + 1 + slots]! + (size * width * gap * gap) / (size + width));
    drop(memory, row, 1);
    if (memory[row] === 0) {
      memory.length -= rowLength;
      memory[ROWS] = memory[ROWS]! - 1;
    }
  };
  /** Whether some cut of the window separates two means. */
  const separates = (memory: readonly number[]): boolean => {
    const width = memory[WIDTH]!;
    const confidence = log((2 * log(width)) / delta);
    const spread = Math.max(0, memory[VARIANCE]!) / width;
    const bound = 2 * spread * confidence * (1 - 1e-9);
    let size = powerOfTwo(memory[ROWS]! - 1);
    let n0 = 0;
    let total0 = 0;
    const total = memory[TOTAL]!;
    for (let row = memory.length - rowLength; row >= HEAD; row -= rowLength, size /= 2) {
      const last = memory[row]! - 1;
      for (let k = 0; k < last; k++) {
        n0 += size;
        total0 += memory[row + 1 + k]!;
        const n1 = width - n0;
        if (n0 < minPart || n1 < minPart) continue;
        const room0 = n0 - minPart + 1;
        const room1 = n1 - minPart + 1;
        // Without division and root: gap^2 <= 2 r v d alone rules the cut out, and it nearly always does.
        const product = n0 * n1;
        const cross = total0 * n1 - (total - total0) * n0;
        if (cross * cross * room0 * room1 <= bound * (room0 + room1) * product * product) continue;
        const r = 1 / room0 + 1 / room1;
        const gap = Math.abs(total0 / n0 - (total - total0) / n1);
        if (gap > Math.sqrt(2 * r * spread * confidence) + (2 / 3) * confidence * r) return true;
      }
    }
    return false;
  };
  return makeDetector({
    kind: 'adwin',
    settings: [delta, clock, maxBuckets, minPart, gracePeriod, afterAlarm === 'shrink' ? 0 : 1],
    low: -1e100,
    high: 1e100,
    fresh: () => {
      const memory = [0, 0, 0, 0, 0];
      grow(memory);
      return memory;
    },
    most: HEAD + MOST_ROWS * rowLength,
    sound: (memory) => soundWindow(memory, rowLength, slots),
    restart: afterAlarm === 'shrink' ? false : undefined,
    step(memory, x) {
      insert(memory, HEAD, x, 0);
      const width = memory[WIDTH]! + 1;
      memory[WIDTH] = width;
      if (width > 1) {
        const gap = x - memory[TOTAL]! / (width - 1);
        memory[VARIANCE] = memory[VARIANCE]! + ((width - 1) * gap * gap) / width;
      }
      memory[TOTAL] = memory[TOTAL]! + x;
      compress(memory);
      memory[TICK] = memory[TICK]! + 1;
      if (memory[TICK]! % clock !== 0 || width <= gracePeriod) return QUIET;
      let outcome = QUIET;
      while (memory[WIDTH]! > 1 && separates(memory)) {
        outcome = DRIFT;
        forget(memory);
      }
      return outcome;
    },
    holding: ([width, total]) => [width!, total! / width!],
  });
}

function powerOfTwo(k: number): number {
  let size = 1;
  for (let i = 0; i < k; i++) size *= 2;
  return size;
}

/** Bucket counts must add up to the width, or a hostile state would run the loops astray. */
function soundWindow(memory: readonly number[], rowLength: number, slots: number): boolean {
  const rows = memory[ROWS]!;
  if (!isCount(rows) || rows < 1 || memory.length !== HEAD + rows * rowLength || !isCount(memory[TICK]!)) return false;
  let width = 0;
  let size = 1;
  for (let row = HEAD; row < memory.length; row += rowLength, size *= 2) {
    const held = memory[row]!;
    if (!isCount(held) || held >= slots) return false;
    width += held * size;
  }
  return width === memory[WIDTH] && (rows === 1 || memory[memory.length - rowLength]! > 0);
}
