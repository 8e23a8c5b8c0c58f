import { sha256 } from './sha256.ts';
import { toHex } from './to-hex.ts';
import { utf8 } from './utf8.ts';

/**
 * SHA-256 of bytes, or of a text's UTF-8 bytes, as lowercase hex.
 *
 * @param message - Bytes, or text without lone surrogates.
 * @returns 64 hex digits.
 * @throws {@link SynthproofError} `BAD_TEXT` when a text holds a lone surrogate.
 * @example
 * sha256Hex(''); // => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function sha256Hex(message: Uint8Array | string): string {
  return toHex(sha256(typeof message === 'string' ? utf8(message) : message));
}
