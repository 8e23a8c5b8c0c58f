import seedrandom from 'seedrandom';
import { SynthproofError } from '../errors.ts';
import type { Rng } from '../types.ts';
import { type FromSeedrandomOptions, fromSeedrandom } from './from-seedrandom.ts';

/** A generator of the `seedrandom` package. */
export type SeedrandomAlgorithm = 'arc4' | 'alea' | 'xor128' | 'tychei' | 'xorwow' | 'xor4096' | 'xorshift7';

const ALGORITHMS: readonly SeedrandomAlgorithm[] = [
  'arc4',
  'alea',
  'xor128',
  'tychei',
  'xorwow',
  'xor4096',
  'xorshift7',
];

/**
 * An {@link Rng} over a generator of the `seedrandom` package, for runs that must match earlier work with it.
 *
 * The seed goes to seedrandom as it is, so the words are those of `seedrandom(seed)` and its siblings; never of the
 * global generator. See {@link fromSeedrandom} for streams, and for why `createRng` is the better choice for new work.
 *
 * @param seed - Any text.
 * @param algorithm - Which generator. Default `arc4`, the package's own default.
 * @param options - See {@link FromSeedrandomOptions}.
 * @returns The generator behind the library's interface.
 * @throws `SynthproofError` `BAD_OPTION` for an unknown algorithm or a seed that is no text; `OUT_OF_RANGE` for a bad position.
 * @example
 * const rng = createSeedrandomRng('hello.');
 * rng.nextUint32() === createSeedrandomRng('hello.', 'arc4').nextUint32(); // => true
 * createSeedrandomRng('hello.', 'alea').state().engine; // => 'seedrandom/1'
 */
export function createSeedrandomRng(
  seed: string,
  algorithm: SeedrandomAlgorithm = 'arc4',
  options: FromSeedrandomOptions = {},
): Rng {
  if (typeof seed !== 'string')
    throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
  if (!ALGORITHMS.includes(algorithm))
    throw new SynthproofError(
      'BAD_OPTION',
      `algorithm: expected one of ${ALGORITHMS.join(', ')}, received "${String(algorithm)}"`,
      { argument: 'algorithm' },
    );
  return fromSeedrandom(algorithm === 'arc4' ? seedrandom(seed) : seedrandom[algorithm](seed), options);
}
