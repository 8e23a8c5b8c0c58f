/** Lanczos log gamma: a test's own, so that a wrong library tail cannot vouch for the library's draws. */
export function lgamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  let a = c[0]!;
  const t = x - 1 + 7.5;
  for (let i = 1; i < 9; i++) a += c[i]! / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(a);
}

/** Lower regularised incomplete gamma. */
export function gammaLower(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let k = a + 1; Math.abs(term) > 1e-16 * total; k++) {
      term *= x / k;
      total += term;
    }
    return total * Math.exp(-x + a * Math.log(x) - lgamma(a));
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - h * Math.exp(-x + a * Math.log(x) - lgamma(a));
}

/** Upper tail of chi-square. */
export function chiSquareCdfUpper(x: number, df: number): number {
  return 1 - gammaLower(df / 2, x / 2);
}
