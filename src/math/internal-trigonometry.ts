import { FLOAT, HIGH, POWERS_OF_TWO, WORDS } from './internal-bits.ts';
import { HALF_PI } from './internal-constants.ts';
import { productRest, REST } from './internal-double-double.ts';

/** 2 / pi times 2^1200, rounded down. */
const TWO_OVER_PI =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7bn;

/** sin(x + rest) for |x| <= pi / 4 or a little more (fdlibm's minimax coefficients). */
export function sinKernel(x: number, rest: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * rest - v * r) - rest - v * -0.16666666666666632);
}

/** cos(x + rest) for |x| <= pi / 4 or a little more (fdlibm's minimax coefficients). */
export function cosKernel(x: number, rest: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * rest));
}

/** Index of the quarter turn nearest to x (0 to 3) as n, x - n pi / 2 as the returned value with its rest in `REST[0]`. */
export function reduceQuarter(x: number): number {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  // pi / 2 in parts of 33 bits, so that the products with n < 2^20 are exact.
  const a = x - n * 1.5707963267341256;
  const b = n * 6.077100506303966e-11;
  const c = a - b;
  const cRest = a - c - b;
  const d = n * 2.0222662487111665e-21 - cRest + n * 8.4784276603689e-32;
  const result = c - d;
  REST[0] = c - result - d;
  QUARTER[0] = n & 3;
  return result;
}

/** The quarter turn that {@link reduceQuarter} or {@link reduceLarge} took off, 0 to 3. Read right after the call. */
export const QUARTER: Uint8Array = /* @__PURE__ */ new Uint8Array(1);

/** As {@link reduceQuarter}, for any finite size of at least 2^20 (Payne and Hanek 1983, in whole-number arithmetic). */
export function reduceLarge(x: number): number {
  FLOAT[0] = Math.abs(x);
  const high = WORDS[HIGH]!;
  const exponent = (high >>> 20) - 1075;
  const mantissa = (BigInt((high & 0xfffff) | 0x100000) << 32n) | BigInt(WORDS[1 - HIGH]!);
  // |x| * 2 / pi with 180 binary places, modulo 4.
  const turns = BigInt.asUintN(182, (mantissa * TWO_OVER_PI) >> BigInt(1200 - 180 - exponent));
  const nearest = (turns + (1n << 179n)) >> 180n;
  const fraction = turns - (nearest << 180n);
  const first = Number(fraction);
  const second = Number(fraction - BigInt(first));
  const scale = POWERS_OF_TWO[1074 - 180]!;
  const f = first * scale;
  const fRest = second * scale;
  const p = f * HALF_PI;
  const pRest = productRest(f, HALF_PI, p) + f * 6.123233995736766e-17 + fRest * HALF_PI;
  const sign = x < 0 ? -1 : 1;
  const result = p + pRest;
  REST[0] = sign * (p - result + pRest);
  QUARTER[0] = (x < 0 ? -Number(nearest) : Number(nearest)) & 3;
  return sign * result;
}
