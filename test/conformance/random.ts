import { philox4x32 } from '../../src/random/index.ts';
import type { FunctionTable } from './types.ts';

export const randomFunctions: FunctionTable = {
  philox4x32: (input) => Array.from(philox4x32(input.counter, input.key)),
};
