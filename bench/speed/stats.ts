import { createRng } from '../../src/random/index.ts';
import { kendall, ksStatistic, mean, midRanks, mmdTest, quantile, variance } from '../../src/stats/index.ts';
import { type Bench, medianMs } from './types.ts';

const SIZE = 1_000_000;

function plainMean(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total / values.length;
}

function plainVariance(values: Float64Array): number {
  const centre = plainMean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) * (values[i]! - centre);
  return squares / (values.length - 1);
}

/** Descriptive kernels beside the plain loop or the obvious way, on a million values. */
export const bench: Bench = async function* () {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const values = Float64Array.from({ length: SIZE }, draw);
  const others = Float64Array.from({ length: SIZE }, draw);
  // Arrays in turn: an engine that sees one constant array compiles its address into whichever loop it likes.
  const arrays = [values, others, values.slice(), others.slice()];
  let turn = 0;
  const onArrays = (run: (array: Float64Array) => number): number => medianMs(() => run(arrays[turn++ & 3]!), 41);
  const sorting = medianMs(() => values.slice().sort(), 3);
  yield {
    area: 'stats',
    job: 'mean of 1e6',
    ours: onArrays(mean),
    peer: 'plain loop',
    theirs: onArrays(plainMean),
    goal: 1.5,
  };
  yield {
    area: 'stats',
    job: 'variance of 1e6',
    ours: onArrays(variance),
    peer: 'plain loop',
    theirs: onArrays(plainVariance),
    goal: 1.5,
  };
  yield {
    area: 'stats',
    job: 'quantile of 1e6',
    ours: medianMs(() => quantile(values, 0.3)),
    peer: 'full sort',
    theirs: sorting,
    goal: 0.5,
  };
  yield {
    area: 'stats',
    job: 'mid-ranks of 1e6',
    ours: medianMs(() => midRanks(values), 3),
    peer: 'full sort',
    theirs: sorting,
  };
  yield {
    area: 'stats',
    job: 'KS of 1e6 and 1e6',
    ours: medianMs(() => ksStatistic(values, others), 3),
    peer: 'two full sorts',
    theirs: 2 * sorting,
  };
  const few = values.subarray(0, 100_000);
  yield {
    area: 'stats',
    job: 'Kendall of 1e5 pairs',
    ours: medianMs(() => kendall(few, others.subarray(0, 100_000)), 3),
    peer: 'none',
    theirs: null,
  };
  const point = (i: number): Float64Array => values.subarray(16 * i, 16 * i + 16);
  const x = Array.from({ length: 500 }, (_, i) => point(i));
  const y = Array.from({ length: 500 }, (_, i) => point(500 + i));
  const rng = createRng('bench');
  yield {
    area: 'stats',
    job: 'MMD test of 500 and 500 points of width 16, 999 arrangements',
    ours: medianMs(() => mmdTest(x, y, { sigma: 1, rng }), 1),
    peer: 'none',
    theirs: null,
  };
};
