import type { Generator } from '../../types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import { type DpTreeOptions, fitDpTree } from './fit-dp-tree.ts';
import type { DpTreeModel } from './model-types.ts';
import { sampleDpTree } from './sample-dp-tree.ts';

/**
 * The differentially private tree as one object for a pipeline: {@link fitDpTree} and {@link sampleDpTree}.
 *
 * Progress and abort signal may be given among the options of `fit` and `sample`; they are passed on.
 *
 * @example
 * dpTreeGenerator.id; // => 'dp-tree'
 */
export const dpTreeGenerator: Generator<DpTreeOptions, DpTreeModel> = {
  id: 'dp-tree',
  // The noise of a fit must never come again: a second run gives the same distribution only.
  facts: /* @__PURE__ */ ownFacts('statistical', 'statistical'),
  fit: fitDpTree,
  sample: sampleDpTree,
};
