import * as z from 'zod/mini';
import type { BayesianNetworkOptions } from '../generators/index.ts';
import { names, positive, whole } from './shared.ts';

/**
 * Options of `fitBayesianNetwork`, from outside.
 *
 * @example
 * parseOptions(bayesianNetworkOptionsSchema, { maxParents: 1 }, 'generator').maxParents; // => 1
 */
export const bayesianNetworkOptionsSchema: z.ZodMiniType<BayesianNetworkOptions> = /* @__PURE__ */ z.strictObject({
  maxParents: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.literal([0, 1, 2])),
  maxBins: /* @__PURE__ */ z.optional(positive),
  minBin: /* @__PURE__ */ z.optional(positive),
  maxCells: /* @__PURE__ */ z.optional(positive),
  parentCandidates: /* @__PURE__ */ z.optional(positive),
  smoothing: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.number().check(/* @__PURE__ */ z.gte(0), /* @__PURE__ */ z.lte(1e9)),
  ),
  synthesize: /* @__PURE__ */ z.optional(names),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
});
