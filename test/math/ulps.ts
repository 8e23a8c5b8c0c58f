/** The next double above |x|, minus |x|: one unit in the last place. */
function ulp(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  const next = view.getFloat64(0);
  return Number.isFinite(next) ? next - Math.abs(x) : ulp(x / 2) * 2;
}

/** Distance of two doubles in units of the last place of the second. */
export function ulpsApart(actual: number, expected: number): number {
  if (Object.is(actual, expected) || actual === expected) return 0;
  const unit = ulp(expected);
  // Halved, because a difference of two large doubles may overflow.
  return Math.abs(actual / 2 - expected / 2) / (unit / 2) || Math.abs(actual - expected) / unit;
}

/** Relative difference. */
export function relativeError(actual: number, expected: number): number {
  if (actual === expected) return 0;
  return Math.abs(actual - expected) / Math.abs(expected);
}
