import * as z from 'zod/mini';
import type { SmoteOptions } from '../generators/index.ts';
import { label, names, positive, text, whole } from './shared.ts';

/**
 * Options of `fitSmote`, from outside.
 *
 * @example
 * parseOptions(smoteOptionsSchema, { target: 'fraud', label: true }, 'generator').label; // => true
 */
export const smoteOptionsSchema: z.ZodMiniType<SmoteOptions> = /* @__PURE__ */ z.strictObject({
  target: text,
  label: /* @__PURE__ */ z.optional(label),
  k: /* @__PURE__ */ z.optional(positive),
  scale: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['deviation', 'none'])),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
});
