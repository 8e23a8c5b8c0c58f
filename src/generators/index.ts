export { type CartOptions, fitCart } from './fit-cart.ts';
export { type CartSampleOptions, sampleCart } from './sample-cart.ts';
