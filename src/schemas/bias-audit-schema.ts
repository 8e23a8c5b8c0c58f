import * as z from 'zod/mini';
import type { BiasAuditSpec, OutcomeSpec } from '../bias/index.ts';
import type { JobOptions } from '../types.ts';
import { label, names, openShare, positive, text } from './shared.ts';

const outcome: z.ZodMiniType<OutcomeSpec> = /* @__PURE__ */ z.strictObject({
  column: text,
  positive: /* @__PURE__ */ z.optional(label),
});

/**
 * What `auditBias` looks at, from outside.
 *
 * @example
 * parseOptions(biasAuditSchema, { sensitive: ['sex'], seed: 's' }, 'bias').sensitive; // => ['sex']
 */
export const biasAuditSchema: z.ZodMiniType<Omit<BiasAuditSpec, keyof JobOptions>> = /* @__PURE__ */ z.strictObject({
  sensitive: names,
  label: /* @__PURE__ */ z.optional(outcome),
  prediction: /* @__PURE__ */ z.optional(outcome),
  control: /* @__PURE__ */ z.optional(names),
  reference: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.record(
      text,
      /* @__PURE__ */ z.record(
        /* @__PURE__ */ z.string(),
        /* @__PURE__ */ z.number().check(/* @__PURE__ */ z.nonnegative()),
      ),
    ),
  ),
  seed: text,
  permutations: /* @__PURE__ */ z.optional(positive),
  level: /* @__PURE__ */ z.optional(openShare),
  minN: /* @__PURE__ */ z.optional(positive),
  intersections: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.boolean()),
  columns: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(text)),
  adjust: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['holm', 'benjamini-hochberg'])),
});
