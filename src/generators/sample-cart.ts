import type { JobOptions, SampleOptions, Table } from '../types.ts';
import { sampleTrees } from './internal-sample.ts';
import type { CartModel } from './model-types.ts';

/** Options of {@link sampleCart}. */
export interface CartSampleOptions extends SampleOptions, JobOptions {
  /** Partial synthesis: the table with the kept columns; row i of the sample keeps row i's cells (with an offset, row offset + i's). */
  readonly kept?: Table | undefined;
}

export function sampleCart(model: CartModel, options: CartSampleOptions): Table {
  return sampleTrees(model, options);
}
