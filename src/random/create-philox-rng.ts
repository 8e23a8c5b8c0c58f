import { utf8 } from '../hash/utf8.ts';
import type { Rng } from '../types.ts';
import { CounterRng } from './internal-counter-rng.ts';
import { philoxEngine } from './internal-engines.ts';
import { hashToWords } from './internal-key.ts';

/**
 * The second engine, Philox4x32-10, for comparing with tools that use it and for checking that a result does not hang
 * on one generator. Same interface and stream rules as {@link createRng}.
 *
 * Key: the first 8 bytes of SHA-256(`synthproof/philox/1` followed by the seed), read as two little-endian words. With
 * a 64-bit key about 2^32 named streams may be made before two are likely to coincide; Threefry's limit is 2^64.
 *
 * @param seed - Any text without lone surrogates.
 * @throws {@link SynthproofError} `BAD_TEXT` when the seed holds a lone surrogate.
 * @example
 * createPhiloxRng('demo').state().engine; // => 'philox4x32-10/1'
 */
export function createPhiloxRng(seed: string): Rng {
  return new CounterRng(philoxEngine, hashToWords([utf8('synthproof/philox/1'), utf8(seed)], 2), 0, 0);
}
