/** A numeric axis: where it begins and ends, and its ticks. */
export interface Axis {
  /** Least value shown. */
  readonly low: number;
  /** Greatest value shown. */
  readonly high: number;
  /** Distance between ticks. */
  readonly step: number;
  /** Values of the ticks, ascending. */
  readonly ticks: readonly number[];
}

/** An axis over a range of values with about `count` ticks at 1, 2 or 5 times a power of ten. */
export function niceAxis(least: number, greatest: number, count: number, atTicks: boolean): Axis {
  let low = least;
  let high = greatest;
  if (!(low <= high)) {
    low = 0;
    high = 1;
  }
  if (low === high) {
    const around = low === 0 ? 1 : Math.abs(low) / 2;
    low -= around;
    high += around;
  }
  // Halved first, so that the span of the two largest doubles stays finite.
  const step = niceStep((high / 2 - low / 2) / (count / 2));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const from = atTicks && first * step > low + step * 1e-9 ? first - 1 : first;
  const to = atTicks && last * step < high - step * 1e-9 ? last + 1 : last;
  const ticks: number[] = [];
  // Counted apart from i, which may be so large that adding 1 does not change it.
  for (let k = 0; k < 50 && from + k <= to; k++) {
    const i = from + k;
    // Divided where the step is one over a whole number, so that the third tick of 0.1 is 0.3; + 0 rids it of -0.
    const parts = Math.round(1 / step);
    const value = (step < 1 && Math.abs(1 / step - parts) < 1e-6 ? i / parts : i * step) + 0;
    if (Number.isFinite(value) && value !== ticks[ticks.length - 1]) ticks.push(value);
  }
  if (!atTicks || ticks.length === 0) return { low, high, step, ticks };
  return { low: Math.min(low, ticks[0]!), high: Math.max(high, ticks[ticks.length - 1]!), step, ticks };
}

/** The least of 1, 2, 5 times a power of ten that is at least as large. */
function niceStep(raw: number): number {
  const [mantissa, exponent] = raw.toExponential(6).split('e') as [string, string];
  const digit = Number(mantissa);
  const nice = digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10;
  return Number(`${nice}e${Number(exponent)}`) || Number.MIN_VALUE;
}

/** Position of a value on a line from `start` to `end`. */
export function placed(axis: Axis, value: number, start: number, end: number): number {
  const share = shareOfSpan(value, axis.low, axis.high);
  return start + share * (end - start);
}

/** Least and greatest of the finite values; [NaN, NaN] when there is none. */
export function extent(values: Iterable<number | null | undefined>): [number, number] {
  let least = Number.NaN;
  let greatest = Number.NaN;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (!(value >= least)) least = value;
    if (!(value <= greatest)) greatest = value;
  }
  return [least, greatest];
}

/** Where a value stands between two others: 0 at the first, 1 at the second, one half when they are equal. */
export function shareOfSpan(value: number, low: number, high: number): number {
  const span = high - low;
  if (span === 0) return 0.5;
  // Halves keep a span beyond the largest double finite; small spans must not be halved, the least ones vanish.
  return span < Infinity ? (value - low) / span : (value / 2 - low / 2) / (high / 2 - low / 2);
}
