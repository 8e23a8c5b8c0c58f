import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { parseStrictJson } from '../hash/parse-strict-json.ts';
import { utf8 } from '../hash/utf8.ts';
import { signDsse } from './sign-dsse.ts';
import type { DsseEnvelope, LineageStatement } from './types.ts';

/** Options of {@link signLineage}. */
export interface SignLineageOptions {
  /** Ed25519 secret key, 32 bytes from a cryptographic random source. */
  readonly secretKey: Uint8Array;
  /** More Ed25519 secret keys that sign as well. */
  readonly coSigners?: readonly Uint8Array[] | undefined;
}

/**
 * Signs a statement: canonical JSON, DSSE, Ed25519. Deterministic: equal statement and key, equal envelope.
 *
 * For keys kept elsewhere (WebCrypto, a key service) use {@link signLineageWith}.
 *
 * @param statement - From {@link createStatement}.
 * @param options - See {@link SignLineageOptions}.
 * @returns The envelope; store `canonicalJson(envelope)`, without a line break behind it.
 * @throws {@link SynthproofError} `BAD_KEY` when a key is malformed or given twice; the message never shows it.
 * `BAD_JSON` when the statement holds what strict JSON does not.
 * @example
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table: tableDigest(createTable([numberColumn('x', [1])])),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * const secretKey = new Uint8Array(32);
 * const envelope = signLineage(createStatement(record), { secretKey });
 * verifyLineage(envelope, { keys: [{ publicKey: ed25519PublicKey(secretKey) }] }).ok; // => true
 */
export function signLineage(statement: LineageStatement, options: SignLineageOptions): DsseEnvelope {
  const { secretKey, coSigners = [] } = options;
  return signDsse(statementBytes(statement), {
    payloadType: LINEAGE_PAYLOAD_TYPE,
    secretKeys: [secretKey, ...coSigners],
  });
}

/** Payload type of an in-toto statement. */
export const LINEAGE_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** Canonical bytes of a statement, checked to be what the strict parser reads back. */
export function statementBytes(statement: LineageStatement): Uint8Array {
  const text = canonicalJson(statement);
  if (canonicalJson(parseStrictJson(text)) !== text)
    throw new SynthproofError('BAD_JSON', 'statement: does not survive strict JSON', { argument: 'statement' });
  return utf8(text);
}
