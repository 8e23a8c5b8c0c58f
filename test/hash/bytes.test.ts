import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createSha256Batch,
  decodeUtf8,
  fromBase64,
  fromHex,
  hkdfSha256,
  hmacSha256,
  sha256,
  sha256Hex,
  toBase64,
  toHex,
  utf8,
} from '../../src/hash/index.ts';
import { createHmac } from '../../src/hash/internal-hmac.ts';

describe('sha256', () => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('FIPS 180-4: %s', (message, expected) => {
    expect(sha256Hex(message)).toBe(expected);
    const out = new Uint8Array(40);
    const bytes = utf8(`x${message}y`);
    createSha256Batch().fillDigest(out, 8, bytes, 1, bytes.length - 1);
    expect(toHex(out.subarray(8))).toBe(expected);
    expect(Array.from(out.subarray(0, 8))).toEqual(new Array(8).fill(0));
  });

  test('the batched core equals noble at every length around the block borders', () => {
    const batch = createSha256Batch();
    const out = new Uint8Array(32);
    for (let n = 0; n < 400; n++) {
      const message = new Uint8Array(n).map((_, i) => (i * 31 + n * 7) & 255);
      batch.fillDigest(out, 0, message, 0, n);
      expect(toHex(out)).toBe(toHex(sha256(message)));
    }
  });

  test('the batched core equals noble on random messages, and may write into its own input', () => {
    const batch = createSha256Batch();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 300 }), (message) => {
        const expected = toHex(sha256(message));
        const own = message.slice();
        batch.fillDigest(own, 0, own, 0, own.length);
        expect(toHex(own.subarray(0, 32))).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('fillNode is the inner node of RFC 9162', () => {
    const left = sha256(utf8('l'));
    const right = sha256(utf8('r'));
    const out = new Uint8Array(32);
    createSha256Batch().fillNode(out, 0, left, 0, right, 0);
    expect(toHex(out)).toBe(sha256Hex(Uint8Array.of(1, ...left, ...right)));
  });
});

describe('hmac and hkdf', () => {
  test('RFC 4231, cases 1, 2 and 6', () => {
    expect(toHex(hmacSha256(new Uint8Array(20).fill(0x0b), utf8('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    expect(toHex(hmacSha256(utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(
      toHex(hmacSha256(new Uint8Array(131).fill(0xaa), utf8('Test Using Larger Than Block-Size Key - Hash Key First'))),
    ).toBe('60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54');
  });

  test('RFC 5869, case 1', () => {
    const okm = hkdfSha256(
      new Uint8Array(22).fill(0x0b),
      fromHex('000102030405060708090a0b0c'),
      fromHex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(toHex(okm)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  });

  test.each([0, -1, 1.5, Number.NaN, 8161])('hkdf refuses length %d', (length) => {
    const empty = new Uint8Array(0);
    expect(() => hkdfSha256(empty, empty, empty, length)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  });

  test('the HMAC of many messages equals the general one', () => {
    for (const length of [0, 1, 16, 32, 64, 65, 200]) {
      const key = new Uint8Array(length).map((_, i) => i + length);
      const run = createHmac(key);
      const out = new Uint8Array(32);
      for (const size of [0, 1, 8, 55, 56, 63, 64, 65, 200]) {
        const message = new Uint8Array(size + 2).map((_, i) => 7 * i + size);
        run(out, 0, message, 1, size + 1);
        expect(toHex(out)).toBe(toHex(hmacSha256(key, message.subarray(1, size + 1))));
      }
    }
  });
});

describe('utf8', () => {
  test('equals TextEncoder on well-formed text, and decodes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = utf8(text);
        expect(Array.from(bytes)).toEqual(Array.from(new TextEncoder().encode(text)));
        expect(decodeUtf8(bytes)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['\ud800', 'a\udc00', '\ude00\ud83d', 'x\ud83d', '\ud83dx', '\ud83d\ud83d\ude00'])('refuses %j', (text) => {
    expect(() => utf8(text)).toThrow(expect.objectContaining({ code: 'BAD_TEXT' }));
  });

  test('the message names unit and index', () => {
    expect(() => utf8('ab\ud800')).toThrow('lone surrogate U+D800 at index 2');
  });

  test('decodes exactly what the fatal TextDecoder decodes', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const attempt = (run: () => string) => {
      try {
        return run();
      } catch {
        return null;
      }
    };
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xc0, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf, 0x8f, 0x90),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (list) => {
        const bytes = Uint8Array.from(list);
        expect(attempt(() => decodeUtf8(bytes))).toBe(attempt(() => decoder.decode(bytes)));
      }),
      { numRuns: 5000 },
    );
  });

  test('decodes texts longer than one chunk', () => {
    const text = 'añ€😀'.repeat(5000);
    expect(decodeUtf8(utf8(text))).toBe(text);
  });
});

describe('hex and base64', () => {
  test('round trips, and equal to Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(Array.from(fromHex(toHex(bytes)))).toEqual(Array.from(bytes));
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(Array.from(fromBase64(toBase64(bytes)))).toEqual(Array.from(bytes));
      }),
    );
  });

  test.each(['a', 'AB', '0g', ' 00', '0x00', '00\n'])('fromHex refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'BAD_TEXT' }));
  });

  test.each([
    'A',
    'AA',
    'AAA',
    'AB==',
    'AAB=',
    'A===',
    '====',
    'A=AA',
    'AA=A',
    'AA-_',
    'AA ==',
    ' AAA',
    'AAAA\n',
    'AAAA=',
    '=AAA',
    'AA=='.repeat(2),
  ])('fromBase64 refuses %j', (text) => {
    expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'BAD_TEXT' }));
  });

  test('one byte string has one base64 spelling', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[AB=/+]{0,8}$/), (text) => {
        try {
          expect(toBase64(fromBase64(text))).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_TEXT' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
