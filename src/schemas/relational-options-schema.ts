import * as z from 'zod/mini';
import type { RelationalOptions } from '../generators/index.ts';
import { independentOptionsSchema } from './independent-options-schema.ts';

/**
 * Options of `fitRelational`, from outside: one entry a table, parent first. Their fields are those of `fitIndependent`.
 *
 * @example
 * parseOptions(relationalOptionsSchema, { tables: [{ minLeaf: 10 }] }, 'generator').tables.length; // => 1
 */
export const relationalOptionsSchema: z.ZodMiniType<RelationalOptions> = /* @__PURE__ */ z.strictObject({
  tables: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(independentOptionsSchema)),
});
