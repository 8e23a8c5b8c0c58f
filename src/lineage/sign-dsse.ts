import { ed25519 } from '@noble/curves/ed25519.js';
import { SynthproofError } from '../errors.ts';
import { toBase64 } from '../hash/to-base64.ts';
import { dssePae } from './dsse-pae.ts';
import { checkSecretKey } from './ed25519-public-key.ts';
import { keyId } from './key-id.ts';
import type { DsseEnvelope, DsseSignature } from './types.ts';

/** Options of {@link signDsse}. */
export interface SignDsseOptions {
  /** Type of the payload, printable ASCII. */
  readonly payloadType: string;
  /** Ed25519 secret keys, 32 bytes each; one signature per key. */
  readonly secretKeys: readonly Uint8Array[];
}

/**
 * Signs a payload with Ed25519 into a DSSE envelope. Deterministic: equal input, equal bytes.
 * Source: DSSE envelope 1.0; RFC 8032.
 *
 * @param payload - The bytes to sign.
 * @param options - See {@link SignDsseOptions}.
 * @returns The envelope, signatures ordered by key id.
 * @throws {@link SynthproofError} `BAD_KEY` when there is no key, a key is malformed, or one is given twice;
 * `BAD_OPTION` when the type is not printable ASCII (implementations disagree about the length of others).
 * @example
 * signDsse(utf8('hi'), { payloadType: 'text/plain', secretKeys: [new Uint8Array(32)] }).payload; // => 'aGk='
 */
export function signDsse(payload: Uint8Array, options: SignDsseOptions): DsseEnvelope {
  const { payloadType, secretKeys } = options;
  checkPayloadType(payloadType);
  const message = dssePae(payloadType, payload);
  const signatures = secretKeys.map((secretKey) => {
    checkSecretKey(secretKey);
    const sig = toBase64(ed25519.sign(message, secretKey));
    return { keyid: keyId(ed25519.getPublicKey(secretKey)), sig };
  });
  return assembleEnvelope(payload, payloadType, signatures);
}

/** Refuses types whose length in bytes and in characters differ. */
function checkPayloadType(payloadType: string): void {
  if (!/^[\x20-\x7e]*$/.test(payloadType))
    throw new SynthproofError('BAD_OPTION', 'payloadType: expected printable ASCII', { argument: 'payloadType' });
}

/** Puts signatures in the order of their key ids; refuses none and doubled ones. */
export function assembleEnvelope(
  payload: Uint8Array,
  payloadType: string,
  signatures: readonly DsseSignature[],
): DsseEnvelope {
  const sorted = [...signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : a.keyid > b.keyid ? 1 : 0));
  if (sorted.length === 0)
    throw new SynthproofError('BAD_KEY', 'secretKeys: expected at least one key', { argument: 'secretKeys' });
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i]!.keyid === sorted[i - 1]!.keyid)
      throw new SynthproofError('BAD_KEY', `secretKeys: the key ${sorted[i]!.keyid} is given twice`, {
        argument: 'secretKeys',
      });
  return { payload: toBase64(payload), payloadType, signatures: sorted };
}
