import { utf8 } from '../hash/utf8.ts';
import type { Rng } from '../types.ts';
import { CounterRng } from './internal-counter-rng.ts';
import { threefryEngine } from './internal-engines.ts';
import { hashToWords } from './internal-key.ts';

/**
 * The library's random generator: counter-based Threefry4x32-20, seeded by any text.
 *
 * Key: the first 16 bytes of SHA-256(UTF-8 of `synthproof/rng/1` followed by the seed), read as four little-endian
 * words, so seeds that differ in one character are unrelated. Counter words: (block low, block high, stream low, stream
 * high); word w of a stream is word `w % 4` of block `floor(w / 4)`. Period 2^66 words a stream.
 *
 * - `stream(name)`: a new key, the first 16 bytes of SHA-256(`synthproof/rng-stream/1`, key, stream number, 0, name).
 * - `stream(index)`: the same key with stream number `index + 1`; costs no hash, so one stream a row is cheap. Below an
 *   indexed stream the key is first derived again (tag byte 1 and no name), so `stream(1).stream(2)` is not `stream(2)`.
 *
 * The hashed bytes differ for different paths of names and indices, so two paths share words only if SHA-256 collides
 * on 128 bits. Making or drawing from a stream never moves the words of another.
 * It is not a cipher: seeds of marks and keys go through HMAC in `hash`.
 *
 * @param seed - Any text without lone surrogates.
 * @throws {@link SynthproofError} `BAD_TEXT` when the seed holds a lone surrogate.
 * @example
 * const rng = createRng('demo');
 * const noise = rng.stream('noise');
 * rng.nextUint32() === createRng('demo').nextUint32(); // => true
 * noise.state().position; // => 0
 */
export function createRng(seed: string): Rng {
  return new CounterRng(threefryEngine, hashToWords([utf8('synthproof/rng/1'), utf8(seed)], 4), 0, 0);
}
