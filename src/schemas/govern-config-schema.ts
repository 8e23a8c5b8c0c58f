import * as z from 'zod/mini';
import type { BiasAuditSpec } from '../bias/index.ts';
import type { CartOptions } from '../generators/index.ts';
import type { MeasureQualityOptions } from '../quality/index.ts';
import type { JobOptions } from '../types.ts';
import { biasAuditSchema } from './bias-audit-schema.ts';
import { cartOptionsSchema } from './cart-options-schema.ts';
import { qualityOptionsSchema } from './quality-options-schema.ts';
import { names, positive, text, whole } from './shared.ts';

/** The part of the options of `govern` that can stand in a JSON file: no key, no salt, no function, no time. */
export interface GovernConfig {
  /** What the synthetic dataset is. */
  readonly dataset: {
    /** Name; letters, digits, `-` and `_`. */
    readonly name: string;
    /** Version, semantic. */
    readonly version: string;
    /** What it holds and what for. */
    readonly description?: string | undefined;
    /** SPDX identifier or a licence's address. */
    readonly license?: string | undefined;
  };
  /** What the source is. */
  readonly source: {
    /** Name or address. */
    readonly id: string;
    /** What it is; default `unknown`. */
    readonly kind?: 'real' | 'synthetic' | 'unknown' | undefined;
    /** SPDX identifier or a licence's address. */
    readonly license?: string | undefined;
    /** Whether it holds personal data. */
    readonly personalData?: boolean | undefined;
  };
  /** Seed of everything random. */
  readonly seed: string;
  /** Rows of the synthetic table. Default: as many as the source. */
  readonly rows?: number | undefined;
  /** Options of sequential CART. */
  readonly cart?: CartOptions | undefined;
  /** How to measure fidelity. */
  readonly quality?: Omit<MeasureQualityOptions, keyof JobOptions> | undefined;
  /** What to audit for bias. */
  readonly bias?: Omit<BiasAuditSpec, keyof JobOptions> | undefined;
  /** Numeric columns whose values must not drift. */
  readonly drift?:
    | {
        /** Names of the columns. */
        readonly columns?: readonly string[] | undefined;
        /** Random permutations, 99 to 1e6. Default 999. */
        readonly permutations?: number | undefined;
      }
    | undefined;
}

/**
 * A governance configuration, from outside.
 *
 * @example
 * const config = { dataset: { name: 'people', version: '1.0.0' }, source: { id: 'census' }, seed: 'run-1' };
 * parseOptions(governConfigSchema, config, 'config').seed; // => 'run-1'
 */
export const governConfigSchema: z.ZodMiniType<GovernConfig> = /* @__PURE__ */ z.strictObject({
  dataset: /* @__PURE__ */ z.strictObject({
    name: text,
    version: text,
    description: /* @__PURE__ */ z.optional(text),
    license: /* @__PURE__ */ z.optional(text),
  }),
  source: /* @__PURE__ */ z.strictObject({
    id: text,
    kind: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['real', 'synthetic', 'unknown'])),
    license: /* @__PURE__ */ z.optional(text),
    personalData: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.boolean()),
  }),
  seed: text,
  rows: /* @__PURE__ */ z.optional(positive),
  cart: /* @__PURE__ */ z.optional(cartOptionsSchema),
  quality: /* @__PURE__ */ z.optional(qualityOptionsSchema),
  bias: /* @__PURE__ */ z.optional(biasAuditSchema),
  drift: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.strictObject({
      columns: /* @__PURE__ */ z.optional(names),
      permutations: /* @__PURE__ */ z.optional(whole),
    }),
  ),
});
