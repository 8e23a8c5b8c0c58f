import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../src/hash/to-hex.ts';
import { deriveTableKeys } from '../../src/watermark/derive-table-keys.ts';
import { createLabelPrf, fillSigns } from '../../src/watermark/internal-prf.ts';
import { keyedSigns } from '../../src/watermark/keyed-signs.ts';
import { testKey } from './fixtures.ts';

test('keys are the HKDF of the standard library', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 90 }),
      fc.string({ minLength: 1, unit: 'grapheme' }),
      (key, tableId) => {
        const keys = deriveTableKeys(key, tableId);
        const node = (purpose: string) =>
          toHex(new Uint8Array(hkdfSync('sha256', key, tableId, `synthproof/table/v1/${purpose}`, 32)));
        expect(toHex(keys.colour)).toBe(node('colour'));
        expect(toHex(keys.layout)).toBe(node('layout'));
      },
    ),
  );
});

test('the fast HMAC equals the standard library for labels of every length', () => {
  for (const keyBytes of [1, 32, 64, 65, 200]) {
    const key = Uint8Array.from({ length: keyBytes }, (_, i) => i * 5);
    const prf = createLabelPrf(key);
    const out = new Uint8Array(32);
    for (const length of [...Array(200).keys(), 700, 3, 0]) {
      const label = 'ctx|0123456789'.repeat(60).slice(0, length);
      prf.fillDigest(out, label);
      expect(toHex(out)).toBe(createHmac('sha256', key).update(label).digest('hex'));
    }
  }
});

test('signs of many bins go on in the next chunk', () => {
  const { colour } = deriveTableKeys(testKey(1), 't');
  const out = new Int8Array(600);
  fillSigns(out, 0, 600, createLabelPrf(colour), new Uint8Array(32), 'ctx|3|0|0|1,2|');
  const expected = [0, 1, 2].flatMap((chunk) => Array.from(keyedSigns(colour, `ctx|3|0|0|1,2|${chunk}`)));
  expect(Array.from(out)).toEqual(expected.slice(0, 600));
});

test('a bad key is refused without a byte of it in the message', () => {
  const short = Uint8Array.of(201, 202, 203, 204);
  for (const key of [short, 'secret-key-as-text' as never, null as never, Array.from(testKey(1)) as never]) {
    let message = '';
    try {
      deriveTableKeys(key, 't');
    } catch (error) {
      message = (error as Error).message;
      expect(error).toMatchObject({ code: 'BAD_KEY' });
    }
    expect(message).not.toMatch(/201|secret-key/);
    expect(message).not.toBe('');
  }
});

test.each([
  ['an empty tableId', () => deriveTableKeys(testKey(1), ''), 'BAD_OPTION'],
  ['a lone surrogate', () => deriveTableKeys(testKey(1), '\ud800'), 'BAD_TEXT'],
  ['257 signs', () => keyedSigns(testKey(1), 'x', 257), 'OUT_OF_RANGE'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
