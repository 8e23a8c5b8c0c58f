/**
 * Units of a test with their summed scores, value by value: unit u's value v is at `v * units + u`. Sums are whole numbers
 * small enough that every sum and sum of squares over units is exact. So the statistic does not depend on the order of
 * addition, and two arrangements that tie, tie to the last bit; with rounded sums a permutation test on rounded or
 * zero-inflated scores would count such ties at random.
 */
export interface TestUnits {
  /** Number of units. */
  readonly units: number;
  /** Number of values. */
  readonly width: number;
  /** Whole sums. */
  readonly sums: Float64Array;
  /** Items behind each sum; null when each is 1. */
  readonly counts: Float64Array | null;
  /** Score units per whole unit of `sums`, value by value. */
  readonly resolution: Float64Array;
}

/**
 * Brings unit sums to whole numbers, from unit-by-unit order (`u * width + v`) to value by value. `scale` is what each
 * value's sums were divided by; sums of absent units must be 0.
 */
export function quantizeUnits(
  sums: Float64Array,
  units: number,
  width: number,
  counts: Float64Array | null,
  scale: Float64Array,
): TestUnits {
  let bits = 0;
  while (units > pow2(bits)) bits++;
  let most = 1;
  if (counts !== null) for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i]!);
  let countBits = 0;
  while (most > pow2(countBits)) countBits++;
  // Sums of squares and of products with counts must stay below 2^53.
  const depth = Math.min(26, Math.floor((53 - bits) / 2), 53 - bits - countBits);
  const out = new Float64Array(sums.length);
  const resolution = new Float64Array(width);
  for (let v = 0; v < width; v++) {
    let largest = 0;
    for (let i = v; i < sums.length; i += width) largest = Math.max(largest, Math.abs(sums[i]!));
    resolution[v] = (largest / pow2(depth)) * scale[v]!;
    if (largest === 0) continue;
    for (let u = 0; u < units; u++) {
      const x = sums[u * width + v]!;
      // Rounded by size, so that x and -x stay opposite.
      const size = Math.round((Math.abs(x) / largest) * pow2(depth));
      out[v * units + u] = x < 0 ? -size : size;
    }
  }
  let byValue: Float64Array | null = null;
  if (counts !== null) {
    byValue = new Float64Array(counts.length);
    for (let v = 0; v < width; v++) for (let u = 0; u < units; u++) byValue[v * units + u] = counts[u * width + v]!;
  }
  return { units, width, sums: out, counts: byValue, resolution };
}

function pow2(bits: number): number {
  return bits < 31 ? 1 << bits : 2147483648 * (1 << (bits - 31));
}
