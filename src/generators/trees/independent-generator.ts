import type { Generator } from '../../types.ts';
import type { IndependentModel } from '../model-types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
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
  facts: /* @__PURE__ */ ownFacts('statistical'),
  fit: fitIndependent,
  sample: sampleIndependent,
};
