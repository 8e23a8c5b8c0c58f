import type { Generator } from '../../types.ts';
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
  fit: fitDpTree,
  sample: sampleDpTree,
};
