import * as z from 'zod/mini';
import type { IndependentOptions } from '../generators/index.ts';
import { names, positive, whole } from './shared.ts';

/**
 * Options of `fitIndependent`, from outside.
 *
 * @example
 * parseOptions(independentOptionsSchema, { minLeaf: 5 }, 'generator').minLeaf; // => 5
 */
export const independentOptionsSchema: z.ZodMiniType<IndependentOptions> = /* @__PURE__ */ z.strictObject({
  minLeaf: /* @__PURE__ */ z.optional(positive),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
  synthesize: /* @__PURE__ */ z.optional(names),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  smoothing: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['none', 'interpolate', 'auto'])),
});
