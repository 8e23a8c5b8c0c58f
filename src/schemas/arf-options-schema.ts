import * as z from 'zod/mini';
import type { ArfOptions } from '../generators/index.ts';
import { names, positive, whole } from './shared.ts';

/**
 * Options of `fitArf`, from outside.
 *
 * @example
 * parseOptions(arfOptionsSchema, { trees: 10, minLeaf: 20 }, 'generator').trees; // => 10
 */
export const arfOptionsSchema: z.ZodMiniType<ArfOptions> = /* @__PURE__ */ z.strictObject({
  trees: /* @__PURE__ */ z.optional(positive),
  minLeaf: /* @__PURE__ */ z.optional(positive),
  maxDepth: /* @__PURE__ */ z.optional(positive),
  candidates: /* @__PURE__ */ z.optional(positive),
  maxRounds: /* @__PURE__ */ z.optional(whole),
  tolerance: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.number().check(/* @__PURE__ */ z.gte(0), /* @__PURE__ */ z.lte(0.5)),
  ),
  seed: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.string()),
  synthesize: /* @__PURE__ */ z.optional(names),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
  smoothing: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['none', 'interpolate', 'auto'])),
});
