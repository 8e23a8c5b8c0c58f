import { expTwoParts, productRest, REST } from './internal-double-double.ts';

/**
 * Hyperbolic tangent, the same bits on every engine.
 *
 * Odd polynomial up to 0.55, 1 - 2 / (exp(2x) + 1) in two parts above. Error below 0.7 ulp.
 *
 * @param x - Any number.
 * @returns A number in [-1, 1]; keeps the sign of zero.
 * @example
 * tanh(0.5); // => 0.46211715726000973
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-8) return x;
  if (size < 0.55) {
    const z = x * x;
    return x + x * z * tanhTail(z);
  }
  if (Number.isNaN(x)) return NaN;
  if (size > 20) return x > 0 ? 1 : -1;
  const e = expTwoParts(2 * size);
  const eRest = REST[0]!;
  const d = 1 + e;
  const dRest = e - d + 1 + eRest;
  const q = 2 / d;
  const qd = q * d;
  const qRest = (2 - qd - productRest(q, d, qd) - q * dRest) / d;
  const main = 1 - q;
  const result = main + (1 - main - q - qRest);
  return x > 0 ? result : -result;
}

/** (tanh(x) / x - 1) / x^2 in z = x^2 for |x| <= .55; error 2e-17 (Chebyshev interpolation at 60 digits). */
function tanhTail(z: number): number {
  const w = z * z;
  return (
    -0.3333333333333333 +
    w *
      (-0.053968253967434016 +
        w *
          (-0.008863234397814355 +
            w * (-0.001455661830100716 + w * (-0.0002346347410887237 + w * -2.060276537636634e-5)))) +
    z *
      (0.13333333333332714 +
        w *
          (0.021869488493666944 + w * (0.003592110378689024 + w * (0.0005889360520074057 + w * 8.511313685577672e-5))))
  );
}
