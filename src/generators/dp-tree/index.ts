export type {
  DpBooleanDomain,
  DpCategoryDomain,
  DpColumnDomain,
  DpIdentifierDomain,
  DpNumericDomain,
} from './domain.ts';
export { dpTreeGenerator } from './dp-tree-generator.ts';
export { type DpTreeOptions, fitDpTree } from './fit-dp-tree.ts';
export type { DpColumnModel, DpTreeModel, DpTreeReport } from './model-types.ts';
export { sampleDpTree } from './sample-dp-tree.ts';
