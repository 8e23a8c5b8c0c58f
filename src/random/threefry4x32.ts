import { SynthproofError } from '../errors.ts';
import { threefryBlock } from './threefry-block.ts';

/**
 * Threefry4x32-20 on arrays: the four words of a counter under a key.
 *
 * Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3; the same
 * answers as Random123. {@link threefryBlock} is the same function on single numbers, for kernels.
 *
 * @param counter - Four 32-bit words.
 * @param key - Four 32-bit words.
 * @param out - Where the four words go; a new array by default.
 * @returns `out`.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH` when an array does not hold four words.
 * @example
 * Array.from(threefry4x32([0, 0, 0, 0], [0, 0, 0, 0])); // => [0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]
 */
export function threefry4x32(
  counter: ArrayLike<number>,
  key: ArrayLike<number>,
  out: Uint32Array = new Uint32Array(4),
): Uint32Array {
  if (counter.length !== 4)
    throw new SynthproofError('LENGTH_MISMATCH', `counter: expected 4 words, received ${counter.length}`, {
      argument: 'counter',
    });
  if (key.length !== 4)
    throw new SynthproofError('LENGTH_MISMATCH', `key: expected 4 words, received ${key.length}`, { argument: 'key' });
  if (out.length < 4)
    throw new SynthproofError('LENGTH_MISMATCH', `out: expected at least 4 words, received ${out.length}`, {
      argument: 'out',
    });
  threefryBlock(key[0]!, key[1]!, key[2]!, key[3]!, counter[0]!, counter[1]!, counter[2]!, counter[3]!, out);
  return out;
}
