import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import {
  createPhiloxRng,
  createRng,
  deriveKey,
  philox4x32,
  rngFromState,
  threefry4x32,
  threefryBlock,
} from '../../src/random/index.ts';
import type { Rng } from '../../src/types.ts';

const F = 0xffffffff;
const PI = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const PI_KEY = [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89];

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof SynthproofError ? error.code : String(error);
  }
  return 'no error';
}

function words(rng: Rng, n: number): number[] {
  return Array.from(rng.fill(new Uint32Array(n)));
}

describe('published answers (Random123)', () => {
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8],
    ],
    [
      [F, F, F, F],
      [F, F, F, F],
      [0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732],
    ],
    [PI, PI_KEY, [0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84]],
  ])('threefry4x32-20 %#', (counter, key, expected) => {
    expect(Array.from(threefry4x32(counter, key))).toEqual(expected);
    const out = new Uint32Array(4);
    threefryBlock(key[0]!, key[1]!, key[2]!, key[3]!, counter[0]!, counter[1]!, counter[2]!, counter[3]!, out);
    expect(Array.from(out)).toEqual(expected);
  });

  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [F, F, F, F],
      [F, F],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [PI, PI_KEY.slice(0, 2), [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]],
  ])('philox4x32-10 %#', (counter, key, expected) => {
    expect(Array.from(philox4x32(counter, key))).toEqual(expected);
  });

  test('philox equals multiplication in big integers', () => {
    const word = fc.integer({ min: 0, max: F });
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), (w) => {
        const mask = 0xffffffffn;
        let c = w.slice(0, 4).map(BigInt);
        let k = w.slice(4).map(BigInt);
        for (let round = 0; round < 10; round++) {
          const p0 = 0xd2511f53n * c[0]!;
          const p1 = 0xcd9e8d57n * c[2]!;
          c = [(p1 >> 32n) ^ c[1]! ^ k[0]!, p1 & mask, (p0 >> 32n) ^ c[3]! ^ k[1]!, p0 & mask];
          k = [(k[0]! + 0x9e3779b9n) & mask, (k[1]! + 0xbb67ae85n) & mask];
        }
        expect(Array.from(philox4x32(w.slice(0, 4), w.slice(4)))).toEqual(c.map(Number));
      }),
    );
  });

  test('wrong lengths are refused', () => {
    expect(code(() => threefry4x32([0, 0, 0], [0, 0, 0, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => threefry4x32([0, 0, 0, 0], [0, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => threefry4x32([0, 0, 0, 0], [0, 0, 0, 0], new Uint32Array(3)))).toBe('LENGTH_MISMATCH');
    expect(code(() => philox4x32([0, 0, 0], [0, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => philox4x32([0, 0, 0, 0], [0, 0, 0, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => philox4x32([0, 0, 0, 0], [0, 0], new Uint32Array(2)))).toBe('LENGTH_MISMATCH');
  });
});

describe.each([
  ['threefry', createRng],
  ['philox', createPhiloxRng],
] as const)('%s generator', (name, create) => {
  test('same seed same words, other seed other words', () => {
    expect(words(create('a'), 9)).toEqual(words(create('a'), 9));
    expect(words(create('a'), 9)).not.toEqual(words(create('b'), 9));
    expect(words(create(''), 2)).not.toEqual(words(create('\0'), 2));
    expect(code(() => create('\ud800'))).toBe('BAD_TEXT');
  });

  test('fill and single draws read one sequence, however they are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 12 }), (steps) => {
        const mixed = create('mix');
        const got: number[] = [];
        for (const step of steps) {
          if (step % 3 === 0) got.push(mixed.nextUint32());
          else got.push(...words(mixed, step));
        }
        expect(got).toEqual(words(create('mix'), got.length));
        expect(mixed.state().position).toBe(got.length);
        const copy = rngFromState(JSON.parse(JSON.stringify(mixed.state())));
        expect(words(copy, 7)).toEqual(words(mixed, 7));
      }),
    );
  });

  test('words follow the documented counter', () => {
    const rng = create('count').stream(6);
    const { key, stream, position } = rng.state();
    expect([stream, position]).toEqual([7, 0]);
    const block = name === 'threefry' ? threefry4x32 : philox4x32;
    expect(words(rng, 12)).toEqual([0, 1, 2].flatMap((b) => Array.from(block([b, 0, 7, 0], key))));
    const far = create('count').stream(2 ** 40 + 5);
    expect(words(far, 4)).toEqual(Array.from(block([0, 0, 6, 256], key)));
    const late = rngFromState({ ...rng.state(), position: 4 * (2 ** 33 + 2 ** 32 - 1) });
    expect(words(late, 8)).toEqual([...block([F, 2, 7, 0], key), ...block([0, 3, 7, 0], key)]);
  });

  test('streams are apart, and drawing never shifts them', () => {
    const root = create('s');
    const before = words(root.stream('noise'), 5);
    const indexed = words(root.stream(3), 5);
    words(root, 101);
    root.stream('other').nextUint32();
    expect(words(root.stream('noise'), 5)).toEqual(before);
    expect(words(root.stream(3), 5)).toEqual(indexed);
    const paths: (readonly (string | number)[])[] = [
      [],
      ['a'],
      ['b'],
      ['ab'],
      ['a', 'b'],
      ['b', 'a'],
      [''],
      ['', ''],
      [0],
      [1],
      ['0'],
      ['1'],
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      ['a', 0],
      [0, 'a'],
      [0, 'a', 0],
      [0, 0, 'a'],
      [0, ''],
      [2 ** 32],
      [2 ** 32, 0],
      [0, 0, 0],
    ];
    const firsts = paths.map((path) => {
      let rng = create('s');
      for (const id of path) rng = rng.stream(id);
      return words(rng, 4).join();
    });
    expect(new Set(firsts).size).toBe(paths.length);
  });

  test('bad stream ids and states are refused', () => {
    for (const id of [-1, 0.5, NaN, Infinity, 2 ** 53]) expect(code(() => create('x').stream(id))).toBe('OUT_OF_RANGE');
    expect(code(() => create('x').stream('\udc00'))).toBe('BAD_TEXT');
    const state = create('x').state();
    expect(code(() => rngFromState({ ...state, engine: 'alea' }))).toBe('BAD_KEY');
    expect(code(() => rngFromState({ ...state, key: [1] }))).toBe('BAD_KEY');
    expect(code(() => rngFromState({ ...state, key: state.key.map(() => -1) }))).toBe('BAD_KEY');
    expect(code(() => rngFromState({ ...state, position: -1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => rngFromState({ ...state, stream: 1.5 }))).toBe('OUT_OF_RANGE');
  });
});

test('frozen words: a change here changes every sample ever made', () => {
  expect(words(createRng('synthproof'), 4)).toMatchInlineSnapshot(`
    [
      819858791,
      852930331,
      2941417644,
      1599279853,
    ]
  `);
  expect(words(createRng('synthproof').stream('noise').stream(7), 4)).toMatchInlineSnapshot(`
    [
      550711222,
      2022471930,
      1884820361,
      3202824012,
    ]
  `);
  expect(words(createPhiloxRng('synthproof'), 4)).toMatchInlineSnapshot(`
    [
      2388026415,
      2360168451,
      3339434222,
      941635343,
    ]
  `);
  expect(Array.from(deriveKey('synthproof', 'noise'))).toMatchInlineSnapshot(`
    [
      3020497798,
      3315455430,
      2434599428,
      1056571234,
    ]
  `);
});

test('the key is the documented SHA-256 prefix', async () => {
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256').update('synthproof/rng/1').update('sé€d').digest();
  expect(createRng('sé€d').state().key).toEqual([0, 4, 8, 12].map((o) => digest.readUInt32LE(o)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(5);
  const derived = createHash('sha256')
    .update('synthproof/key/1')
    .update(length)
    .update('noise')
    .update('sé€d')
    .digest();
  expect(Array.from(deriveKey('sé€d', 'noise'))).toEqual([0, 4, 8, 12].map((o) => derived.readUInt32LE(o)));
});

test('derived keys tell seed from purpose', () => {
  expect(Array.from(deriveKey('bc', 'a'))).not.toEqual(Array.from(deriveKey('c', 'ab')));
});
