import * as z from 'zod/mini';
import type { CartOptions } from '../generators/index.ts';
import { names, positive, whole } from './shared.ts';

/**
 * Options of `fitCart`, from outside.
 *
 * @example
 * parseOptions(cartOptionsSchema, { minLeaf: 20, visitOrder: 'given' }, 'generator').visitOrder; // => 'given'
 */
export const cartOptionsSchema: z.ZodMiniType<CartOptions> = /* @__PURE__ */ z.strictObject({
  minLeaf: /* @__PURE__ */ z.optional(positive),
  minSplit: /* @__PURE__ */ z.optional(positive),
  maxDepth: /* @__PURE__ */ z.optional(whole),
  complexity: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.number().check(/* @__PURE__ */ z.nonnegative())),
  visitOrder: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.union([names, /* @__PURE__ */ z.enum(['given', 'auto'])])),
  synthesize: /* @__PURE__ */ z.optional(names),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
  smoothing: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['none', 'interpolate', 'auto'])),
  numericSplit: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['value', 'rank'])),
  prune: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['none', 'error'])),
  bootstrap: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.string()),
});
