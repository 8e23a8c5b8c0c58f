import { SynthproofError } from '../errors.ts';

/** So many draws. */
export function drawCount(count: number, draw: () => number): Float64Array {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new SynthproofError('OUT_OF_RANGE', `count: expected a whole number of at least 0, received ${count}`, {
      argument: 'count',
    });
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = draw();
  return out;
}
