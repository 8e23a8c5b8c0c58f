import { sum } from '../math/sum.ts';

/** Count, mean and variance of the finite entries of an array. */
export interface Moments {
  readonly n: number;
  /** 0 when n is 0. */
  readonly mean: number;
  /** Sample variance of values divided by `scale`; 0 when n is below 2. */
  readonly scaledVariance: number;
  /** Sample standard deviation in the values' unit. */
  readonly sd: number;
  /** A power of two: 1 unless squares of the values would overflow or vanish. */
  readonly scale: number;
}

/** A power of two that brings the largest size into [2^-500, 2^500], where squares stay finite and exact enough. */
export function scaleOf(largest: number): number {
  let scale = 1;
  let size = largest;
  while (size > 3.2733906078961419e150) {
    size /= 4294967296;
    scale *= 4294967296;
  }
  while (size < 3.0549363634996047e-151 && size > 0 && scale > 1e-290) {
    size *= 4294967296;
    scale /= 4294967296;
  }
  return scale;
}

/** The finite entries, in order. */
export function finiteValues(values: Float64Array): Float64Array {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! === 0) n++;
  if (n === values.length) return values;
  const out = new Float64Array(n);
  let o = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (x - x === 0) out[o++] = x;
  }
  return out;
}

/** Moments of finite numbers: corrected sums, two passes. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  if (n === 0) return { n, mean: 0, scaledVariance: 0, sd: 0, scale: 1 };
  let largest = 0;
  let same = true;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
    if (values[i] !== values[0]) same = false;
  }
  const scale = scaleOf(largest);
  // A constant must have variance 0, not the rounding of its mean.
  if (same) return { n, mean: values[0]!, scaledVariance: 0, sd: 0, scale };
  const work = new Float64Array(n);
  for (let i = 0; i < n; i++) work[i] = values[i]! / scale;
  const mean = sum(work) / n;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    const d = work[i]! - mean;
    rest += d;
    work[i] = d * d;
  }
  const scaledVariance = n < 2 ? 0 : Math.max(0, sum(work) - (rest * rest) / n) / (n - 1);
  return { n, mean: mean * scale, scaledVariance, sd: Math.sqrt(scaledVariance) * scale, scale };
}

/** The number, or null when it left the range of doubles. */
export function finiteOrNull(x: number): number | null {
  return x - x === 0 ? x : null;
}
