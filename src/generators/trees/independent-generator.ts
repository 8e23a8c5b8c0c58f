import type { Generator } from '../../types.ts';
import type { IndependentModel } from '../model-types.ts';
import { fitIndependent, type IndependentOptions } from './fit-independent.ts';
import { sampleIndependent } from './sample-independent.ts';

/**
 * Independent marginals as one object for a pipeline: {@link fitIndependent} and {@link sampleIndependent}.
 *
 * @example
 * independentGenerator.id; // => 'independent'
 */
export const independentGenerator: Generator<IndependentOptions, IndependentModel> = {
  id: 'independent',
  fit: fitIndependent,
  sample: sampleIndependent,
};
