import { isCalendarDay, parseTime } from './internal-time.ts';

/**
 * The form a JSON value must have. A word names a kind of scalar; a list of words allows these texts only; `fields`
 * lists an object's fields, a name with `?` behind it may be absent, and no other field is allowed.
 */
export type Shape =
  | 'text'
  | 'name'
  | 'boolean'
  | 'number'
  | 'numberOrNull'
  | 'share'
  | 'count'
  | 'amount'
  | 'sha256'
  | 'time'
  | 'day'
  | 'json'
  | readonly string[]
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: { readonly [name: string]: Shape } };

/** What is wrong with a value, and where. */
export interface ShapeFault {
  /** JSON pointer. */
  readonly where: string;
  /** Expected and received, in words. */
  readonly fault: string;
}

/**
 * The first place at which a value does not have a shape, or null. The value has been through canonical JSON or the
 * strict parser, so it is a plain tree.
 */
export function shapeFault(value: unknown, shape: Shape, where = ''): ShapeFault | null {
  if (typeof shape === 'string') return scalarFault(value, shape, where);
  if (Array.isArray(shape)) {
    const words = shape as readonly string[];
    return typeof value === 'string' && words.includes(value)
      ? null
      : fault(where, `one of ${words.join(', ')}`, value);
  }
  const tree = shape as Exclude<Shape, string | readonly string[]>;
  if ('list' in tree) {
    if (!Array.isArray(value)) return fault(where, 'a list', value);
    for (let i = 0; i < value.length; i++) {
      const found = shapeFault(value[i], tree.list, `${where}/${i}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault(where, 'an object', value);
  const object = value as { readonly [name: string]: unknown };
  if ('map' in tree) {
    for (const name of Object.keys(object)) {
      const found = shapeFault(object[name], tree.map, `${where}/${name}`);
      if (found !== null) return found;
    }
    return null;
  }
  const { fields } = tree;
  for (const name of Object.keys(object))
    if (!Object.hasOwn(fields, name) && !Object.hasOwn(fields, `${name}?`))
      return { where: `${where}/${name}`, fault: 'unknown field; put extensions under ext' };
  for (const name of Object.keys(fields)) {
    const optional = name.endsWith('?');
    const key = optional ? name.slice(0, -1) : name;
    if (!Object.hasOwn(object, key)) {
      if (optional) continue;
      return { where: `${where}/${key}`, fault: 'missing field' };
    }
    const found = shapeFault(object[key], fields[name]!, `${where}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

function scalarFault(value: unknown, shape: string, where: string): ShapeFault | null {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  switch (shape) {
    case 'json':
      return null;
    case 'boolean':
      return typeof value === 'boolean' ? null : fault(where, 'true or false', value);
    case 'number':
      return isNumber ? null : fault(where, 'a number', value);
    case 'numberOrNull':
      return isNumber || value === null ? null : fault(where, 'a number or null', value);
    case 'share':
      return isNumber && value >= 0 && value <= 1 ? null : fault(where, 'a number from 0 to 1', value);
    case 'amount':
      return isNumber && value >= 0 ? null : fault(where, 'a number from 0', value);
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0
        ? null
        : fault(where, 'a whole number from 0', value);
  }
  if (typeof value !== 'string') return fault(where, 'a text', value);
  switch (shape) {
    case 'name':
      return value.trim() !== '' ? null : fault(where, 'a text that is not empty', value);
    case 'sha256':
      return /^[0-9a-f]{64}$/.test(value) ? null : fault(where, '64 lowercase hex digits', value);
    case 'time':
      return parseTime(value) !== null
        ? null
        : fault(where, 'an RFC 3339 time in UTC such as 2026-01-14T00:05:00Z', value);
    case 'day':
      return isCalendarDay(value) ? null : fault(where, 'a day such as 2026-01-14', value);
    default:
      return null;
  }
}

function fault(where: string, expected: string, value: unknown): ShapeFault {
  const kind =
    value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : typeof value;
  const shown =
    typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : typeof value === 'number' ? String(value) : kind;
  return { where, fault: `expected ${expected}, received ${shown}` };
}
