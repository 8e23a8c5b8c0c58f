import { SynthproofError } from '../errors.ts';
import { equalBytes } from '../hash/internal-equal-bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { toHex } from '../hash/to-hex.ts';
import { utf8 } from '../hash/utf8.ts';

/**
 * Commitment to a watermark key or a seed: published in the record now, opened later to prove that this key was meant.
 * The salt keeps a guessable key from being found by trying.
 *
 * SHA-256 of `synthproof.wmkey.v1`, a zero byte, the salt and the key.
 *
 * @param key - Key or seed bytes; not empty.
 * @param salt - 32 random bytes, kept with the key.
 * @returns 64 hex digits.
 * @throws {@link SynthproofError} `BAD_KEY` when the salt is not 32 bytes long or the key is empty; neither is shown.
 * @example
 * keyCommitment(utf8('key'), new Uint8Array(32)).length; // => 64
 */
export function keyCommitment(key: Uint8Array, salt: Uint8Array): string {
  if (salt.length !== 32) throw new SynthproofError('BAD_KEY', 'salt: expected 32 random bytes', { argument: 'salt' });
  if (key.length === 0) throw new SynthproofError('BAD_KEY', 'key: expected at least one byte', { argument: 'key' });
  const domain = utf8('synthproof.wmkey.v1\0');
  const message = new Uint8Array(domain.length + 32 + key.length);
  message.set(domain);
  message.set(salt, domain.length);
  message.set(key, domain.length + 32);
  return toHex(sha256(message));
}

/** Whether two hex texts are equal, in time that does not depend on where they differ. */
export function equalHex(a: string, b: string): boolean {
  return equalBytes(utf8(a), utf8(b));
}
