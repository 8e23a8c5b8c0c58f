import { SynthproofError } from '../errors.ts';
import { sha256 } from '../hash/sha256.ts';
import { toHex } from '../hash/to-hex.ts';
import { createRng } from '../random/create-rng.ts';
import type { Rng, RngState } from '../types.ts';

/** What the adapter needs of a generator: every one of the `seedrandom` package has it, and others may. */
export interface SeedrandomLike {
  /** The next 32 bits as a signed number. */
  int32(): number;
}

/** Options of {@link fromSeedrandom}. */
export interface FromSeedrandomOptions {
  /**
   * Words already drawn in an earlier run, default 0: with the generator seeded afresh, that many words are passed
   * over, so that `fromSeedrandom(seedrandom(seed), { position: saved.position })` continues a saved state.
   */
  readonly position?: number | undefined;
}

/**
 * Any generator of the `seedrandom` package (ARC4, alea, xor128, tychei, xorwow, xor4096, xorshift7) as an {@link Rng}.
 *
 * Words are `int32() >>> 0`, never the plain call, which has 32 bits of resolution in most of those generators. The
 * adapter owns the generator from now on: calls made past it shift the words.
 *
 * seedrandom has no streams, so they are made here: the first four words (they are still delivered as the first four)
 * are hashed, `createRng(hex of SHA-256('synthproof/seedrandom/1' + the four words little-endian))` is the root, and
 * `stream(id)` is that root's stream: independent Threefry words that depend on the generator's seed alone.
 *
 * Prefer {@link createRng} for new work. seedrandom's alea gives first numbers in arithmetic progression for about 4 of
 * 10 triples of seeds like `user-0`, `user-1`, `user-2`; its xorshift7 gives one and the same sequence for every text
 * seed of 7 characters or fewer; xor128, xorwow and xorshift7 fail linearity tests.
 *
 * @param prng - A seeded generator, for example `seedrandom.alea('demo')`.
 * @param options - See {@link FromSeedrandomOptions}.
 * @returns An Rng whose `state()` has the engine `seedrandom/1`, the four words as key, and the number of words drawn;
 * it continues through `position`, not through `rngFromState`.
 * @throws `SynthproofError` `BAD_OPTION` when the generator has no `int32`; `OUT_OF_RANGE` for a bad position.
 * @example
 * let x = 1;
 * const rng = fromSeedrandom({ int32: () => (x = Math.imul(x, 1664525) + 1013904223 | 0) });
 * rng.nextUint32(); // => 1015568748
 * rng.state().position; // => 1
 */
export function fromSeedrandom(prng: SeedrandomLike, options: FromSeedrandomOptions = {}): Rng {
  const { position = 0 } = options;
  if (prng === null || (typeof prng !== 'object' && typeof prng !== 'function') || typeof prng.int32 !== 'function')
    throw new SynthproofError('BAD_OPTION', 'prng: expected a seeded generator with an int32() method', {
      argument: 'prng',
    });
  if (!Number.isSafeInteger(position) || position < 0)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `position: expected a whole number from 0, received ${String(position)}`,
      {
        argument: 'position',
      },
    );
  const rng = new SeedrandomRng(prng);
  for (let i = 0; i < position; i++) rng.nextUint32();
  return rng;
}

class SeedrandomRng implements Rng {
  private readonly prng: SeedrandomLike;
  private readonly key: readonly number[];
  private position: number;

  constructor(prng: SeedrandomLike) {
    this.prng = prng;
    this.key = [prng.int32() >>> 0, prng.int32() >>> 0, prng.int32() >>> 0, prng.int32() >>> 0];
    this.position = 0;
  }

  nextUint32(): number {
    const at = this.position++;
    return at < 4 ? this.key[at]! : this.prng.int32() >>> 0;
  }

  fill(out: Uint32Array): Uint32Array {
    for (let i = 0; i < out.length; i++) out[i] = this.nextUint32();
    return out;
  }

  stream(id: string | number): Rng {
    const prefix = 'synthproof/seedrandom/1';
    const bytes = new Uint8Array(prefix.length + 16);
    for (let i = 0; i < prefix.length; i++) bytes[i] = prefix.charCodeAt(i);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < 4; i++) view.setUint32(prefix.length + 4 * i, this.key[i]!, true);
    return createRng(toHex(sha256(bytes))).stream(id);
  }

  state(): RngState {
    return { engine: 'seedrandom/1', key: [...this.key], stream: 0, position: this.position };
  }
}
