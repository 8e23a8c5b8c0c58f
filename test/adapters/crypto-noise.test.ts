import { afterEach, expect, test, vi } from 'vitest';
import { cryptoNoise } from '../../src/adapters/crypto-noise.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('words of the runtime, never twice the same run', () => {
  const noise = cryptoNoise();
  expect(noise.source).toBe('crypto');
  const words = Array.from({ length: 10_000 }, () => noise.nextUint32());
  expect(words.every((word) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff)).toBe(true);
  expect(new Set(words).size).toBeGreaterThan(9_980);
  expect(cryptoNoise().nextUint32()).not.toBe(words[0]);
});

test('a runtime without it is told so', () => {
  vi.stubGlobal('crypto', undefined);
  expect(() => cryptoNoise()).toThrow(/getRandomValues/);
});
