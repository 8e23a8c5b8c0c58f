import { FLOAT, HIGH, WORDS } from './internal-bits.ts';
import { LN2_HIGH, LN2_LOW } from './internal-constants.ts';

/**
 * Natural logarithm, the same bits on every engine.
 *
 * x = 2^k * m with m in [sqrt(1/2), sqrt(2)); with s = (m - 1) / (m + 1), log m = 2 atanh s, whose series tail is a
 * minimax polynomial in s^2 (the argument reduction and coefficients published with fdlibm). Error below 1 ulp.
 *
 * @param x - Any number.
 * @returns log x; -Infinity at 0, NaN below 0 or for NaN.
 * @example
 * log(1); // => 0
 * log(10); // => 2.302585092994046
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  FLOAT[0] = x;
  let high = WORDS[HIGH]!;
  if (high < 0x00100000) {
    // Subnormal: lift it into the normal range first.
    FLOAT[0] = x * 1.8014398509481984e16;
    high = WORDS[HIGH]!;
    k = -54;
  }
  k += (high >>> 20) - 1023;
  high &= 0x000fffff;
  // 1 when the mantissa is above sqrt(2): then use m / 2 and k + 1.
  const above = (high + 0x95f64) & 0x100000;
  WORDS[HIGH] = high | (above ^ 0x3ff00000);
  k += above >>> 20;
  const f = FLOAT[0]! - 1;
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + odd + even) + k * LN2_LOW) - f);
}
