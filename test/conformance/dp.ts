import {
  discreteGaussianDelta,
  discreteGaussianNorm,
  discreteGaussianVariance,
  exponentialMechanismProbabilities,
  type GaussianMechanism,
  gaussianDelta,
  zcdpDelta,
  zcdpDeltaStandard,
  zcdpEpsilon,
  zcdpRho,
} from '../../src/dp/index.ts';
import { discreteGaussian, discreteLaplace, reduce, type UniformSource } from '../../src/dp/internal-exact.ts';
import type { FunctionTable } from './types.ts';

/** The reference's script of uniform draws: a 64-bit linear congruential generator, its low bits dropped. */
export function scriptedUniform(seed: number | string): UniformSource {
  let x = BigInt(seed);
  return (bound) => {
    x = (6364136223846793005n * x + 1442695040888963407n) % 2n ** 64n;
    return (x >> 16n) % bound;
  };
}

type Fraction = readonly [number, number];

function draws(draw: () => bigint, count: number): number[] {
  return Array.from({ length: count }, () => Number(draw()));
}

interface Scripted {
  readonly lcgSeed: number;
  readonly count: number;
}

export const dpFunctions: FunctionTable = {
  zcdpDelta: ({ rho, epsilon }: { rho: number; epsilon: number }) => zcdpDelta(rho, epsilon),
  zcdpDeltaStandard: ({ rho, epsilon }: { rho: number; epsilon: number }) => zcdpDeltaStandard(rho, epsilon),
  zcdpEpsilon: ({ rho, delta }: { rho: number; delta: number }) => zcdpEpsilon(rho, delta),
  zcdpRho: ({ epsilon, delta }: { epsilon: number; delta: number }) => zcdpRho(epsilon, delta),
  discreteGaussianNorm: ({ sigma2 }: { sigma2: number }) => discreteGaussianNorm(sigma2),
  discreteGaussianVariance: ({ sigma2 }: { sigma2: number }) => discreteGaussianVariance(sigma2),
  discreteGaussianDelta: (input: GaussianMechanism) => discreteGaussianDelta(input),
  gaussianDelta: (input: GaussianMechanism) => gaussianDelta(input),
  sampleDiscreteGaussian: ({ sigma2: [n, d], lcgSeed, count }: Scripted & { sigma2: Fraction }) => {
    const uniform = scriptedUniform(lcgSeed);
    const exact = reduce(BigInt(n), BigInt(d));
    return draws(() => discreteGaussian(uniform, exact), count);
  },
  sampleDiscreteLaplace: ({ scale: [n, d], lcgSeed, count }: Scripted & { scale: Fraction }) => {
    const uniform = scriptedUniform(lcgSeed);
    const exact = reduce(BigInt(n), BigInt(d));
    return draws(() => discreteLaplace(uniform, exact), count);
  },
  exponentialMechanismProbabilities: ({
    scores,
    epsilon,
    sensitivity,
  }: {
    scores: readonly number[];
    epsilon: number;
    sensitivity?: number;
  }) => exponentialMechanismProbabilities(scores, { epsilon, sensitivity }),
};
