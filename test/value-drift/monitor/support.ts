import { SynthproofError } from '../../../src/errors.ts';
import { createRng, uniform } from '../../../src/random/index.ts';
import { createValueSpec } from '../../../src/value-drift/index.ts';
import type { MonitorScores } from '../../../src/value-drift/monitor/index.ts';

/** The code of the error that a call throws. */
export function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof SynthproofError ? error.code : String(error);
  }
  return 'no error';
}

export const judge = 'judge-1';

/** Three values with targets: a mean, a range, none. */
export const spec = createValueSpec({
  id: 'test',
  version: '1',
  scale: { min: 1, max: 5 },
  values: [
    { id: 'care', label: 'Care', target: { mean: 3 } },
    { id: 'order', target: { min: 2, max: 4 } },
    { id: 'free' },
  ],
});

export const scoresOf = (...columns: ArrayLike<number>[]): MonitorScores => ({
  specHash: spec.hash,
  scorerId: judge,
  scores: { columns },
});

/** Scores between 1 and 5 about a mean, by a seed. */
export function draw(seed: string, n: number, mean = 3): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => Math.min(5, Math.max(1, mean + 2 * (uniform(rng) - 0.5))));
}

/** Through JSON and back. */
export const viaJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
