import { HALF_PI, PI } from './internal-constants.ts';
import { productRest } from './internal-double-double.ts';

/**
 * Angle of the point (x, y) from the positive x axis, the same bits on every engine.
 *
 * The smaller coordinate over the larger in two parts, the arctangent around 0, 1/2 or 1, then the octant. Error below
 * 0.7 ulp for normal results. Special values as in Math.atan2.
 *
 * @param y - Vertical coordinate.
 * @param x - Horizontal coordinate.
 * @returns An angle in radians, in [-pi, pi].
 * @example
 * atan2(1, 1); // => 0.7853981633974483
 * atan2(1, -1); // => 2.356194490192345
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const left = x < 0 || Object.is(x, -0);
  const angle = angleOf(Math.abs(x), Math.abs(y), left);
  return y < 0 || Object.is(y, -0) ? -angle : angle;
}

/** Angle in [0, pi] of (x, y), or of (-x, y) with `left`; x, y >= 0. */
function angleOf(x: number, y: number, left: boolean): number {
  if (y === 0) return left ? PI : 0;
  if (x === 0) return HALF_PI;
  if (x === Infinity || y === Infinity) {
    if (x !== y) return y === Infinity ? HALF_PI : left ? PI : 0;
    return left ? 2.356194490192345 : 0.7853981633974483;
  }
  const steep = y > x;
  let small = steep ? x : y;
  let large = steep ? y : x;
  if (small / large < 1e-25) {
    if (steep) return HALF_PI;
    return left ? PI : small / large;
  }
  // Away from overflow of the splitting and from subnormal products.
  if (large > 1e200) {
    small *= 1.1102230246251565e-16 * 1.1102230246251565e-16;
    large *= 1.1102230246251565e-16 * 1.1102230246251565e-16;
  } else if (small < 1e-200) {
    small *= 1.298074214633707e33;
    large *= 1.298074214633707e33;
    if (small < 1e-230) {
      small *= 1.298074214633707e33 * 1.298074214633707e33 * 1.298074214633707e33;
      large *= 1.298074214633707e33 * 1.298074214633707e33 * 1.298074214633707e33;
    }
  }
  const ratio = small / large;
  let base = 0;
  let baseRest = 0;
  let numerator = small;
  let denominator = large;
  let denominatorRest = 0;
  if (ratio >= 0.6875) {
    base = 0.7853981633974483;
    baseRest = 3.061616997868383e-17;
    // atan(s / l) = pi / 4 + atan((s - l) / (s + l)).
    numerator = small - large;
    denominator = large + small;
    denominatorRest = large - denominator + small;
  } else if (ratio >= 0.4375) {
    base = 0.4636476090008061;
    baseRest = 2.2698777452961687e-17;
    // atan(s / l) = atan(1 / 2) + atan((s - l / 2) / (l + s / 2)).
    const half = 0.5 * large;
    numerator = small - half;
    denominator = large + 0.5 * small;
    denominatorRest = large - denominator + 0.5 * small;
  }
  const u = numerator / denominator;
  const product = u * denominator;
  const uRest = (numerator - product - productRest(u, denominator, product) - u * denominatorRest) / denominator;
  const z = u * u;
  const tail = u * z * atanTail(z) + uRest;
  // u + tail, then the base, then the octant, in two parts.
  const a = u + tail;
  const aRest = u - a + tail;
  let high = base + a;
  let low = base === 0 ? aRest : base - high + a + (aRest + baseRest);
  if (steep) {
    const sum = HALF_PI - high;
    low = HALF_PI - sum - high - low + 6.123233995736766e-17;
    high = sum;
  }
  if (left) {
    const sum = PI - high;
    low = PI - sum - high - low + 1.2246467991473532e-16;
    high = sum;
  }
  return high + low;
}

/** (atan(u) / u - 1) / u^2 in z = u^2 for |u| <= 7/16; error 2e-17 (Chebyshev interpolation at 50 digits). */
function atanTail(z: number): number {
  return (
    -0.3333333333333333 +
    z *
      (0.19999999999999407 +
        z *
          (-0.1428571428556615 +
            z *
              (0.11111111096587765 +
                z *
                  (-0.09090908353049669 +
                    z *
                      (0.0769228548876496 +
                        z *
                          (-0.06666240859375808 +
                            z *
                              (0.0587693549653035 +
                                z *
                                  (-0.05216607416783708 +
                                    z *
                                      (0.044919637149159995 +
                                        z * (-0.033121323310643644 + z * 0.01476642155379467))))))))))
  );
}
