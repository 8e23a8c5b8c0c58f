import { canonicalJson } from '../hash/canonical-json.ts';
import { fromBase64 } from '../hash/from-base64.ts';
import { fromHex } from '../hash/from-hex.ts';
import { type JsonValue, parseStrictJson } from '../hash/parse-strict-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { dssePae } from './dsse-pae.ts';
import { ed25519Scheme } from './ed25519-scheme.ts';
import type { DsseEnvelope, TrustedKey } from './types.ts';

/** Why an envelope was refused. */
export type DsseFaultCode =
  | 'BAD_KEY'
  | 'BAD_POLICY'
  | 'ENVELOPE_JSON'
  | 'ENVELOPE_NOT_CANONICAL'
  | 'ENVELOPE_SHAPE'
  | 'ENVELOPE_BASE64'
  | 'ENVELOPE_TOO_LARGE'
  | 'PAYLOAD_TYPE'
  | 'SIGNATURE'
  | 'UNKNOWN_KEY'
  | 'THRESHOLD';

/** Options of {@link verifyDsse}. */
export interface VerifyDsseOptions {
  /** Trusted keys; algorithms come from here only. */
  readonly keys: readonly TrustedKey[];
  /** Number of distinct trusted keys that must have signed. Default 1. */
  readonly threshold?: number | undefined;
  /** Required payload type. Default: any; the type is signed with the payload. */
  readonly payloadType?: string | undefined;
  /**
   * `exact` (default): the text equals its canonical JSON, every signature names its key, names ascend and are
   * distinct, and every signature by a trusted key is good. `strict`: white space and signatures without key id are
   * allowed, and other signatures are ignored.
   */
  readonly profile?: 'exact' | 'strict' | undefined;
  /** Longest envelope read, in UTF-16 code units. Default 16,777,216. */
  readonly maxLength?: number | undefined;
}

/** What {@link verifyDsse} found. */
export type DsseVerdict =
  | {
      /** Enough trusted keys signed. */
      readonly ok: true;
      /** The signed bytes. */
      readonly payload: Uint8Array;
      /** Their type. */
      readonly payloadType: string;
      /** Ids of the trusted keys whose signatures are good, ascending. */
      readonly keyIds: readonly string[];
    }
  | DsseRefusal;

/** What {@link verifyDsse} found when something does not hold. */
export interface DsseRefusal {
  /** Not to be trusted. */
  readonly ok: false;
  /** Why. */
  readonly code: DsseFaultCode;
  /** Where: a path in the envelope or in the options. */
  readonly where: string;
  /** In words; never shows a key. */
  readonly detail: string;
}

/**
 * Verifies a DSSE envelope against trusted keys. Never throws; whatever is not exactly right is refused.
 * Source: DSSE protocol 1.0, with the looseness taken out: one JSON reading, one base64 spelling, key ids bound.
 *
 * @param envelope - Text, or the parsed object.
 * @param options - See {@link VerifyDsseOptions}.
 * @returns See {@link DsseVerdict}.
 * @example
 * const secretKey = new Uint8Array(32);
 * const envelope = signDsse(utf8('hi'), { payloadType: 'text/plain', secretKeys: [secretKey] });
 * verifyDsse(envelope, { keys: [{ publicKey: ed25519PublicKey(secretKey) }] }).ok; // => true
 */
export function verifyDsse(envelope: string | DsseEnvelope, options: VerifyDsseOptions): DsseVerdict {
  try {
    return verify(envelope, options);
  } catch {
    // Proxies, getters and other hostile objects may throw anywhere.
    return refuse('ENVELOPE_SHAPE', '', 'the envelope or the options cannot be read');
  }
}

function verify(envelope: string | DsseEnvelope, options: VerifyDsseOptions): DsseVerdict {
  const { threshold = 1, profile = 'exact', maxLength = 16_777_216 } = options;
  if (!Number.isInteger(threshold) || threshold < 1)
    return refuse('BAD_POLICY', 'options.threshold', 'expected a whole number from 1');
  const keys = importKeys(options.keys);
  if ('code' in keys) return keys;
  const parsed = parseEnvelope(envelope, profile, maxLength);
  if ('code' in parsed) return parsed;
  if (options.payloadType !== undefined && parsed.payloadType !== options.payloadType)
    return refuse('PAYLOAD_TYPE', '/payloadType', `expected ${options.payloadType}`);
  const message = dssePae(parsed.payloadType, parsed.payload);
  const good = new Set<string>();
  let known = 0;
  for (let i = 0; i < parsed.signatures.length; i++) {
    const { keyid, sig } = parsed.signatures[i]!;
    for (const key of keys) {
      if (keyid !== undefined && keyid !== key.id) continue;
      known++;
      if (good.has(key.id)) continue;
      if (key.scheme.verify(sig, message, key.publicKey)) good.add(key.id);
      else if (profile === 'exact') return refuse('SIGNATURE', `/signatures/${i}/sig`, 'the signature does not verify');
    }
  }
  if (good.size === 0)
    return known === 0
      ? refuse('UNKNOWN_KEY', '/signatures', 'no signature names a trusted key')
      : refuse('SIGNATURE', '/signatures', 'no signature verifies');
  if (good.size < threshold)
    return refuse('THRESHOLD', '/signatures', `${good.size} trusted keys signed, ${threshold} are required`);
  return { ok: true, payload: parsed.payload, payloadType: parsed.payloadType, keyIds: [...good].sort() };
}

/** A trusted key, checked. */
export interface ImportedKey {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly scheme: typeof ed25519Scheme;
}

/** Checks and names the trusted keys. */
export function importKeys(keys: readonly TrustedKey[]): ImportedKey[] | DsseRefusal {
  if (!Array.isArray(keys) || keys.length === 0)
    return refuse('BAD_POLICY', 'options.keys', 'expected at least one trusted key');
  const imported: ImportedKey[] = [];
  for (let i = 0; i < keys.length; i++) {
    const where = `options.keys[${i}].publicKey`;
    const { publicKey, scheme = ed25519Scheme } = keys[i] as TrustedKey;
    let bytes: Uint8Array;
    try {
      bytes = typeof publicKey === 'string' ? fromHex(publicKey) : publicKey;
    } catch {
      return refuse('BAD_KEY', where, 'expected bytes or lowercase hex');
    }
    if (!(bytes instanceof Uint8Array)) return refuse('BAD_KEY', where, 'expected bytes or lowercase hex');
    const fault = scheme.publicKeyFault(bytes);
    if (fault !== null) return refuse('BAD_KEY', where, fault);
    imported.push({ id: sha256Hex(scheme.spki(bytes)), publicKey: bytes, scheme });
  }
  return imported;
}

interface ParsedEnvelope {
  readonly payload: Uint8Array;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string | undefined; readonly sig: Uint8Array }[];
}

function parseEnvelope(envelope: unknown, profile: string, maxLength: number): ParsedEnvelope | DsseRefusal {
  let text: string;
  let value: JsonValue;
  try {
    text = typeof envelope === 'string' ? envelope : canonicalJson(envelope);
    if (text.length > maxLength) return refuse('ENVELOPE_TOO_LARGE', '', `more than ${maxLength} code units`);
    value = parseStrictJson(text);
  } catch {
    return refuse('ENVELOPE_JSON', '', 'not strict JSON');
  }
  if (profile === 'exact' && text !== canonicalJson(value))
    return refuse('ENVELOPE_NOT_CANONICAL', '', 'the text is not its own canonical JSON');
  const fields = fieldsOf(value, ['payload', 'payloadType', 'signatures']);
  if (fields === null) return refuse('ENVELOPE_SHAPE', '', 'expected exactly payload, payloadType and signatures');
  const { payload, payloadType, signatures } = fields;
  if (typeof payload !== 'string') return refuse('ENVELOPE_SHAPE', '/payload', 'expected a text');
  if (typeof payloadType !== 'string') return refuse('ENVELOPE_SHAPE', '/payloadType', 'expected a text');
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > 16)
    return refuse('ENVELOPE_SHAPE', '/signatures', 'expected a list of 1 to 16 signatures');
  const list: { keyid: string | undefined; sig: Uint8Array }[] = [];
  for (let i = 0; i < signatures.length; i++) {
    const where = `/signatures/${i}`;
    const item: JsonValue = signatures[i];
    const entry = fieldsOf(item, ['keyid', 'sig']) ?? (profile === 'strict' ? fieldsOf(item, ['sig']) : null);
    if (entry === null) return refuse('ENVELOPE_SHAPE', where, 'expected exactly keyid and sig');
    const { keyid, sig } = entry;
    if (typeof sig !== 'string' || (keyid !== undefined && typeof keyid !== 'string'))
      return refuse('ENVELOPE_SHAPE', where, 'expected texts');
    const before = list[i - 1]?.keyid;
    if (profile === 'exact' && before !== undefined && !(before < keyid!))
      return refuse('ENVELOPE_SHAPE', where, 'key ids must ascend and be distinct');
    const bytes = bytesOf(sig);
    if (bytes === null) return refuse('ENVELOPE_BASE64', `${where}/sig`, 'not canonical base64');
    list.push({ keyid, sig: bytes });
  }
  const bytes = bytesOf(payload);
  if (bytes === null) return refuse('ENVELOPE_BASE64', '/payload', 'not canonical base64');
  return { payload: bytes, payloadType, signatures: list };
}

/** The object's fields when it has exactly those names, else null. */
function fieldsOf(
  value: JsonValue,
  names: readonly string[],
): { readonly [name: string]: JsonValue | undefined } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const object = value as { readonly [name: string]: JsonValue };
  if (Object.keys(object).length !== names.length || !names.every((name) => Object.hasOwn(object, name))) return null;
  return object;
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function refuse(code: DsseFaultCode, where: string, detail: string): DsseRefusal {
  return { ok: false, code, where, detail };
}
