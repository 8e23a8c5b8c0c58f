import { SynthproofError } from '../errors.ts';
import { branchSigns, MOST_BITS, RATE, TAIL } from './internal-convolution.ts';

/** The word that fits some votes best. */
export interface DecodedPayload {
  /** Its bits, each 0 or 1. */
  readonly bits: Uint8Array;
  /** Sum of vote x sign over the word: the greatest of all 2^bits words. */
  readonly metric: number;
}

/**
 * The payload whose code word has the greatest sum of vote x sign: the exact maximum over all words, by the soft
 * Viterbi algorithm.
 *
 * @param votes - 4 x (bits + 8) finite numbers: how far the evidence leans to +1 at each position.
 * @param bits - Number of bits that were encoded, 1 to 1024.
 * @returns The bits and the sum.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` for `bits`; `LENGTH_MISMATCH` for the number of votes; `BAD_NUMBER` for a
 * vote that is not finite.
 * @example
 * Array.from(decodePayload(encodePayload([1, 0, 1, 1]), 4).bits); // => [1, 0, 1, 1]
 */
export function decodePayload(votes: ArrayLike<number>, bits: number): DecodedPayload {
  if (!Number.isInteger(bits) || bits < 1 || bits > MOST_BITS)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `bits: expected a whole number from 1 to ${MOST_BITS}, received ${bits}`,
      {
        argument: 'bits',
      },
    );
  const steps = bits + TAIL;
  if (votes.length !== RATE * steps)
    throw new SynthproofError('LENGTH_MISMATCH', `votes: expected ${RATE * steps}, received ${votes.length}`, {
      argument: 'votes',
    });
  for (let i = 0; i < votes.length; i++)
    if (!Number.isFinite(votes[i]!))
      throw new SynthproofError('BAD_NUMBER', `votes: expected finite numbers, received ${votes[i]} at ${i}`, {
        argument: 'votes',
      });
  const signs = branchSigns();
  // A state is the last 8 bits. Its two predecessors differ in the bit that falls out.
  const fallen = new Uint8Array(steps * 256);
  let metric = new Float64Array(256).fill(-Infinity);
  let next = new Float64Array(256);
  metric[0] = 0;
  const branch = (register: number, step: number): number => {
    let sum = 0;
    for (let g = 0; g < RATE; g++) sum += votes[RATE * step + g]! * signs[RATE * register + g]!;
    return sum;
  };
  for (let step = 0; step < steps; step++) {
    for (let state = 0; state < 256; state++) {
      if (step >= bits && (state & 1) === 1) {
        next[state] = -Infinity;
        continue;
      }
      const zero = metric[state >> 1]! + branch(state, step);
      const one = metric[128 | (state >> 1)]! + branch(256 | state, step);
      fallen[step * 256 + state] = one > zero ? 1 : 0;
      next[state] = Math.max(zero, one);
    }
    [metric, next] = [next, metric];
  }
  const found = new Uint8Array(bits);
  let state = 0;
  for (let step = steps - 1; step >= 0; step--) {
    if (step < bits) found[step] = state & 1;
    state = (fallen[step * 256 + state]! << 7) | (state >> 1);
  }
  return { bits: found, metric: metric[0]! };
}
