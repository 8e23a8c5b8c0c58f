import { parseTime } from './internal-time.ts';
import type { ContentFault } from './internal-verify-content.ts';
import type { LineageRecord, TrustedKey } from './types.ts';
import { type ImportedKey, importKeys } from './verify-dsse.ts';
import type { LineageFaultCode, VerifyLineageOptions } from './verify-types.ts';

/** Faults of the policy itself: an option that cannot be read must refuse, not pass. */
export function policyFault(options: VerifyLineageOptions): ContentFault | null {
  const { now, clockSkewS, require, keys } = options;
  if (now !== undefined && parseTime(now) === null)
    return fault('BAD_POLICY', 'options.now', 'expected an RFC 3339 time in UTC');
  if (clockSkewS !== undefined && !(clockSkewS >= 0))
    return fault('BAD_POLICY', 'options.clockSkewS', 'expected seconds from 0');
  for (const name of ['maxAgeS', 'maxDepth', 'minRealRootMass'] as const) {
    const value = require?.[name];
    if (value !== undefined && !(value >= 0))
      return fault('BAD_POLICY', `options.require.${name}`, 'expected a number from 0');
  }
  if (require?.maxAgeS !== undefined && now === undefined)
    return fault('TIME_UNKNOWN', 'options.now', 'a largest age needs the present time');
  if (!Array.isArray(keys)) return fault('BAD_POLICY', 'options.keys', 'expected a list of trusted keys');
  for (let i = 0; i < keys.length; i++)
    for (const name of ['notBefore', 'notAfter', 'revokedAt'] as const) {
      const time = (keys[i] as TrustedKey)[name];
      if (time !== undefined && parseTime(time) === null)
        return fault('BAD_POLICY', `options.keys[${i}].${name}`, 'expected an RFC 3339 time in UTC');
    }
  return null;
}

/** Whether enough of the keys that signed may speak for this record at its time. */
export function keysFault(
  record: LineageRecord,
  keyIds: readonly string[],
  options: VerifyLineageOptions,
): ContentFault | null {
  const imported = importKeys(options.keys) as ImportedKey[];
  const fit = new Set<string>();
  let first: ContentFault | null = null;
  for (let i = 0; i < imported.length; i++) {
    const { id } = imported[i]!;
    if (!keyIds.includes(id)) continue;
    const found = keyFault(options.keys[i]!, `options.keys[${i}]`, record, options.now);
    if (found === null) fit.add(id);
    else first ??= found;
  }
  return fit.size >= (options.threshold ?? 1) ? null : (first ?? fault('THRESHOLD', 'options.keys', 'too few keys'));
}

function keyFault(key: TrustedKey, where: string, record: LineageRecord, now: string | undefined): ContentFault | null {
  const issued = parseTime(record.issuedAt)!;
  // The issuing time is the signer's word, so a stolen key could claim an early one: a revoked key is worth nothing.
  if (key.revokedAt !== undefined && (now === undefined || parseTime(now)! >= parseTime(key.revokedAt)!))
    return fault('KEY_REVOKED', where, `the key was revoked at ${key.revokedAt}`);
  if (key.notBefore !== undefined && issued < parseTime(key.notBefore)!)
    return fault('KEY_NOT_YET_VALID', where, `issued before the key's first day, ${key.notBefore}`);
  if (key.notAfter !== undefined && issued > parseTime(key.notAfter)!)
    return fault('KEY_EXPIRED', where, `issued after the key's last day, ${key.notAfter}`);
  if (key.namePrefixes !== undefined && !key.namePrefixes.some((prefix) => record.dataset.name.startsWith(prefix)))
    return fault('KEY_SCOPE', where, 'the key may not speak for a dataset of this name');
  return null;
}

/** Age, expiry and replacement. */
export function timeFault(record: LineageRecord, hash: string, options: VerifyLineageOptions): ContentFault | null {
  if (options.superseded?.includes(hash) === true)
    return fault('SUPERSEDED', '', 'the statement was replaced or withdrawn');
  if (options.now === undefined)
    return record.expiresAt === undefined
      ? null
      : fault('TIME_UNKNOWN', 'options.now', 'the record expires; give the present time');
  const now = parseTime(options.now)!;
  const issued = parseTime(record.issuedAt)!;
  if (issued > now + (options.clockSkewS ?? 300) * 1000)
    return fault('NOT_YET_ISSUED', '/predicate/issuedAt', `issued at ${record.issuedAt}, which is to come`);
  if (record.expiresAt !== undefined && now >= parseTime(record.expiresAt)!)
    return fault('EXPIRED', '/predicate/expiresAt', `expired at ${record.expiresAt}`);
  const maxAgeS = options.require?.maxAgeS;
  if (maxAgeS !== undefined && now - issued > maxAgeS * 1000)
    return fault('TOO_OLD', '/predicate/issuedAt', `older than ${maxAgeS} seconds`);
  return null;
}

/** What the policy asks of the record's content. */
export function requirementFault(record: LineageRecord, options: VerifyLineageOptions): ContentFault | null {
  const { name, require } = options;
  if (name !== undefined && record.dataset.name !== name)
    return fault('NAME', '/predicate/dataset/name', `expected ${name}`);
  if (require?.watermark === true && record.marking.watermarks.length === 0)
    return fault('WATERMARK_MISSING', '/predicate/marking/watermarks', 'the policy requires a watermark');
  if (require?.maxDepth !== undefined && record.ancestry.maxDepth > require.maxDepth)
    return fault('TOO_DEEP', '/predicate/ancestry/maxDepth', `deeper than ${require.maxDepth} generations`);
  if (require?.minRealRootMass !== undefined && record.ancestry.realRootMass < require.minRealRootMass)
    return fault('TOO_FEW_REAL_ROOTS', '/predicate/ancestry/realRootMass', `less than ${require.minRealRootMass}`);
  return null;
}

function fault(code: LineageFaultCode, where: string, detail: string): ContentFault {
  return { code, where, detail };
}
