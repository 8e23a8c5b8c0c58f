import * as z from 'zod/mini';
import type { TableMarkOptions } from '../watermark/index.ts';
import { names, positive, text } from './shared.ts';

/**
 * Options of `planTableMark`, from outside. Keys never come through a schema.
 *
 * @example
 * parseOptions(tableMarkOptionsSchema, { tableId: 'release-1' }, 'mark').tableId; // => 'release-1'
 */
export const tableMarkOptionsSchema: z.ZodMiniType<TableMarkOptions> = /* @__PURE__ */ z.strictObject({
  tableId: text,
  preset: /* @__PURE__ */ z.optional(/* @__PURE__ */ z.enum(['select'])),
  label: /* @__PURE__ */ z.optional(text),
  locked: /* @__PURE__ */ z.optional(names),
  contextOnly: /* @__PURE__ */ z.optional(names),
  unlocked: /* @__PURE__ */ z.optional(names),
  rows: /* @__PURE__ */ z.optional(positive),
});
