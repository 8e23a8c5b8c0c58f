import { ed25519 } from '@noble/curves/ed25519.js';
import { SynthproofError } from '../errors.ts';

/**
 * Public key of an Ed25519 secret key.
 * Source: RFC 8032, section 5.1.5.
 *
 * @param secretKey - 32 bytes from a cryptographic random source.
 * @returns 32 bytes, to hand to verifiers.
 * @throws {@link SynthproofError} `BAD_KEY` when the key is not 32 bytes long; the message never shows it.
 * @example
 * toHex(ed25519PublicKey(new Uint8Array(32))).slice(0, 16); // => '3b6a27bcceb6a42d'
 */
export function ed25519PublicKey(secretKey: Uint8Array): Uint8Array {
  checkSecretKey(secretKey);
  return ed25519.getPublicKey(secretKey);
}

/** Refuses a secret key of the wrong form without showing it. */
export function checkSecretKey(secretKey: Uint8Array): void {
  if (!(secretKey instanceof Uint8Array) || secretKey.length !== 32)
    throw new SynthproofError('BAD_KEY', 'secretKey: expected 32 bytes in a Uint8Array', { argument: 'secretKey' });
}
