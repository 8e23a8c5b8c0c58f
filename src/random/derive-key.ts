import { utf8 } from '../hash/utf8.ts';
import { hashToWords, wordBytes } from './internal-key.ts';

/**
 * Four key words for one purpose, for {@link threefryBlock} kernels that address cells by counter.
 *
 * The first 16 bytes of SHA-256(`synthproof/key/1`, byte length of the purpose as a little-endian word, purpose, seed),
 * read as little-endian words. The length makes (seed, purpose) unambiguous, and the prefix keeps these keys apart from
 * those of {@link createRng} with the same seed.
 *
 * @param seed - Any text without lone surrogates.
 * @param purpose - What the key is for, for example `cart/sample`. A different purpose gives an unrelated key.
 * @throws {@link SynthproofError} `BAD_TEXT` when a text holds a lone surrogate.
 * @example
 * const a = deriveKey('demo', 'noise');
 * const b = deriveKey('demo', 'order');
 * a[0] === b[0]; // => false
 */
export function deriveKey(seed: string, purpose: string): Uint32Array {
  const name = utf8(purpose);
  const words = hashToWords([utf8('synthproof/key/1'), wordBytes([name.length]), name, utf8(seed)], 4);
  return new Uint32Array(words.buffer);
}
