import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { createSeedrandomRng, fromSeedrandom, type SeedrandomLike } from '../../src/adapters/seedrandom.ts';
import { SynthproofError } from '../../src/errors.ts';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import { chiSquareP } from '../random/support.ts';

type Make = (seed: string) => SeedrandomLike;
const seedrandom = createRequire(import.meta.url)('seedrandom') as Make &
  Record<'alea' | 'xor128' | 'tychei' | 'xorwow' | 'xor4096' | 'xorshift7', Make>;
const { alea, xor128, tychei, xorwow, xor4096, xorshift7 } = seedrandom;

describe.each<[string, Make]>([
  ['arc4', seedrandom],
  ['alea', alea],
  ['xor128', xor128],
  ['tychei', tychei],
  ['xorwow', xorwow],
  ['xor4096', xor4096],
  ['xorshift7', xorshift7],
])('%s', (_, make) => {
  test("delivers the generator's own words", () => {
    const plain = make('demo');
    const expected = Array.from({ length: 50 }, () => plain.int32() >>> 0);
    const rng = fromSeedrandom(make('demo'));
    expect([rng.nextUint32(), ...rng.fill(new Uint32Array(48)), rng.nextUint32()]).toEqual(expected);
    expect(rng.state()).toEqual({ engine: 'seedrandom/1', key: expected.slice(0, 4), stream: 0, position: 50 });
    expect(fromSeedrandom(make('demo'), { position: 49 }).nextUint32()).toBe(expected[49]);
    expect(fromSeedrandom(make('demo'), { position: 2 }).nextUint32()).toBe(expected[2]);
  });

  test('streams depend on the seed alone', () => {
    const early = fromSeedrandom(make('demo')).stream('noise').nextUint32();
    const rng = fromSeedrandom(make('demo'));
    rng.fill(new Uint32Array(1001));
    expect(rng.stream('noise').nextUint32()).toBe(early);
    expect(rng.stream(0).nextUint32()).not.toBe(early);
    expect(fromSeedrandom(make('another longer seed')).stream('noise').nextUint32()).not.toBe(early);
  });

  test('serves the distributions', () => {
    const rng = fromSeedrandom(make('demo'));
    const counts = new Float64Array(64);
    for (let i = 0; i < 64_000; i++) counts[Math.floor(uniform(rng) * 64)]!++;
    expect(chiSquareP(counts, new Float64Array(64).fill(1 / 64), 64_000)).toBeGreaterThan(1e-4);
    expect(Number.isFinite(normal(rng))).toBe(true);
  });
});

test('the root of the streams is the documented hash', () => {
  const rng = fromSeedrandom(alea('demo'));
  const bytes = Buffer.alloc(16);
  for (const [i, word] of rng.state().key.entries()) bytes.writeUInt32LE(word, 4 * i);
  const seed = createHash('sha256').update('synthproof/seedrandom/1').update(bytes).digest('hex');
  expect(rng.stream('a').stream(3).state()).toEqual(createRng(seed).stream('a').stream(3).state());
});

test('xorshift7 of seedrandom 3.0.5 ignores short text seeds, as the docs warn', () => {
  expect(xorshift7('a').int32()).toBe(xorshift7('bcdefgh').int32());
  expect(xorshift7('long enough a').int32()).not.toBe(xorshift7('long enough b').int32());
});

test('what is not a generator is refused', () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return error instanceof SynthproofError ? error.code : String(error);
    }
    return 'no error';
  };
  // @ts-expect-error a plain function has no int32
  expect(code(() => fromSeedrandom(Math.random))).toBe('BAD_OPTION');
  // @ts-expect-error null is no generator
  expect(code(() => fromSeedrandom(null))).toBe('BAD_OPTION');
  expect(code(() => fromSeedrandom(alea('x'), { position: -1 }))).toBe('OUT_OF_RANGE');
});

test.each(['alea', 'xor128', 'tychei', 'xorwow', 'xor4096', 'xorshift7'] as const)(
  'createSeedrandomRng gives the words of seedrandom.%s',
  (algorithm) => {
    const prng = seedrandom[algorithm]('seed text');
    const rng = createSeedrandomRng('seed text', algorithm);
    for (let i = 0; i < 20; i++) expect(rng.nextUint32()).toBe(prng.int32() >>> 0);
  },
);

test('createSeedrandomRng gives the words of seedrandom by default, and refuses what it does not know', () => {
  const prng = seedrandom('seed text');
  const rng = createSeedrandomRng('seed text');
  for (let i = 0; i < 20; i++) expect(rng.nextUint32()).toBe(prng.int32() >>> 0);
  expect(() => createSeedrandomRng('x', 'mersenne' as never)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  expect(() => createSeedrandomRng(1 as never)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
});
