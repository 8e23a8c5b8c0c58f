import * as z from 'zod/mini';
import type { MeasureQualityOptions } from '../quality/index.ts';
import type { JobOptions } from '../types.ts';
import { names, openShare, positive, text, whole } from './shared.ts';

const share: z.ZodMiniType<number> = /* @__PURE__ */ z
  .number()
  .check(/* @__PURE__ */ z.gte(0), /* @__PURE__ */ z.lte(1));

/**
 * Options of `measureQuality`, from outside.
 *
 * @example
 * parseOptions(qualityOptionsSchema, { seed: 's', mode: 'strict' }, 'quality').mode; // => 'strict'
 */
export const qualityOptionsSchema: z.ZodMiniType<Omit<MeasureQualityOptions, keyof JobOptions>> =
  /* @__PURE__ */ z.strictObject({
    seed: text,
    mode: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['strict', 'compat'])),
    thresholds: /* @__PURE__ */ z.optional(
      /* @__PURE__ */ z.strictObject({
        correlation: /* @__PURE__ */ z.optional(share),
        association: /* @__PURE__ */ z.optional(share),
      }),
    ),
    noiseFloor: /* @__PURE__ */ z.optional(
      /* @__PURE__ */ z.strictObject({ repeats: /* @__PURE__ */ z.optional(whole) }),
    ),
    skip: /* @__PURE__ */ z.optional(names),
    bins: /* @__PURE__ */ z.optional(positive),
    histogramBins: /* @__PURE__ */ z.optional(whole),
    level: /* @__PURE__ */ z.optional(openShare),
  });
