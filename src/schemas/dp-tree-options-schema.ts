import * as z from 'zod/mini';
import type { DpColumnDomain, DpTreeOptions } from '../generators/index.ts';
import { names, openShare, positive, text, whole } from './shared.ts';

const flag: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>> = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.boolean());

const numeric = /* @__PURE__ */ z.strictObject({
  name: text,
  kind: /* @__PURE__ */ z.enum(['number', 'integer', 'datetime']),
  min: /* @__PURE__ */ z.number(),
  max: /* @__PURE__ */ z.number(),
  bins: /* @__PURE__ */ z.optional(positive),
  edges: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(/* @__PURE__ */ z.number())),
  decimals: /* @__PURE__ */ z.optional(whole),
  unit: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['day', 'millisecond'])),
  missing: flag,
});

const category = /* @__PURE__ */ z.strictObject({
  name: text,
  kind: /* @__PURE__ */ z.literal('category'),
  labels: /* @__PURE__ */ z.array(/* @__PURE__ */ z.string()),
  other: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.nullable(/* @__PURE__ */ z.string())),
  missing: flag,
});

const boolean = /* @__PURE__ */ z.strictObject({
  name: text,
  kind: /* @__PURE__ */ z.literal('boolean'),
  missing: flag,
});

const identifier = /* @__PURE__ */ z.strictObject({
  name: text,
  kind: /* @__PURE__ */ z.literal('identifier'),
});

/**
 * The declared domain of `fitDpTree`, from outside: a code book as a JSON file.
 *
 * @example
 * parseOptions(dpDomainSchema, [{ name: 'member', kind: 'boolean' }], 'domain').length; // => 1
 */
export const dpDomainSchema: z.ZodMiniType<readonly DpColumnDomain[]> = /* @__PURE__ */ z.array(
  /* @__PURE__ */ z.discriminatedUnion('kind', [numeric, category, boolean, identifier]),
);

/**
 * Options of `fitDpTree`, from outside: all but the noise source, which is code, and the ledger, which is kept, not typed.
 *
 * @example
 * const options = { domain: [{ name: 'member', kind: 'boolean' }], epsilon: 1, delta: 1e-9 };
 * parseOptions(dpTreeOptionsSchema, options, 'generator').epsilon; // => 1
 */
export const dpTreeOptionsSchema: z.ZodMiniType<Omit<DpTreeOptions, 'noise' | 'ledger'>> =
  /* @__PURE__ */ z.strictObject({
    domain: dpDomainSchema,
    epsilon: /* @__PURE__ */ z.number().check(/* @__PURE__ */ z.positive()),
    delta: openShare,
    data: /* @__PURE__ */ z.optional(text),
    publicRows: /* @__PURE__ */ z.optional(whole),
    synthesize: /* @__PURE__ */ z.optional(names),
    maxCells: /* @__PURE__ */ z.optional(positive),
  });
