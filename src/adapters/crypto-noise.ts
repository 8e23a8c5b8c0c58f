import type { NoiseSource } from '../dp/noise-source.ts';
import { SynthproofError } from '../errors.ts';

/** Words fetched at once: getRandomValues gives at most 65,536 bytes a call. */
const BATCH = 4096;

/**
 * Noise from the runtime's cryptographic generator (`crypto.getRandomValues`): what a differentially private release
 * needs. It cannot be repeated, so nobody can subtract the noise; two fits of the same table therefore differ.
 *
 * @returns A {@link NoiseSource} whose `source` is `crypto`.
 * @throws `SynthproofError` `BAD_OPTION` where the runtime has no `crypto.getRandomValues`.
 * @example
 * cryptoNoise().source; // => 'crypto'
 */
export function cryptoNoise(): NoiseSource {
  const { crypto } = globalThis as { readonly crypto?: { getRandomValues?(words: Uint32Array): unknown } };
  if (typeof crypto?.getRandomValues !== 'function')
    throw new SynthproofError(
      'BAD_OPTION',
      'crypto: this runtime has no crypto.getRandomValues; pass a NoiseSource of its own cryptographic generator instead',
      { argument: 'noise' },
    );
  const words = new Uint32Array(BATCH);
  let left = 0;
  return {
    source: 'crypto',
    nextUint32() {
      if (left === 0) {
        crypto.getRandomValues!(words);
        left = BATCH;
      }
      const word = words[--left]!;
      // A word is used once: what stays in memory says nothing about noise already added.
      words[left] = 0;
      return word;
    },
  };
}
