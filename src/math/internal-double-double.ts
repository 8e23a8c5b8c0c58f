import { FLOAT, HIGH, POWERS_OF_TWO, scaleByPower, WORDS } from './internal-bits.ts';
import { LN2_HIGH, LN2_LOW, LOG2_E } from './internal-constants.ts';

/**
 * Second part of a two-part result: a function here returns the leading double and leaves the rest in `REST[0]`. Read it
 * before the next call; it holds no state between synchronous calls.
 */
export const REST: Float64Array = /* @__PURE__ */ new Float64Array(1);

/** The rounding error of the product p = a * b (Dekker 1971); a and b below 1e290 in size. */
export function productRest(a: number, b: number, p: number): number {
  const sa = a * 134217729;
  const ah = sa - (sa - a);
  const al = a - ah;
  const sb = b * 134217729;
  const bh = sb - (sb - b);
  const bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

/**
 * Natural logarithm of a finite x > 0 in two parts, relative error about 2^-66.
 *
 * log x = k ln 2 + 2 atanh s with s = (m - 1) / (m + 1): the first three terms of the series in two parts, the tail as a
 * polynomial in s^2 (Chebyshev interpolation at 50 digits).
 */
export function logTwoParts(x: number): number {
  let k = 0;
  FLOAT[0] = x;
  let high = WORDS[HIGH]!;
  if (high < 0x00100000) {
    FLOAT[0] = x * 1.8014398509481984e16;
    high = WORDS[HIGH]!;
    k = -54;
  }
  k += (high >>> 20) - 1023;
  high &= 0x000fffff;
  const above = (high + 0x95f64) & 0x100000;
  WORDS[HIGH] = high | (above ^ 0x3ff00000);
  k += above >>> 20;
  const m = FLOAT[0]!;
  const f = m - 1;
  const d = m + 1;
  const dRest = m - (d - 1);
  const s = f / d;
  const sd = s * d;
  const sRest = (f - sd - productRest(s, d, sd) - s * dRest) / d;
  const z = s * s;
  const zRest = productRest(s, s, z) + 2 * s * sRest;
  const tail =
    z *
    (0.14285714285714285 +
      z *
        (0.11111111111111475 +
          z *
            (0.09090909090649807 +
              z *
                (0.07692307762593617 +
                  z *
                    (0.06666657323528341 +
                      z * (0.05883025836252584 + z * (0.052364291315644615 + z * 0.05308766382752498)))))));
  const fifth = 0.2 + tail;
  const fifthRest = 0.2 - fifth + tail - 1.1102230246251566e-17;
  const za = z * fifth;
  const zaRest = productRest(z, fifth, za) + z * fifthRest + zRest * fifth;
  const third = 0.3333333333333333 + za;
  const thirdRest = 0.3333333333333333 - third + za + (zaRest + 1.850371707708594e-17);
  const w = z * third;
  const wRest = productRest(z, third, w) + z * thirdRest + zRest * third;
  // 2s (1 + w), w at most 0.01.
  const t = 2 * s;
  const tw = t * w;
  const twRest = productRest(t, w, tw) + t * wRest + 2 * sRest * w;
  const main = t + tw;
  const mainRest = t - main + tw + (twRest + 2 * sRest);
  if (k === 0) {
    const result = main + mainRest;
    REST[0] = main - result + mainRest;
    return result;
  }
  const shift = k * LN2_HIGH;
  const sum = shift + main;
  const sumRest = shift - sum + main + (mainRest + k * LN2_LOW);
  const result = sum + sumRest;
  REST[0] = sum - result + sumRest;
  return result;
}

/**
 * exp(x + rest) for |x| <= 800 and |rest| far below |x|, as a double r near 1 times 2^k: returns r * 2^k rounded once
 * more where the result is subnormal. Error below 0.6 ulp.
 */
export function expRounded(x: number, rest: number): number {
  const k = Math.floor(x * LOG2_E + 0.5);
  const h = x - k * LN2_HIGH;
  const c = k * LN2_LOW;
  const r = h - c;
  // What h - c lost, and what the argument carried beyond its first part.
  const rRest = h - r - c + rest;
  const q = r * r * expTail(r);
  const a = r + q;
  const aRest = r - a + q + rRest * (1 + a);
  const b = 1 + a;
  const bRest = 1 - b + a + aRest;
  return scaleByPower(b + bRest, k);
}

/** As {@link expRounded}, with the rounding errors of the polynomial carried too: error 0.51 ulp, at half the speed. */
export function expNearest(x: number, rest: number): number {
  const k = Math.floor(x * LOG2_E + 0.5);
  const b = expMantissa(x, rest, k);
  return scaleByPower(b + REST[0]!, k);
}

/** exp(x) for |x| <= 40 in two parts, relative error about 2^-60; the second part is in `REST[0]`. */
export function expTwoParts(x: number): number {
  const k = Math.floor(x * LOG2_E + 0.5);
  const b = expMantissa(x, 0, k);
  const bRest = REST[0]!;
  const y = b + bRest;
  const scale = POWERS_OF_TWO[k + 1074]!;
  REST[0] = (b - y + bRest) * scale;
  return y * scale;
}

/** exp(x + rest) / 2^k, the second part in `REST[0]`. */
function expMantissa(x: number, rest: number, k: number): number {
  const h = x - k * LN2_HIGH;
  const c = k * LN2_LOW;
  const r = h - c;
  const rRest = h - r - c + rest;
  const square = r * r;
  const t = expTail(r);
  const q = square * t;
  // The product's rounding errors would be the largest ones left: q is up to 0.06.
  const qRest = productRest(square, t, q) + productRest(r, r, square) * t;
  const a = r + q;
  const aRest = (Math.abs(r) > Math.abs(q) ? r - a + q : q - a + r) + (rRest * (1 + a) + qRest);
  const b = 1 + a;
  REST[0] = 1 - b + a + aRest;
  return b;
}

/** (exp(r) - 1 - r) / r^2 for |r| <= ln 2 / 2; error 3e-18 (Chebyshev interpolation at 50 digits). */
function expTail(r: number): number {
  const z = r * r;
  return (
    0.5 +
    (r *
      (0.1666666666666667 +
        z *
          (0.008333333333326112 +
            z * (0.00019841269874903077 + z * (2.755725529566513e-6 + z * 2.510526049680846e-8)))) +
      z *
        (0.04166666666666667 +
          z *
            (0.001388888888888373 +
              z * (2.480158732560662e-5 + z * (2.7557273568456466e-7 + z * 2.0914718026087793e-9)))))
  );
}
