import type { Generator } from '../../types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import { type ArfOptions, fitArf } from './fit-arf.ts';
import type { ArfModel } from './model-types.ts';
import { sampleArf } from './sample-arf.ts';

/**
 * Adversarial random forest as one object for a pipeline: {@link fitArf} and {@link sampleArf}.
 *
 * @example
 * arfGenerator.id; // => 'arf'
 */
export const arfGenerator: Generator<ArfOptions, ArfModel> = {
  id: 'arf',
  facts: /* @__PURE__ */ ownFacts('tree'),
  fit: fitArf,
  sample: sampleArf,
};
