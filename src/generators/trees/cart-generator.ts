import type { Generator } from '../../types.ts';
import type { CartModel } from '../model-types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import { type CartOptions, fitCart } from './fit-cart.ts';
import { sampleCart } from './sample-cart.ts';

/**
 * Sequential CART as one object for a pipeline: {@link fitCart} and {@link sampleCart}.
 *
 * Progress, abort signal and kept columns may be given among the options of `fit` and `sample`; they are passed on.
 *
 * @example
 * cartGenerator.id; // => 'cart'
 */
export const cartGenerator: Generator<CartOptions, CartModel> = {
  id: 'cart',
  facts: /* @__PURE__ */ ownFacts('tree'),
  fit: fitCart,
  sample: sampleCart,
};
