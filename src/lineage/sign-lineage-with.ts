import { SynthproofError } from '../errors.ts';
import { toBase64 } from '../hash/to-base64.ts';
import { dssePae } from './dsse-pae.ts';
import { assembleEnvelope } from './sign-dsse.ts';
import { LINEAGE_PAYLOAD_TYPE, statementBytes } from './sign-lineage.ts';
import type { DsseEnvelope, LineageSigner, LineageStatement } from './types.ts';

/**
 * Signs a statement with keys that are kept elsewhere: WebCrypto, a key service, a hardware token.
 *
 * @param statement - From {@link createStatement}.
 * @param signers - At least one; see {@link LineageSigner}.
 * @returns The envelope.
 * @throws {@link SynthproofError} `BAD_KEY` when there is no signer, one is given twice, or its key id is no key id;
 * `BAD_JSON` as {@link signLineage}.
 * @example
 * const signer = { keyId: sha256Hex('spki'), sign: async () => new Uint8Array(64) };
 * typeof signLineageWith; // => 'function'
 * signer.keyId.length; // => 64
 */
export async function signLineageWith(
  statement: LineageStatement,
  signers: readonly LineageSigner[],
): Promise<DsseEnvelope> {
  const payload = statementBytes(statement);
  const message = dssePae(LINEAGE_PAYLOAD_TYPE, payload);
  const signatures: { keyid: string; sig: string }[] = [];
  for (const signer of signers) {
    if (!/^[0-9a-f]{64}$/.test(signer.keyId))
      throw new SynthproofError('BAD_KEY', 'signers: keyId must be the SHA-256 of the SPKI in lowercase hex', {
        argument: 'signers',
      });
    // A copy, so that no signer can change what the next one signs.
    signatures.push({ keyid: signer.keyId, sig: toBase64(await signer.sign(message.slice())) });
  }
  return assembleEnvelope(payload, LINEAGE_PAYLOAD_TYPE, signatures);
}
