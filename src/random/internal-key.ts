import { compressSha256, fillWord, SHA256_INITIAL } from '../hash/internal-sha256-core.ts';
import { utf8 } from '../hash/utf8.ts';

/**
 * The first words of SHA-256 over the concatenated parts, read little-endian. On the hash's own core: the general
 * `sha256` would add five kilobytes to every bundle with a generator.
 */
export function hashToWords(parts: readonly Uint8Array[], words: number): Int32Array {
  let length = 0;
  for (const part of parts) length += part.length;
  // FIPS 180-4 section 5.1.1: a 1 bit, zeros, then the length in bits as 64 bits.
  const bytes = new Uint8Array(Math.ceil((length + 9) / 64) * 64);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes[length] = 0x80;
  fillWord(bytes, bytes.length - 8, Math.floor(length / 536870912));
  fillWord(bytes, bytes.length - 4, (length * 8) | 0);
  const state = Int32Array.from(SHA256_INITIAL);
  const schedule = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) compressSha256(state, schedule, bytes, block);
  // The digest writes its words with the most significant byte first; they are read with the least first.
  return state.slice(0, words).map((word) => {
    const odd = ((word << 8) | (word >>> 24)) & 0x00ff00ff;
    const even = ((word << 24) | (word >>> 8)) & ~0x00ff00ff;
    return odd | even;
  });
}

/** 32-bit words as little-endian bytes. */
export function wordBytes(words: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(4 * words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    out[4 * i] = word;
    out[4 * i + 1] = word >>> 8;
    out[4 * i + 2] = word >>> 16;
    out[4 * i + 3] = word >>> 24;
  }
  return out;
}

/** Low and high 32-bit words of a whole number below 2^53. */
export function splitWords(value: number): readonly [number, number] {
  return [value | 0, (value / 4294967296) | 0];
}

/**
 * The key of a derived stream: SHA-256 of prefix, parent key, parent stream, a tag byte and the purpose. Prefix, key
 * and stream have fixed lengths and the purpose comes last, so different (parent, tag, purpose) never give the same
 * bytes; keys then differ except with the chance of a SHA-256 collision on the kept words.
 */
export function deriveStreamKey(
  prefix: string,
  key: ArrayLike<number>,
  stream: number,
  purpose: string | null,
  words: number,
): Int32Array {
  const tag = Uint8Array.of(purpose === null ? 1 : 0);
  return hashToWords([utf8(prefix), wordBytes(key), wordBytes(splitWords(stream)), tag, utf8(purpose ?? '')], words);
}
