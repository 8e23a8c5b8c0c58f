import { createPrivateKey, createPublicKey, verify as nodeVerify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, decodeUtf8, fromBase64, fromHex, toBase64, toHex, utf8 } from '../../src/hash/index.ts';
import {
  dssePae,
  ed25519PublicKey,
  ed25519Scheme,
  keyCommitment,
  keyId,
  openKeyCommitment,
  p256Scheme,
  signDsse,
  verifyDsse,
} from '../../src/lineage/index.ts';
import { keys, otherKey, secretKey } from './fixture.ts';

const envelope = signDsse(utf8('{"a":1}'), { payloadType: 'application/json', secretKeys: [secretKey] });
const text = canonicalJson(envelope);
const code = (verdict: ReturnType<typeof verifyDsse>) => (verdict.ok ? 'ok' : verdict.code);

describe('keys', () => {
  test('RFC 8032, test 1', () => {
    const secret = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    expect(toHex(ed25519PublicKey(secret))).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  });

  test('key ids are hashes of the SPKI that OpenSSL writes', () => {
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secretKey]);
    const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
    const spki = key.export({ format: 'der', type: 'spki' });
    expect(toHex(ed25519Scheme.spki(ed25519PublicKey(secretKey)))).toBe(spki.toString('hex'));
    const message = dssePae(envelope.payloadType, fromBase64(envelope.payload));
    expect(nodeVerify(null, message, key, fromBase64(envelope.signatures[0]!.sig))).toBe(true);
  });

  // The eight points of small order (orders 1, 2, 4, 8) and their non-canonical spellings.
  test.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0200000000000000000000000000000000000000000000000000000000000000',
    '00',
    '',
    'zz',
    'AB'.repeat(32),
  ])('refuses the public key %s', (publicKey) => {
    expect(code(verifyDsse(envelope, { keys: [{ publicKey }] }))).toBe('BAD_KEY');
  });

  test('refuses malformed secret keys without showing them', () => {
    for (const bad of [new Uint8Array(31).fill(171), new Uint8Array(64).fill(171), 'ab'.repeat(32) as never])
      try {
        ed25519PublicKey(bad);
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_KEY' });
        expect(String(error)).not.toMatch(/171|abab/);
      }
    const twice = { payloadType: 'x', secretKeys: [secretKey, secretKey] };
    expect(() => signDsse(utf8(''), twice)).toThrow(expect.objectContaining({ code: 'BAD_KEY' }));
    expect(() => signDsse(utf8(''), { payloadType: 'x', secretKeys: [] })).toThrow(
      expect.objectContaining({ code: 'BAD_KEY' }),
    );
    expect(() => signDsse(utf8(''), { payloadType: 'é', secretKeys: [secretKey] })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  test('P-256 keys: form', () => {
    expect(p256Scheme.publicKeyFault(new Uint8Array(65).fill(4))).toBe('not a point of the curve');
    expect(() => keyId(new Uint8Array(33), p256Scheme)).toThrow(expect.objectContaining({ code: 'BAD_KEY' }));
    expect(p256Scheme.verify(new Uint8Array(64), new Uint8Array(1), new Uint8Array(65))).toBe(false);
  });
});

describe('verifyDsse', () => {
  test('accepts text and object, and returns payload and key id', () => {
    for (const input of [text, envelope]) {
      const verdict = verifyDsse(input, { keys });
      expect(verdict.ok && decodeUtf8(verdict.payload)).toBe('{"a":1}');
      expect(verdict.ok && verdict.keyIds).toEqual([keyId(ed25519PublicKey(secretKey))]);
    }
  });

  test.each([
    ['', 'ENVELOPE_JSON'],
    ['null', 'ENVELOPE_SHAPE'],
    ['[]', 'ENVELOPE_SHAPE'],
    ['"x"', 'ENVELOPE_SHAPE'],
    [`${text} `, 'ENVELOPE_NOT_CANONICAL'],
    [JSON.stringify(envelope, null, 1), 'ENVELOPE_NOT_CANONICAL'],
    [text.replace('{"payload"', '{"extra":1,"payload"'), 'ENVELOPE_SHAPE'],
    [text.replace('{"payload"', '{"payload":"","payload"'), 'ENVELOPE_JSON'],
    [text.replace('"payloadType":"application/json"', '"payloadType":1'), 'ENVELOPE_SHAPE'],
    [text.replace('application/json', 'text/json'), 'SIGNATURE'],
    [text.replace(/"signatures":.*/, '"signatures":[]}'), 'ENVELOPE_SHAPE'],
    [text.replace(/"signatures":.*/, '"signatures":{}}'), 'ENVELOPE_SHAPE'],
    [text.replace(/"keyid":"[^"]*",/, ''), 'ENVELOPE_SHAPE'],
    [text.replace(/"keyid":"[^"]*"/, '"keyid":"00"'), 'UNKNOWN_KEY'],
    [text.replace('eyJhIjoxfQ==', 'eyJhIjoxfQ'), 'ENVELOPE_BASE64'],
    [text.replace('eyJhIjoxfQ==', 'eyJhIjoxfR=='), 'ENVELOPE_BASE64'],
    [text.replace('eyJhIjoxfQ==', 'eyJhIjoyfQ=='), 'SIGNATURE'],
  ])('refuses %.60s', (input, expected) => {
    expect(code(verifyDsse(input, { keys }))).toBe(expected);
  });

  test('hostile objects do not throw', () => {
    const hostile: unknown[] = [
      undefined,
      null,
      1,
      Symbol('x'),
      () => 1,
      {
        get payload() {
          throw new Error('trap');
        },
      },
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('trap');
          },
        },
      ),
    ];
    for (const item of hostile) expect(verifyDsse(item as never, { keys }).ok).toBe(false);
    for (const item of hostile) expect(verifyDsse(text, item as never).ok).toBe(false);
    for (const item of hostile) expect(verifyDsse(text, { keys: item as never }).ok).toBe(false);
    for (const item of hostile) expect(verifyDsse(text, { keys: [item] as never }).ok).toBe(false);
    for (const threshold of [0, -1, 1.5, Number.NaN, '1'])
      expect(verifyDsse(text, { keys, threshold: threshold as never }).ok).toBe(false);
    expect(code(verifyDsse(text, { keys: [] }))).toBe('BAD_POLICY');
    expect(code(verifyDsse(text, { keys, maxLength: 10 }))).toBe('ENVELOPE_TOO_LARGE');
  });

  test('threshold counts distinct keys', () => {
    const both = signDsse(utf8('x'), { payloadType: 't', secretKeys: [secretKey, otherKey] });
    const trusted = [...keys, { publicKey: toHex(ed25519PublicKey(otherKey)) }];
    expect(verifyDsse(both, { keys: trusted, threshold: 2 }).ok).toBe(true);
    expect(code(verifyDsse(both, { keys, threshold: 2 }))).toBe('THRESHOLD');
    expect(code(verifyDsse(both, { keys: [...keys, ...keys], threshold: 2 }))).toBe('THRESHOLD');
    // One good signature beside a broken one by a trusted key is refused in the exact profile only.
    const broken = {
      ...both,
      signatures: both.signatures.map((s, i) => (i === 0 ? { ...s, sig: toBase64(new Uint8Array(64)) } : s)),
    };
    expect(code(verifyDsse(broken, { keys: trusted }))).toBe('SIGNATURE');
    expect(verifyDsse(broken, { keys: trusted, profile: 'strict' }).ok).toBe(true);
    const doubled = { ...both, signatures: [both.signatures[0]!, both.signatures[0]!] };
    expect(code(verifyDsse(doubled, { keys: trusted }))).toBe('ENVELOPE_SHAPE');
  });

  test('strict allows white space and signatures without key id, still binds key ids', () => {
    const options = { keys, profile: 'strict' } as const;
    expect(verifyDsse(JSON.stringify(envelope, null, 2), options).ok).toBe(true);
    expect(verifyDsse(text.replace(/"keyid":"[^"]*",/, ''), options).ok).toBe(true);
    expect(code(verifyDsse(text.replace(/"keyid":"[^"]*"/, '"keyid":"00"'), options))).toBe('UNKNOWN_KEY');
  });

  test('a signature over the bare payload, or another type, does not pass', () => {
    const bare = { ...envelope, payload: toBase64(dssePae('application/json', utf8('{"a":1}'))) };
    expect(code(verifyDsse(bare, { keys }))).toBe('SIGNATURE');
    expect(code(verifyDsse(envelope, { keys, payloadType: 'other' }))).toBe('PAYLOAD_TYPE');
  });
});

describe('key commitments', () => {
  const salt = new Uint8Array(32).fill(1);
  test('open with key and salt only', () => {
    const commitment = keyCommitment(utf8('key'), salt);
    expect(openKeyCommitment(commitment, utf8('key'), salt)).toBe(true);
    expect(openKeyCommitment(commitment, utf8('kez'), salt)).toBe(false);
    expect(openKeyCommitment(commitment, utf8('key'), new Uint8Array(32))).toBe(false);
    expect(openKeyCommitment(commitment, utf8('key'), new Uint8Array(31))).toBe(false);
    expect(openKeyCommitment(commitment, new Uint8Array(0), salt)).toBe(false);
    expect(openKeyCommitment('', utf8('key'), salt)).toBe(false);
  });
  test('salt and key cannot trade bytes', () => {
    expect(() => keyCommitment(utf8('key'), new Uint8Array(33))).toThrow(expect.objectContaining({ code: 'BAD_KEY' }));
    expect(() => keyCommitment(new Uint8Array(0), salt)).toThrow(expect.objectContaining({ code: 'BAD_KEY' }));
  });
});
