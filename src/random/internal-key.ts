import { sha256 } from '../hash/sha256.ts';
import { utf8 } from '../hash/utf8.ts';

/** The first words of SHA-256 over the concatenated parts, read little-endian. */
export function hashToWords(parts: readonly Uint8Array[], words: number): Int32Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const digest = sha256(bytes);
  const out = new Int32Array(words);
  for (let i = 0; i < 4 * words; i++) out[i >> 2]! |= digest[i]! << (8 * (i & 3));
  return out;
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
