import { p256 } from '@noble/curves/nist.js';
import { concat } from './ed25519-scheme.ts';
import type { SignatureScheme } from './types.ts';

/**
 * ECDSA on P-256 with SHA-256: 64-byte P1363 or DER signatures (the length decides), low S only, keys as 65-byte
 * uncompressed points. Give it as `scheme` of a {@link TrustedKey}; whoever does not use it does not load it.
 *
 * @example
 * p256Scheme.publicKeyFault(new Uint8Array(33)); // => 'expected 65 bytes that begin with 04, received 33'
 */
export const p256Scheme: SignatureScheme = {
  id: 'ECDSA-P256-SHA256',
  publicKeyFault(publicKey: Uint8Array): string | null {
    if (publicKey.length !== 65 || publicKey[0] !== 4)
      return `expected 65 bytes that begin with 04, received ${publicKey.length}`;
    try {
      p256.Point.fromBytes(publicKey).assertValidity();
      return null;
    } catch {
      return 'not a point of the curve';
    }
  },
  spki(publicKey: Uint8Array): Uint8Array {
    // RFC 5480, section 2: id-ecPublicKey with the curve secp256r1.
    return concat(
      [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
      ],
      publicKey,
    );
  },
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
    try {
      const format = signature.length === 64 ? 'compact' : 'der';
      return p256.verify(signature, message, publicKey, { prehash: true, lowS: true, format });
    } catch {
      return false;
    }
  },
};
