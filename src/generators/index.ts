export * from './bayesian-network/index.ts';
export * from './constraints/index.ts';
export * from './copula/index.ts';
export * from './dp-tree/index.ts';
export * from './fair/index.ts';
export { fingerprintModel } from './fingerprint-model.ts';
export * from './forest/index.ts';
export * from './hybrid/index.ts';
export type {
  CartModel,
  ColumnModel,
  ColumnReport,
  ColumnRole,
  ColumnShape,
  FitReport,
  IndependentModel,
  PartialSampleOptions,
  TreeBasedModel,
  TreeModel,
} from './model-types.ts';
export * from './relational/index.ts';
export * from './smote/index.ts';
export * from './text/index.ts';
export * from './trees/index.ts';
