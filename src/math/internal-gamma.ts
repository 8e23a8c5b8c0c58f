import { log } from './log.ts';
import { log1p } from './log1p.ts';

/** (-1)^k (zeta(k) - 1) / k for k = 2, 3, ...: the series of log Gamma around 2 (DLMF 5.7.3). */
const ZETA: readonly number[] = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5, -4.492623673813314e-5,
  2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6, 9.55141213040742e-7,
  -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8,
  1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
];

/** log Gamma(2 + w) for |w| <= .5, relatively precise at its zero w = 0. */
export function logGammaNearTwo(w: number): number {
  let sum = 0;
  for (let i = ZETA.length - 1; i >= 0; i--) sum = sum * w + ZETA[i]!;
  return w * (0.42278433509846713 + w * sum);
}

/** log Gamma(1 + a) for -.5 <= a <= 1.5, relatively precise at its zeros 0 and 1. */
export function logGammaOnePlus(a: number): number {
  return a > 0.5 ? logGammaNearTwo(a - 1) : logGammaNearTwo(a) - log1p(a);
}

/** The rest of Stirling's formula, log n! - (n + 1/2) log n + n - log(2 pi) / 2, for n > 0 (whole or not). */
export function stirlingError(n: number): number {
  let x = n;
  let sum = 0;
  // rest(x) = rest(x + 1) + (x + 1/2) log(1 + 1/x) - 1, and (x + 1/2) log(1 + 1/x) = atanh(t) / t, t = 1 / (2x + 1).
  while (x < 16) {
    if (x < 0.7) sum += (x + 0.5) * (log1p(x) - log(x)) - 1;
    else {
      const t = 1 / (2 * x + 1);
      const z = t * t;
      let power = z;
      let series = 0;
      for (let j = 3; power > 1e-19; j += 2) {
        series += power / j;
        power *= z;
      }
      sum += series;
    }
    x += 1;
  }
  const y = 1 / (x * x);
  return (
    sum + (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))))) / x
  );
}

/**
 * x log(x / m) - (x - m), the deviance part of Loader's saddle-point form, given the difference x - m exactly where the
 * caller knows it better than the subtraction would give.
 */
export function deviance(x: number, m: number, difference: number): number {
  if (Math.abs(difference) < 0.1 * (x + m)) {
    const v = difference / (x + m);
    const z = v * v;
    let term = 2 * x * v;
    let sum = difference * v;
    for (let j = 3; j < 60; j += 2) {
      term *= z;
      const next = sum + term / j;
      if (next === sum) return sum;
      sum = next;
    }
    return sum;
  }
  return x * log(x / m) - difference;
}
