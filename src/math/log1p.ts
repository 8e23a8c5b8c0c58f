import { FLOAT, HIGH, WORDS } from './internal-bits.ts';
import { LN2_HIGH, LN2_LOW } from './internal-constants.ts';

/**
 * log(1 + x) without the rounding of 1 + x, the same bits on every engine.
 *
 * As {@link log}, with the error of 1 + x carried along. Error below 1 ulp.
 *
 * @param x - Any number.
 * @returns log(1 + x); -Infinity at -1, NaN below -1; keeps the sign of zero.
 * @example
 * log1p(1e-20); // => 1e-20
 * log1p(1); // => 0.6931471805599453
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const size = Math.abs(x);
  if (size < 5.551115123125783e-17) return x;
  let k = 0;
  let f = x;
  let carried = 0;
  if (x < -0.2928932188134524 || x > 0.41421356237309515) {
    const u = 1 + x;
    FLOAT[0] = u;
    let high = WORDS[HIGH]!;
    k = (high >>> 20) - 1023;
    // What 1 + x lost, relative to u.
    carried = (u < 2 ? x - (u - 1) : 1 - (u - x)) / u;
    high &= 0x000fffff;
    const above = (high + 0x95f64) & 0x100000;
    WORDS[HIGH] = high | (above ^ 0x3ff00000);
    k += above >>> 20;
    f = FLOAT[0]! - 1;
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + odd + even) + (k * LN2_LOW + carried)) - f);
}
