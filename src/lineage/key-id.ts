import { SynthproofError } from '../errors.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { ed25519Scheme } from './ed25519-scheme.ts';
import type { SignatureScheme } from './types.ts';

/**
 * Id of a public key: SHA-256 of its SPKI DER form, as in envelopes and trust policies.
 *
 * @param publicKey - Raw public key.
 * @param scheme - Its algorithm; default Ed25519.
 * @returns 64 hex digits.
 * @throws {@link SynthproofError} `BAD_KEY` when the key is malformed or weak.
 * @example
 * keyId(ed25519PublicKey(new Uint8Array(32))).length; // => 64
 */
export function keyId(publicKey: Uint8Array, scheme: SignatureScheme = ed25519Scheme): string {
  const fault = scheme.publicKeyFault(publicKey);
  if (fault !== null) throw new SynthproofError('BAD_KEY', `publicKey: ${fault}`, { argument: 'publicKey' });
  return sha256Hex(scheme.spki(publicKey));
}
