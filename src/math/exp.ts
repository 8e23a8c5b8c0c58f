import { scaleByPower } from './internal-bits.ts';
import { LN2_HIGH, LN2_LOW, LOG2_E } from './internal-constants.ts';

/**
 * e to the power x, the same bits on every engine.
 *
 * x = k ln 2 + r with |r| <= ln 2 / 2 (ln 2 in two parts), then exp r = 1 + 2r / (2 - c(r)) with a minimax polynomial
 * for c (the reduction and coefficients published with fdlibm). Error below 1 ulp.
 *
 * @param x - Any number.
 * @returns e^x; 0 from about -745.2 down, Infinity above 709.78.
 * @example
 * exp(0); // => 1
 * exp(1); // => 2.7182818284590455
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (Number.isNaN(x)) return NaN;
  const k = Math.floor(x * LOG2_E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return scaleByPower(1 - (low - (r * c) / (2 - c) - high), k);
}
