import type { Generator } from '../../types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import { fitSmote, type SmoteOptions } from './fit-smote.ts';
import { sampleSmote } from './sample-smote.ts';
import type { SmoteModel } from './smote-types.ts';

/**
 * SMOTE-NC as one object for a pipeline: {@link fitSmote} and {@link sampleSmote}. It draws one class only.
 *
 * @example
 * smoteGenerator.id; // => 'smote'
 */
export const smoteGenerator: Generator<SmoteOptions, SmoteModel> = {
  id: 'smote',
  facts: /* @__PURE__ */ ownFacts('augmentation'),
  fit: fitSmote,
  sample: sampleSmote,
};
