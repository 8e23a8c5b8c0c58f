import * as z from 'zod/mini';
import type { ConstrainOptions, Constraint, PredicateConstraint } from '../generators/index.ts';
import { label, names, positive, text } from './shared.ts';

const name: z.ZodMiniOptional<typeof text> = /* @__PURE__ */ z.optional(text);
const number: z.ZodMiniOptional<z.ZodMiniNumber<number>> = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.number());

const inequality = /* @__PURE__ */ z.strictObject({
  kind: /* @__PURE__ */ z.literal('inequality'),
  low: text,
  high: text,
  strict: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.boolean()),
  name,
});

const range = /* @__PURE__ */ z.strictObject({
  kind: /* @__PURE__ */ z.literal('range'),
  column: text,
  min: number,
  max: number,
  name,
});

const fixedCombinations = /* @__PURE__ */ z.strictObject({
  kind: /* @__PURE__ */ z.literal('fixedCombinations'),
  columns: names,
  allowed: /* @__PURE__ */ z.optional(
    /* @__PURE__ */ z.array(/* @__PURE__ */ z.array(/* @__PURE__ */ z.nullable(label))),
  ),
  name,
});

const unique = /* @__PURE__ */ z.strictObject({
  kind: /* @__PURE__ */ z.literal('unique'),
  columns: names,
  name,
});

const sum = /* @__PURE__ */ z.strictObject({
  kind: /* @__PURE__ */ z.literal('sum'),
  columns: names,
  total: /* @__PURE__ */ z.union([text, /* @__PURE__ */ z.number()]),
  tolerance: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.number().check(/* @__PURE__ */ z.nonnegative())),
  name,
});

/**
 * Constraints of `constrainGenerator`, `constrainChoice` and `checkConstraints`, from outside: all kinds but predicates,
 * which are code.
 *
 * @example
 * parseOptions(constraintsSchema, [{ kind: 'inequality', low: 'start', high: 'end' }], 'constraints').length; // => 1
 */
export const constraintsSchema: z.ZodMiniType<readonly Exclude<Constraint, PredicateConstraint>[]> =
  /* @__PURE__ */ z.array(
    /* @__PURE__ */ z.discriminatedUnion('kind', [inequality, range, fixedCombinations, unique, sum]),
  );

/**
 * Options of `constrainGenerator` and `constrainChoice`, from outside.
 *
 * @example
 * parseOptions(constrainOptionsSchema, { method: 'reject' }, 'constrain').method; // => 'reject'
 */
export const constrainOptionsSchema: z.ZodMiniType<ConstrainOptions> = /* @__PURE__ */ z.strictObject({
  maxTries: /* @__PURE__ */ z.optional(positive),
  onViolation: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['drop', 'keep', 'error'])),
  method: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['learn', 'reject'])),
});
