import { expect, test } from 'vitest';
import { equalBytes } from '../../src/hash/internal-equal-bytes.ts';

test('byte strings are equal in length and in every byte', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(equalBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
  expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true);
  expect(equalBytes(bytes, Uint8Array.of(1, 2, 3, 0))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2, 3, 0), bytes)).toBe(false);
  expect(equalBytes(bytes, new Uint8Array(0))).toBe(false);
  for (let i = 0; i < 3; i++) {
    const other = bytes.slice();
    other[i]! ^= 128;
    expect(equalBytes(bytes, other)).toBe(false);
  }
});
