import { exp } from './exp.ts';

// Coefficients by Chebyshev interpolation at 60 digits (mpmath), rewritten as polynomials in t on [-1, 1].

/** erf(x) / x in t = (x^2 - .36) / .36, for |x| <= .85; error 1e-17. */
const ERF: readonly number[] = [
  -1.164486686434977e-14, 3.9083890513634903e-13, -1.2006549166048141e-11, 3.367226544146364e-10, -8.519446267591393e-9,
  1.922578653601634e-7, -3.815917662874533e-6, 6.545595776428025e-5, -0.0009493217981607991, 0.011341861032810133,
  -0.10959169318279463, 1.0064268180798766,
];

/** (x + 2) / 2 * exp(x^2) erfc(x) in t = (u - 4/63) / (31/63), u = (x - 2) / (x + 2), for .8 <= x <= 7; error 2e-17. */
const MIDDLE: readonly number[] = [
  -9.89760664795552e-13, -2.887420977331124e-12, 8.623788508226597e-12, 6.702310333312977e-11, 8.079071934502878e-11,
  -7.58803817958123e-10, -3.5197731951151795e-9, 2.5665106067317412e-9, 6.714048294643007e-8, 1.1183801981109886e-7,
  -1.0585341730425957e-6, -4.066865828134969e-6, 1.8771688858377103e-5, 0.00010927780370968124, -0.0005650048167031199,
  -0.0024798584720179748, 0.032932560165097255, -0.16044575639131206, 0.48953520248456045,
];

/** x exp(x^2) erfc(x) in t = 72 / x^2 - 1, for x >= 6; error 1e-16. */
const FAR: readonly number[] = [
  -2.8022377741339723e-15, 2.4679228766012223e-14, -2.2726445822587304e-13, 2.3922875992320455e-12,
  -2.7969670549855024e-11, 3.6926557128003245e-10, -5.6376551193088024e-9, 1.0286465741477058e-7, -2.357833330709325e-6,
  7.38713831321479e-5, -0.003762724873077514, 0.5603505205560211,
];

function polynomial(coefficients: readonly number[], t: number): number {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = sum * t + coefficients[i]!;
  return sum;
}

/** erf(x) for |x| <= .85. */
export function erfNearZero(x: number): number {
  return x * polynomial(ERF, (x * x - 0.36) / 0.36);
}

/** (P(Z <= z) - 1/2) / z of a standard normal in t = z^2 - 1, for |z| <= 1.45; error 1e-19. */
const CENTRE: readonly number[] = [
  5.003908821267141e-15, -1.3464939319226473e-13, 3.241658926955708e-12, -7.19561307127696e-11, 1.4551547833934107e-9,
  -2.6557407962355353e-8, 4.325311153815832e-7, -6.200325717289763e-6, 7.690392803065789e-5, -0.0008080411692944774,
  0.007018917516131935, -0.0496870107746998, 0.3413447460685429,
];

/** P(Z <= z) - 1/2 of a standard normal for |z| <= 1.45. */
export function normalCentre(z: number): number {
  return z * polynomial(CENTRE, z * z - 1);
}

/** exp(x^2) erfc(x) for x >= .8. */
export function scaledErfc(x: number): number {
  if (x < 6.5) {
    const t = ((x - 2) / (x + 2) - 0.06349206349206349) / 0.49206349206349204;
    return (2 * polynomial(MIDDLE, t)) / (x + 2);
  }
  return polynomial(FAR, 72 / x / x - 1) / x;
}

/** exp(-x^2) with the rounding error of x^2 taken into account. */
export function expMinusSquare(x: number): number {
  if (!(x < 40 && x > -40)) return Number.isNaN(x) ? NaN : 0;
  const split = x * 134217729;
  const high = split - (split - x);
  const low = x - high;
  const square = x * x;
  const error = high * high - square + 2 * high * low + low * low;
  const main = exp(-square);
  return main - main * error;
}
