export { cartGenerator } from './cart-generator.ts';
export { fingerprintModel } from './fingerprint-model.ts';
export { type CartOptions, fitCart } from './fit-cart.ts';
export { fitIndependent, type IndependentOptions } from './fit-independent.ts';
export { independentGenerator } from './independent-generator.ts';
export type {
  CartModel,
  ColumnModel,
  ColumnRole,
  FitReport,
  IndependentModel,
  TreeBasedModel,
  TreeModel,
} from './model-types.ts';
export { type CartSampleOptions, sampleCart } from './sample-cart.ts';
export { sampleIndependent } from './sample-independent.ts';
