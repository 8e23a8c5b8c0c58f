import { exactSum, exp, log, logBinomialUpperTail, normalQuantile, pow, sin, sum } from '../../src/math/index.ts';
import { type Bench, medianMs } from './types.ts';

const SIZE = 500_000;

/** The portable functions beside the engine's own, on half a million inputs each. */
export const bench: Bench = async function* () {
  let state = 1;
  const uniform = Float64Array.from({ length: SIZE }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  });
  const wide = uniform.map((value) => (value - 0.5) * 200);
  const over = (values: Float64Array, f: (x: number) => number) => (): number => {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += f(values[i]!);
    return total;
  };
  const pairs: [string, (x: number) => number, (x: number) => number, Float64Array, number?][] = [
    ['log', log, Math.log, uniform, 3],
    ['exp', exp, Math.exp, wide, 3],
    ['sin', sin, Math.sin, wide],
    ['pow(x, 2.3)', (x) => pow(x, 2.3), (x) => x ** 2.3, uniform],
  ];
  for (const [job, ours, theirs, values, goal] of pairs) {
    yield {
      area: 'math',
      job: `${job} of ${SIZE}`,
      ours: medianMs(over(values, ours)),
      peer: 'Math of the engine',
      theirs: medianMs(over(values, theirs)),
      ...(goal === undefined ? {} : { goal }),
    };
  }
  const plainSum = (): number => {
    let total = 0;
    for (let i = 0; i < wide.length; i++) total += wide[i]!;
    return total;
  };
  const loop = medianMs(plainSum);
  yield { area: 'math', job: `sum of ${SIZE}`, ours: medianMs(() => sum(wide)), peer: 'plain loop', theirs: loop };
  yield {
    area: 'math',
    job: `exactSum of ${SIZE}`,
    ours: medianMs(() => exactSum(wide)),
    peer: 'plain loop',
    theirs: loop,
  };
  yield {
    area: 'math',
    job: `normalQuantile of ${SIZE}`,
    ours: medianMs(over(uniform, normalQuantile)),
    peer: 'none',
    theirs: null,
  };
  const tail = medianMs(() => logBinomialUpperTail(505_000, 1_000_000, 0.5), 15);
  yield { area: 'math', job: 'binomial tail, a million trials', ours: tail, peer: 'none', theirs: null };
};
