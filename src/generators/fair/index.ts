export { type CartLabelOptions, cartLabelProbabilities } from './cart-label-probabilities.ts';
export { type FairGenerator, type FairGeneratorOptions, fairGenerator } from './fair-generator.ts';
export type { FairModel, FairSampleOptions } from './fair-model-types.ts';
export { type TiltedPool, type TiltPoolOptions, tiltPool } from './tilt-pool.ts';
