/** How numbers are compared. */
export interface Tolerance {
  /** Allowed difference. */
  readonly value: number;
  /** Relative to the expected figure alone (for p-values down to 1e-300); otherwise relative to max(1, |expected|). */
  readonly relative: boolean;
  /** Paths at which a difference is passed over. */
  readonly except?: ReadonlySet<string> | undefined;
}

const NUMBER_WORDS = new Map<string, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return undefined;
  if (value === null || value === undefined) return Number.NaN;
  return typeof value === 'string' ? NUMBER_WORDS.get(value) : undefined;
}

/**
 * The first difference between what the library gives and what an oracle expects, or null when there is none.
 * NaN, null and undefined are one; keys that the oracle does not name are not compared.
 */
export function firstDifference(actual: unknown, expected: unknown, tolerance: Tolerance, path = '$'): string | null {
  if (tolerance.except?.has(path)) return null;
  const wanted = asNumber(expected);
  if (wanted !== undefined) {
    const got = asNumber(actual);
    if (got === undefined) return `${path}: expected ${String(expected)}, received ${show(actual)}`;
    if (Object.is(got, wanted) || got === wanted || (Number.isNaN(got) && Number.isNaN(wanted))) return null;
    if (!Number.isFinite(wanted) || !Number.isFinite(got)) return `${path}: expected ${wanted}, received ${got}`;
    // A logarithm near 0 belongs to a p-value near 1: the relative tolerance of p is an absolute one there.
    const relative = tolerance.relative && !/\.(?:log10p|lnp)$/.test(path);
    // Below 1e-300 a double has too few bits left: the oracle's logarithm of the same figure decides there.
    if (relative && Math.abs(wanted) < 1e-300 && Math.abs(got) < 1e-290) return null;
    const scale = relative ? Math.abs(wanted) : Math.max(1, Math.abs(wanted));
    const difference = Math.abs(got - wanted);
    return difference <= tolerance.value * scale
      ? null
      : `${path}: expected ${wanted}, received ${got}, off by ${difference.toExponential(2)} > ${tolerance.value} x ${scale}`;
  }
  if (Array.isArray(expected)) {
    if (!isArrayLike(actual)) return `${path}: expected an array, received ${show(actual)}`;
    if (actual.length !== expected.length)
      return `${path}: expected ${expected.length} items, received ${actual.length}`;
    for (let i = 0; i < expected.length; i++) {
      const difference = firstDifference(actual[i], expected[i], tolerance, `${path}[${i}]`);
      if (difference) return difference;
    }
    return null;
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return `${path}: expected an object, received ${show(actual)}`;
    for (const [key, value] of Object.entries(expected)) {
      const difference = firstDifference((actual as Record<string, unknown>)[key], value, tolerance, `${path}.${key}`);
      if (difference) return difference;
    }
    return null;
  }
  return Object.is(actual, expected) ? null : `${path}: expected ${show(expected)}, received ${show(actual)}`;
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
