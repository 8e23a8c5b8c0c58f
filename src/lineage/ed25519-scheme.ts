import { ed25519 } from '@noble/curves/ed25519.js';
import type { SignatureScheme } from './types.ts';

/**
 * Ed25519 as RFC 8032 has it, strict: canonical encodings only, S below the group order, no small-order keys (for
 * which one signature fits every message).
 *
 * @example
 * ed25519Scheme.publicKeyFault(new Uint8Array(31)); // => 'expected 32 bytes, received 31'
 */
export const ed25519Scheme: SignatureScheme = {
  id: 'Ed25519',
  publicKeyFault(publicKey: Uint8Array): string | null {
    if (publicKey.length !== 32) return `expected 32 bytes, received ${publicKey.length}`;
    try {
      // zip215 false: y below the field's prime, and no sign bit on x = 0.
      const point = ed25519.Point.fromBytes(publicKey, false);
      return point.isSmallOrder() ? 'point of small order' : null;
    } catch {
      return 'not a canonical point of the curve';
    }
  },
  spki(publicKey: Uint8Array): Uint8Array {
    // RFC 8410, section 4: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING }.
    return concat([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00], publicKey);
  },
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
    try {
      return signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};

/** A fixed prefix and bytes behind it. */
export function concat(prefix: readonly number[], bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(prefix.length + bytes.length);
  joined.set(prefix);
  joined.set(bytes, prefix.length);
  return joined;
}
