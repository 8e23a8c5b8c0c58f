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

/** (tanh(x) / x - 1) / x^2 in z = x^2 for |x| <= .56; error 4e-19 (Chebyshev interpolation at 60 digits). */
function tanhTail(z: number): number {
  const w = z * z;
  const even =
    -0.3333333333333333 +
    w *
      (-0.053968253968206974 +
        w *
          (-0.008863235442972801 +
            w * (-0.0014558158462893048 + w * (-0.00023838728841244365 + w * -3.34096750845956e-5))));
  const odd =
    0.13333333333333303 +
    w *
      (0.021869488533346106 +
        w *
          (0.0035921264450435885 +
            w * (0.0005898844744906634 + w * (9.433420430982972e-5 + w * 7.682149145096749e-6))));
  return even + z * odd;
}
