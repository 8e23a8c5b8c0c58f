import { exp } from './exp.ts';

// Coefficients by Chebyshev interpolation at 50 digits (mpmath), rewritten as polynomials in t on [-1, 1].

/** erf(x) / x in t = (x^2 - .36) / .36, for |x| <= .85; error 1e-17. */
const ERF: readonly number[] = [
  3.9075874073687004e-13, -1.2038572037072538e-11, 3.3672285482257085e-10, -8.519414245361417e-9, 1.922578651848099e-7,
  -3.815917676883898e-6, 6.545595776434288e-5, -0.0009493217981582975, 0.011341861032810124, -0.10959169318279476,
  1.0064268180798766,
];

/** (x + 2) / 2 * exp(x^2) erfc(x) in t = (u - 4/63) / (31/63), u = (x - 2) / (x + 2), for .8 <= x <= 7; error 2e-17. */
const MIDDLE: readonly number[] = [
  -2.8793921895071986e-12, 4.16571117388071e-12, 6.698866198860576e-11, 8.915844051671466e-11, -7.587429061314022e-10,
  -3.528244087564056e-9, 2.5664533587492562e-9, 6.714548165334136e-8, 1.1183805051169231e-7, -1.0585359061621997e-6,
  -4.066865837496479e-6, 1.8771689196015233e-5, 0.0001092778037111996, -0.0005650048167360818, -0.002479858472018086,
  0.03293256016509849, -0.16044575639131206, 0.48953520248456045,
];

/** x exp(x^2) erfc(x) in t = 72 / x^2 - 1, for x >= 6; error 1e-16. */
const FAR: readonly number[] = [
  -2.3426723913518637e-13, 2.4539640984599643e-12, -2.7963546278177355e-11, 3.6921162858787115e-10,
  -5.637657305045548e-9, 1.0286467666848907e-7, -2.3578333304363703e-6, 7.387138312974321e-5, -0.00376272487307752,
  0.5603505205560212,
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
