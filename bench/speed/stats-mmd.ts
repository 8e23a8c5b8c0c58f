import { createRng, normal } from '../../src/random/index.ts';
import { mmdTest } from '../../src/stats/index.ts';
import { type Bench, medianMs } from './types.ts';

/** The two-sample test on embeddings of 384 parts, bandwidth included. */
export const bench: Bench = async function* () {
  const rng = createRng('mmd');
  const points = (n: number): Float64Array[] =>
    Array.from({ length: n }, () => Float64Array.from({ length: 384 }, () => normal(rng)));
  const x = points(2000);
  const y = points(2000);
  yield {
    area: 'stats',
    job: 'MMD test of 2000 and 2000 points of width 384, 999 arrangements',
    ours: medianMs(() => mmdTest(x, y, { rng: createRng('arrangements') }), 1),
    // Not in one run with ours: no Python here. Its documented cost for 100 arrangements was 11.2 s of processor time.
    peer: 'alibi-detect (100 arrangements)',
    theirs: null,
  };
};
