export { fingerprintModel } from './fingerprint-model.ts';
export type {
  CartModel,
  ColumnModel,
  ColumnReport,
  ColumnRole,
  ColumnShape,
  FitReport,
  IndependentModel,
  TreeBasedModel,
  TreeModel,
} from './model-types.ts';
export { cartGenerator } from './trees/cart-generator.ts';
export { type CartOptions, fitCart } from './trees/fit-cart.ts';
export { fitIndependent, type IndependentOptions } from './trees/fit-independent.ts';
export { independentGenerator } from './trees/independent-generator.ts';
export { type CartSampleOptions, sampleCart } from './trees/sample-cart.ts';
export { sampleIndependent } from './trees/sample-independent.ts';
