import * as z from 'zod/mini';
import type { ValueSpecInput } from '../value-drift/index.ts';
import { text } from './shared.ts';

const finite: z.ZodMiniOptional<z.ZodMiniNumber<number>> = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.number());
const words: z.ZodMiniOptional<z.ZodMiniString<string>> = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.string());

/**
 * What `createValueSpec` takes, from outside.
 *
 * @example
 * parseOptions(valueSpecSchema, { id: 'house', version: '1', values: ['Be kind'] }, 'spec').values; // => ['Be kind']
 */
export const valueSpecSchema: z.ZodMiniType<ValueSpecInput> = /* @__PURE__ */ z.strictObject({
  id: text,
  version: text,
  values: /* @__PURE__ */ z
    .array(
      /* @__PURE__ */ z.union([
        text,
        /* @__PURE__ */ z.strictObject({
          id: text,
          label: words,
          description: words,
          descriptors: /* @__PURE__ */ z.optional(
            /* @__PURE__ */ z.array(/* @__PURE__ */ z.strictObject({ phrase: text, weight: finite })),
          ),
          anchors: /* @__PURE__ */ z.optional(
            /* @__PURE__ */ z.strictObject({
              positive: /* @__PURE__ */ z.array(text).check(/* @__PURE__ */ z.minLength(1)),
              negative: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(text)),
            }),
          ),
          rubric: /* @__PURE__ */ z.optional(
            /* @__PURE__ */ z.strictObject({
              levels: /* @__PURE__ */ z
                .array(/* @__PURE__ */ z.strictObject({ score: /* @__PURE__ */ z.number(), text }))
                .check(/* @__PURE__ */ z.minLength(2)),
            }),
          ),
          weight: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.number().check(/* @__PURE__ */ z.nonnegative())),
          target: /* @__PURE__ */ z.optional(
            /* @__PURE__ */ z.strictObject({ mean: finite, min: finite, max: finite }),
          ),
        }),
      ]),
    )
    .check(/* @__PURE__ */ z.minLength(1)),
  scale: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.strictObject({ unit: words, min: finite, max: finite })),
});
