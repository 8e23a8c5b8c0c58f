import { SynthproofError } from '../errors.ts';
import { branchSigns, MOST_BITS, RATE, TAIL } from './internal-convolution.ts';

/**
 * Code word of a payload: the convolutional code of constraint length 9 and rate 1/4 (generators 463, 535, 733, 745
 * octal) with 8 zero tail bits; +1 stands for 0 and -1 for 1.
 *
 * Any two words differ in many signs, so that {@link decodePayload} finds the right one among very noisy votes.
 *
 * @param bits - 1 to 1024 bits, each 0 or 1.
 * @returns 4 x (bits + 8) signs.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for the number of bits; `BAD_VALUE` for anything but 0 and 1.
 * @example
 * Array.from(encodePayload([1]).subarray(0, 4)); // => [-1, -1, -1, -1]
 */
export function encodePayload(bits: ArrayLike<number>): Int8Array {
  if (bits.length < 1 || bits.length > MOST_BITS)
    throw new SynthproofError('OUT_OF_RANGE', `bits: expected 1 to ${MOST_BITS} bits, received ${bits.length}`, {
      argument: 'bits',
    });
  const signs = branchSigns();
  const word = new Int8Array(RATE * (bits.length + TAIL));
  let register = 0;
  for (let i = 0; i < bits.length + TAIL; i++) {
    const bit = i < bits.length ? bits[i]! : 0;
    if (bit !== 0 && bit !== 1)
      throw new SynthproofError('BAD_VALUE', `bits: expected 0 or 1, received ${bit} at ${i}`, { argument: 'bits' });
    register = ((register << 1) | bit) & 511;
    for (let g = 0; g < RATE; g++) word[RATE * i + g] = signs[RATE * register + g]!;
  }
  return word;
}
