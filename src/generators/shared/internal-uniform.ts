import { SynthproofError } from '../../errors.ts';
import { threefryBlock } from '../../random/threefry-block.ts';
import type { SampleOptions } from '../../types.ts';
import { checkWhole } from './internal-options.ts';

/** 53 bits of two words as a fraction in [0, 1). */
export function fraction(high: number, low: number): number {
  return (high * 2_097_152 + (low >>> 11)) / 9_007_199_254_740_992;
}

/**
 * Four words for one cell: they depend on the key, the draw's number, the column and the row only, so any shard gives
 * the same rows. Number the draws of a cell from 0: value, missing indicator, attempts.
 */
export function cellWords(key: Uint32Array, draw: number, column: number, row: number, out: Uint32Array): void {
  threefryBlock(key[0]!, key[1]!, key[2]!, key[3]!, draw, column, row, Math.floor(row / 4_294_967_296), out);
}

/** Checks rows and offset of a sample, and gives the offset. */
export function checkSampleOptions({ rows, offset = 0 }: SampleOptions): number {
  checkWhole('rows', rows, 0);
  checkWhole('offset', offset, 0);
  if (!Number.isSafeInteger(offset + rows))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `offset: expected offset + rows below 2^53, received ${offset} + ${rows}; use smaller row numbers`,
      { argument: 'offset' },
    );
  return offset;
}
