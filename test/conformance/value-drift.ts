import {
  compareProfiles,
  createValueSpec,
  featureScorer,
  profileValues,
  type ValueDrift,
} from '../../src/value-drift/index.ts';
import type { FunctionTable } from './types.ts';

function drift(x: readonly number[], y: readonly number[]): ValueDrift {
  const scorer = featureScorer(createValueSpec({ id: 'oracle', version: '1', values: ['x'] }));
  const side = (values: readonly number[]) =>
    profileValues(
      values.map((value) => [value]),
      scorer,
    );
  return compareProfiles(side(x), side(y), { permutations: 99 }).values[0]!;
}

export const valueDriftFunctions: FunctionTable = {
  wasserstein1: (input) => drift(input.x, input.y).w1,
  wasserstein1Normalized: (input) => {
    const { w1, baseline } = drift(input.x, input.y);
    // Evidently divides by the population standard deviation of the reference, at least 0.001.
    const sd = baseline.sd! * Math.sqrt((baseline.n - 1) / baseline.n);
    return w1! / Math.max(sd, 0.001);
  },
};
