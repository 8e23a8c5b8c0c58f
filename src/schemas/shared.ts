import * as z from 'zod/mini';
import { SynthproofError } from '../errors.ts';

/** A text that is not empty. */
export const text: z.ZodMiniString<string> = /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.minLength(1));
/** Column names, each once. */
export const names: z.ZodMiniType<readonly string[]> = /* @__PURE__ */ z
  .array(text)
  .check(
    /* @__PURE__ */ z.refine(
      (list: readonly string[]) => new Set(list).size === list.length,
      'expected each name once',
    ),
  );
/** A whole number from 0. */
export const whole: z.ZodMiniType<number> = /* @__PURE__ */ z.int().check(/* @__PURE__ */ z.nonnegative());
/** A whole number from 1. */
export const positive: z.ZodMiniType<number> = /* @__PURE__ */ z.int().check(/* @__PURE__ */ z.positive());
/** A cell that names a class or is part of a combination; missing cells are told apart where they may stand. */
export const label: z.ZodMiniType<string | number | boolean> = /* @__PURE__ */ z.union([
  /* @__PURE__ */ z.string(),
  /* @__PURE__ */ z.number(),
  /* @__PURE__ */ z.boolean(),
]);
/** A share, strictly between 0 and 1. */
export const openShare: z.ZodMiniType<number> = /* @__PURE__ */ z
  .number()
  .check(/* @__PURE__ */ z.gt(0), /* @__PURE__ */ z.lt(1));

/**
 * Reads foreign data (a JSON file, a form) under a schema, with an error that names the field.
 *
 * @param schema - One of this folder's schemas, or any schema of zod.
 * @param data - Anything.
 * @param argument - Name of the data in the error.
 * @returns The data, typed.
 * @throws `SynthproofError` `BAD_OPTION` with the first field that is wrong, what was expected, and how many more are.
 * @example
 * parseOptions(cartOptionsSchema, { minLeaf: 50 }, 'config').minLeaf; // => 50
 */
export function parseOptions<T>(schema: z.ZodMiniType<T>, data: unknown, argument: string): T {
  const result = z.safeParse(schema, data, { reportInput: true });
  if (result.success) return result.data;
  const [first, ...more] = result.error.issues;
  const where = [argument, ...(first?.path ?? []).map(String)].join('.');
  const message = first?.message && first.message !== 'Invalid input' ? first.message : describe(first);
  throw new SynthproofError('BAD_OPTION', `${where}: ${message}${more.length ? ` (and ${more.length} more)` : ''}`, {
    argument,
  });
}

/** Words for an issue; the small edition of zod carries none. */
function describe(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'invalid';
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}${issue.input === undefined ? '' : `, received ${typeof issue.input}`}`;
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length > 1 ? 'fields' : 'field'} ${issue.keys.join(', ')}; check the spelling`;
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'fits none of the allowed forms; see the documentation of the option';
    default:
      return `invalid (${issue.code})`;
  }
}
