import { scaleByPower } from './internal-bits.ts';
import { LN2_HIGH, LN2_LOW, LOG2_E } from './internal-constants.ts';

/**
 * e^x - 1 without cancellation near 0, the same bits on every engine.
 *
 * Reduction as in {@link exp}; on the reduced range the rational form published with fdlibm. Error below 1 ulp.
 *
 * @param x - Any number.
 * @returns e^x - 1; -1 far below 0; keeps the sign of zero.
 * @example
 * expm1(1e-20); // => 1e-20
 * expm1(1); // => 1.718281828459045
 */
export function expm1(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -38) return -1;
  if (Number.isNaN(x) || (x < 5.551115123125783e-17 && x > -5.551115123125783e-17)) return x;
  let k = 0;
  let r = x;
  let lost = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = Math.floor(x * LOG2_E + 0.5);
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    lost = high - r - low;
  }
  const halfR = 0.5 * r;
  const z = r * halfR;
  const r1 =
    1 +
    z *
      (-0.03333333333333313 +
        z *
          (0.0015873015872548146 +
            z * (-7.93650757867488e-5 + z * (4.008217827329362e-6 + z * -2.0109921818362437e-7))));
  const t = 3 - r1 * halfR;
  let e = z * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  e = r * (e - lost) - lost - z;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) return scaleByPower(1 - (e - r), k) - 1;
  const small = scaleByPower(1, -k);
  return k < 20 ? scaleByPower(1 - small - (e - r), k) : scaleByPower(r - (e + small) + 1, k);
}
