import { stanceDrift, valueProfileDistance } from '../../src/value-drift/index.ts';
import type { FunctionTable } from './types.ts';

export const valueDriftFunctions: FunctionTable = {
  valueProfileDistance: (input) => valueProfileDistance(input.p, input.q),
  stanceDrift: (input) => stanceDrift(input.before, input.after),
};
