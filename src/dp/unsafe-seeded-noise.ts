import { createRng } from '../random/create-rng.ts';
import type { NoiseSource } from './noise-source.ts';

/**
 * Repeatable noise, for tests and demonstrations only. A release made with it has no privacy against anyone who knows or
 * guesses the seed; its `source` says `seeded-unsafe`, and every model made with it repeats that.
 *
 * @param seed - Any text.
 * @throws {@link SynthproofError} `BAD_TEXT` when the seed holds a lone surrogate.
 * @example
 * unsafeSeededNoise('test').source; // => 'seeded-unsafe'
 * unsafeSeededNoise('test').nextUint32() === unsafeSeededNoise('test').nextUint32(); // => true
 */
export function unsafeSeededNoise(seed: string): NoiseSource {
  const rng = createRng(seed).stream('unsafe-noise');
  return { source: 'seeded-unsafe', nextUint32: () => rng.nextUint32() };
}
