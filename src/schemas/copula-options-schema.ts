import * as z from 'zod/mini';
import type { CopulaOptions } from '../generators/index.ts';
import { names, positive, text, whole } from './shared.ts';

/**
 * Options of `fitCopula`, from outside.
 *
 * @example
 * parseOptions(copulaOptionsSchema, { target: 'sport', knots: 256 }, 'generator').knots; // => 256
 */
export const copulaOptionsSchema: z.ZodMiniType<CopulaOptions> = /* @__PURE__ */ z.strictObject({
  marginal: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['knots', 'empirical', 'normal'])),
  latent: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['midrank', 'polychoric'])),
  knots: /* @__PURE__ */ z.optional(positive),
  minCell: /* @__PURE__ */ z.optional(positive),
  target: /* @__PURE__ */ z.optional(text),
  ordinal: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.record(text, names)),
  synthesize: /* @__PURE__ */ z.optional(names),
  identifiers: /* @__PURE__ */ z.optional(names),
  measurements: /* @__PURE__ */ z.optional(names),
  rareLevelMin: /* @__PURE__ */ z.optional(whole),
});
