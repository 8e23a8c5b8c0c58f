import { embeddingSpread } from '../../src/value-drift/generations/embedding-spread.ts';
import { frechetDistance } from '../../src/value-drift/generations/frechet-distance.ts';
import { gaussianCollapse } from '../../src/value-drift/generations/gaussian-collapse.ts';
import { linearRegressionCollapse } from '../../src/value-drift/generations/linear-regression-collapse.ts';
import { mauveFromHistograms } from '../../src/value-drift/generations/mauve-from-histograms.ts';
import { prdc } from '../../src/value-drift/generations/prdc.ts';
import type { FunctionTable } from './types.ts';

export const valueDriftGenerationsFunctions: FunctionTable = {
  embeddingSpread: ({ x }) => {
    const { n: _, ...figures } = embeddingSpread(x);
    return figures;
  },
  frechetDistance: ({ x, y }) => frechetDistance(x, y),
  prdc: (input) => prdc(input.real, input.synthetic ?? input.fake, { neighbours: input.k ?? input.nearestK ?? 5 }),
  mauveFromHistograms: ({ p, q, scaling, points }) => mauveFromHistograms(p, q, { scaling, points }),
  gaussianCollapse: ({ n, sigma2, generations }) => {
    const { replaceBiased, replaceUnbiased } = gaussianCollapse({ items: n, generations, variance: sigma2 });
    return {
      replaceExpectedVarBiased: replaceBiased,
      replaceExpectedVarUnbiased: replaceUnbiased,
      note: 'with ML variance E[s_t^2]=(1-1/n)^t; with unbiased variance mean stays 1 but log variance drifts',
    };
  },
  linearRegressionCollapse: ({ sigma2, T, d, generations }) => {
    const { replaceRisk, accumulateUpperBound } = linearRegressionCollapse({
      rows: T,
      features: d,
      generations,
      noise: sigma2,
    });
    return { replaceRisk, accumulateUpperBound };
  },
};
