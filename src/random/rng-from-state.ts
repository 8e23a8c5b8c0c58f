import { SynthproofError } from '../errors.ts';
import type { Rng, RngState } from '../types.ts';
import { CounterRng } from './internal-counter-rng.ts';
import { philoxEngine, threefryEngine } from './internal-engines.ts';

/**
 * A generator that continues where a stored {@link RngState} stopped: it draws the word that would have come next, and
 * its streams are the same streams.
 *
 * @param state - What `rng.state()` returned, perhaps after a trip through JSON.
 * @throws {@link SynthproofError} `BAD_KEY` for an unknown engine or a key of the wrong form; `OUT_OF_RANGE` for a
 * stream or position that is not a whole number from 0 to 2^53 - 1.
 * @example
 * const rng = createRng('demo');
 * rng.nextUint32();
 * const copy = rngFromState(JSON.parse(JSON.stringify(rng.state())));
 * copy.nextUint32() === rng.nextUint32(); // => true
 */
export function rngFromState(state: RngState): Rng {
  const engine =
    state.engine === threefryEngine.id ? threefryEngine : state.engine === philoxEngine.id ? philoxEngine : null;
  if (engine === null)
    throw new SynthproofError(
      'BAD_KEY',
      `state.engine: expected "${threefryEngine.id}" or "${philoxEngine.id}", received ${JSON.stringify(state.engine)}`,
      { argument: 'state' },
    );
  const { key, stream, position } = state;
  if (
    !Array.isArray(key) ||
    key.length !== engine.keyWords ||
    !key.every((k) => Number.isInteger(k) && k >= 0 && k <= 0xffffffff)
  )
    throw new SynthproofError('BAD_KEY', `state.key: expected ${engine.keyWords} words from 0 to 2^32 - 1`, {
      argument: 'state',
    });
  for (const [name, value] of [
    ['stream', stream],
    ['position', position],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0)
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `state.${name}: expected a whole number from 0, received ${String(value)}`,
        {
          argument: 'state',
        },
      );
  return new CounterRng(
    engine,
    Int32Array.from(key, (k) => k | 0),
    stream,
    position,
  );
}
