export { cartGenerator } from './cart-generator.ts';
export { type CombinedEstimate, type CombineEstimatesOptions, combineEstimates } from './combine-estimates.ts';
export { type CartOptions, fitCart } from './fit-cart.ts';
export { fitIndependent, type IndependentOptions } from './fit-independent.ts';
export { independentGenerator } from './independent-generator.ts';
export { type CartSampleOptions, sampleCart } from './sample-cart.ts';
export {
  type CartConditionalOptions,
  type CartConditionalSample,
  sampleCartConditional,
} from './sample-cart-conditional.ts';
export { sampleIndependent } from './sample-independent.ts';
