import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { decodeUtf8 } from '../hash/decode-utf8.ts';
import { type JsonValue, parseStrictJson } from '../hash/parse-strict-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { subjectFault } from './create-statement.ts';
import { recordFault } from './internal-record-fault.ts';
import { STATEMENT_SHAPE } from './internal-record-shape.ts';
import { shapeFault } from './internal-shape.ts';
import {
  type ContentFault,
  claimsFault,
  derivedFault,
  filesFault,
  parentsFault,
  tableFault,
} from './internal-verify-content.ts';
import { keysFault, policyFault, requirementFault, timeFault } from './internal-verify-policy.ts';
import { LINEAGE_PAYLOAD_TYPE } from './sign-lineage.ts';
import type { DsseEnvelope, LineageStatement } from './types.ts';
import { verifyDsse } from './verify-dsse.ts';
import type { LineageCheck, LineageVerdict, VerifyLineageOptions } from './verify-types.ts';

/**
 * Verifies a signed lineage record: signature, canonical bytes, form, derived fields, trust policy, and the table,
 * files and parents at hand, whose digests are recomputed.
 *
 * Never throws at a hostile envelope, table or policy: whatever is not exactly right is refused with a code. Only what
 * is given is checked; `require` makes a missing table, file or parent a fault. A good verdict says who stands for the
 * record and that the data are the ones it speaks about, not that its claims are true; see `claims` of the verdict.
 *
 * @param envelope - Text as stored, or the parsed object.
 * @param options - See {@link VerifyLineageOptions}.
 * @returns See {@link LineageVerdict}.
 * @throws {@link SynthproofError} `ABORTED` only.
 * @example
 * const table = createTable([numberColumn('x', [1, 2])]);
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table: tableDigest(table),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 2, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * const secretKey = new Uint8Array(32);
 * const envelope = signLineage(createStatement(record), { secretKey });
 * const keys = [{ publicKey: ed25519PublicKey(secretKey) }];
 * verifyLineage(envelope, { keys, table }).ok; // => true
 * const changed = createTable([numberColumn('x', [1, 3])]);
 * const verdict = verifyLineage(envelope, { keys, table: changed });
 * verdict.ok ? '' : verdict.code; // => 'ROOT'
 */
export function verifyLineage(envelope: string | DsseEnvelope, options: VerifyLineageOptions): LineageVerdict {
  const checks: LineageCheck[] = [];
  try {
    return verify(envelope, options, checks);
  } catch (error) {
    if (error instanceof SynthproofError && error.code === 'ABORTED') throw error;
    // Proxies, getters, broken tables and other hostile objects may throw anywhere: fail closed.
    return refused(checks, 'input', { code: 'MALFORMED', where: '', detail: 'the input cannot be read' });
  }
}

function verify(
  envelope: string | DsseEnvelope,
  options: VerifyLineageOptions,
  checks: LineageCheck[],
): LineageVerdict {
  const policy = policyFault(options);
  if (policy !== null) return refused(checks, 'policy', policy);
  const { keys, threshold, profile } = options;
  const dsse = verifyDsse(envelope, { keys, threshold, profile, payloadType: LINEAGE_PAYLOAD_TYPE });
  if (!dsse.ok) return refused(checks, 'signature', dsse);
  checks.push({ check: 'signature', ok: true, detail: `${dsse.keyIds.length} trusted keys signed` });

  const read = readStatement(dsse.payload);
  if ('code' in read) return refused(checks, 'statement', read);
  checks.push({ check: 'statement', ok: true });
  const { statement } = read;
  const record = statement.predicate;
  const hash = sha256Hex(dsse.payload);

  // Each claim is recomputed once, and only when the record holds together.
  let recomputed: readonly (number | null | undefined)[] = [];

  // Form and derivation first: what follows relies on them.
  const steps: readonly (readonly [string, () => ContentFault | null])[] = [
    ['derived', () => derivedFault(record)],
    [
      'subjects',
      () => {
        const fault = subjectFault(statement.subject, record);
        return fault === null ? null : { code: 'SUBJECT', where: '/subject', detail: fault };
      },
    ],
    ['keys', () => keysFault(record, dsse.keyIds, options)],
    ['time', () => timeFault(record, hash, options)],
    ['requirements', () => requirementFault(record, options)],
    ['parents', () => parentsFault(record, options)],
    ['files', () => filesFault(record, options)],
    ['table', () => tableFault(record, options)],
    [
      'claims',
      () => {
        recomputed = record.claims.map((claim) => options.recompute?.(claim, record));
        return claimsFault(record, recomputed, options);
      },
    ],
  ];
  let first: ContentFault | null = null;
  for (const [check, run] of steps) {
    const fault = run();
    if (fault === null) checks.push({ check, ok: true, ...noteOf(check, options) });
    else {
      checks.push({ check, ok: false, ...fault });
      first ??= fault;
      // A record that contradicts itself is not looked into any further.
      if (check === 'derived') break;
    }
  }
  if (first !== null) return { ok: false, code: first.code, where: first.where, detail: first.detail, checks };
  return {
    ok: true,
    checks,
    statement,
    statementSha256: hash,
    record,
    keyIds: dsse.keyIds,
    claims: record.claims.map((claim, i) => ({
      metric: claim.metric,
      status: recomputed[i] === undefined ? 'asserted' : 'recomputed',
    })),
  };
}

/** Says when a check had nothing to look at. */
function noteOf(check: string, options: VerifyLineageOptions): { detail?: string } {
  const absent =
    (check === 'table' && options.table === undefined) ||
    (check === 'files' && options.files === undefined) ||
    (check === 'parents' && options.parents === undefined) ||
    (check === 'claims' && options.recompute === undefined) ||
    (check === 'time' && options.now === undefined);
  return absent ? { detail: 'not given, not checked' } : {};
}

function readStatement(payload: Uint8Array): { readonly statement: LineageStatement } | ContentFault {
  let text: string;
  let value: JsonValue;
  try {
    text = decodeUtf8(payload);
    value = parseStrictJson(text);
  } catch {
    return { code: 'PAYLOAD_JSON', where: '/payload', detail: 'the payload is not strict JSON' };
  }
  if (canonicalJson(value) !== text)
    return { code: 'PAYLOAD_NOT_CANONICAL', where: '/payload', detail: 'the payload is not its own canonical JSON' };
  const shape = shapeFault(value, STATEMENT_SHAPE);
  if (shape !== null) return { code: 'STATEMENT_SHAPE', where: shape.where, detail: shape.fault };
  const statement = value as unknown as LineageStatement;
  const fault = recordFault(statement.predicate);
  if (fault !== null) return { code: 'RECORD_SHAPE', where: `/predicate${fault.where}`, detail: fault.fault };
  return { statement };
}

function refused(checks: LineageCheck[], check: string, fault: ContentFault): LineageVerdict {
  const { code, where, detail } = fault;
  checks.push({ check, ok: false, code, where, detail });
  return { ok: false, code, where, detail, checks };
}
