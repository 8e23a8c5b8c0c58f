import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, utf8 } from '../../src/hash/index.ts';
import {
  createPhiloxRng,
  createRng,
  deriveKey,
  philox4x32,
  rngFromState,
  threefry4x32,
  threefryBlock,
} from '../../src/random/index.ts';
import { fillThreefry } from '../../src/random/internal-threefry.ts';
import type { Rng } from '../../src/types.ts';

/** The first words of the general SHA-256, least significant byte first. */
function words(parts: readonly Uint8Array[], count: number): number[] {
  const digest = sha256(Uint8Array.from(parts.flatMap((part) => Array.from(part))));
  const view = new DataView(digest.buffer, digest.byteOffset);
  return Array.from({ length: count }, (_, i) => view.getUint32(4 * i, true));
}

describe('keys are SHA-256, whatever the length of the text', () => {
  test('every length across two block borders', () => {
    for (let length = 0; length < 140; length++) {
      const seed = 'é'.repeat(length >> 2) + 'x'.repeat(length - (length >> 2));
      expect(createRng(seed).state().key).toEqual(words([utf8('synthproof/rng/1'), utf8(seed)], 4));
      expect(createPhiloxRng(seed).state().key).toEqual(words([utf8('synthproof/philox/1'), utf8(seed)], 2));
      const size = Uint8Array.of(4, 0, 0, 0);
      expect(Array.from(deriveKey(seed, 'cart'))).toEqual(
        words([utf8('synthproof/key/1'), size, utf8('cart'), utf8(seed)], 4),
      );
    }
  });
  test('the documented key of a named stream and of one below an indexed stream', () => {
    const root = createRng('paths');
    const key = Uint8Array.from(
      root.state().key.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 255)),
    );
    const prefix = utf8('synthproof/rng-stream/1');
    // Prefix, key, stream number in two words, a byte 0 and the name.
    const named = words([prefix, key, new Uint8Array(9), utf8('noise')], 4);
    expect(root.stream('noise').state()).toMatchObject({ key: named, stream: 0 });
    // An index costs no hash; below it the stream number 6 and a byte 1 go into the key, with no name.
    expect(root.stream(5).state()).toMatchObject({ key: root.state().key, stream: 6 });
    const below = words([prefix, key, Uint8Array.of(6, 0, 0, 0, 0, 0, 0, 0, 1)], 4);
    expect(root.stream(5).stream(2).state()).toMatchObject({ key: below, stream: 3 });
  });
  test('a long seed', () => {
    const seed = 'seed '.repeat(50_000);
    expect(createRng(seed).state().key).toEqual(words([utf8('synthproof/rng/1'), utf8(seed)], 4));
  });
});

describe('one sequence, however it is drawn', () => {
  const engines: [string, (seed: string) => Rng, (key: number[], block: number) => Uint32Array][] = [
    ['threefry', createRng, (key, block) => threefry4x32([block, 0, 0, 0], key)],
    ['philox', createPhiloxRng, (key, block) => philox4x32([block, 0, 0, 0], key)],
  ];
  test.each(engines)(
    '%s: single draws, fills of any size and restored states read the same words',
    (_, make, block) => {
      const rng = make('one');
      const key = rng.state().key.slice();
      const expected = Array.from({ length: 64 }, (_, b) => Array.from(block(key, b))).flat();
      const script = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 21 })), { maxLength: 25 });
      fc.assert(
        fc.property(script, fc.integer({ min: 0, max: 24 }), (steps, saveAt) => {
          let source = make('one');
          const seen: number[] = [];
          steps.forEach((step, i) => {
            // 0: three single draws; otherwise a fill of that many words.
            if (step === 0) seen.push(source.nextUint32(), source.nextUint32(), source.nextUint32());
            else seen.push(...source.fill(new Uint32Array(step)));
            expect(source.state().position).toBe(seen.length);
            if (i === saveAt) source = rngFromState(JSON.parse(JSON.stringify(source.state())));
          });
          const length = Math.min(seen.length, expected.length);
          expect(seen.slice(0, length)).toEqual(expected.slice(0, length));
        }),
      );
    },
  );
  test('an unused stream stands at 0 and drawing does not move others', () => {
    const rng = createRng('streams');
    const a = rng.stream('a');
    const before = rng.stream('b').nextUint32();
    for (let i = 0; i < 100; i++) a.nextUint32();
    rng.nextUint32();
    expect(rng.stream('b').nextUint32()).toBe(before);
    expect(rng.stream(3).state()).toMatchObject({ stream: 4, position: 0 });
    expect(rng.stream(3).nextUint32()).not.toBe(rng.stream(4).nextUint32());
  });
  test('block numbers carry into the high word, inside a pair and between pairs', () => {
    const key = [1, -2, 0x7fffffff, -0x80000000] as const;
    for (const blocks of [1, 2, 3, 4, 5]) {
      for (const low of [-1, -2, -3, 0, 7]) {
        const out = new Uint32Array(4 * blocks + 3).fill(9);
        fillThreefry(out, 2, blocks, ...key, low, 5, -6, 7);
        const expected: number[] = [9, 9];
        for (let b = 0; b < blocks; b++) {
          const at = low + b;
          const carry = low < 0 && at >= 0 ? 1 : 0;
          const block = new Uint32Array(4);
          threefryBlock(...key, at, 5 + carry, -6, 7, block);
          expected.push(...block);
        }
        expect(Array.from(out)).toEqual([...expected, 9]);
      }
    }
  });
  test('words may be given signed or unsigned', () => {
    const signed = new Uint32Array(4);
    const unsigned = new Uint32Array(4);
    threefryBlock(-1, -2, -3, -4, -5, -6, -7, -8, signed);
    const up = (word: number): number => word >>> 0;
    threefryBlock(up(-1), up(-2), up(-3), up(-4), up(-5), up(-6), up(-7), up(-8), unsigned);
    expect(signed).toEqual(unsigned);
    expect(threefry4x32([-5, -6, -7, -8], [-1, -2, -3, -4])).toEqual(signed);
  });
});
