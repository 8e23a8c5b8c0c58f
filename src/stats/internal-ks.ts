import { exp, log as ln } from '../math/index.ts';

/** P(sup |F_n - F| >= d) for one sample of size n from a continuous distribution. */
export function ksOneSampleTail(n: number, d: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  const scaled = n * d * d;
  // Far out the two one-sided events hardly meet: twice the one-sided tail is too large by about 2 exp(-8 n d^2), 5e-8 at most.
  if (d >= 0.5 || scaled > 2.2) return Math.min(1, 2 * smirnovTail(n, d));
  if (n <= 600) return Math.max(0, Math.min(1, 1 - ksMatrix(n, d)));
  // Vrbik's second-order argument for the limiting distribution (Pelz and Good's first terms).
  const root = Math.sqrt(n);
  return kolmogorovTail(d * root + 1 / (6 * root) + (d * root - 1) / (4 * n));
}

/** Kolmogorov's limiting tail 2 sum (-1)^(k-1) exp(-2 k^2 x^2). */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    // The theta-transformed series of the distribution function, quick for small x.
    let sum = 0;
    for (let k = 1; k < 40; k += 2) sum += exp((-k * k * 1.2337005501361697) / (x * x));
    return Math.max(0, 1 - (2.5066282746310002 / x) * sum);
  }
  let sum = 0;
  for (let k = 1; k < 40; k++) {
    const term = exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-18 * sum) break;
  }
  return Math.min(1, 2 * sum);
}

/** One-sided tail P(sup (F_n - F) >= d), Birnbaum and Tingey's sum of positive terms. */
function smirnovTail(n: number, d: number): number {
  const last = Math.floor(n * (1 - d));
  let sum = 0;
  let logChoose = 0;
  for (let j = 0; j <= last; j++) {
    if (j > 0) logChoose += ln((n - j + 1) / j);
    const q = 1 - d - j / n;
    const head = q > 0 ? (n - j) * ln(q) : n - j === 0 ? 0 : -Infinity;
    sum += exp(logChoose + head + (j - 1) * ln(d + j / n));
  }
  return d * sum;
}

/** Distribution function by the matrix power of Marsaglia, Tsang and Wang (2003). */
function ksMatrix(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const h = k - n * d;
  const base = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) base[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  let power = 1;
  for (let i = 0; i < m; i++) {
    power *= h;
    base[i * m] = base[i * m]! - power;
    base[(m - 1) * m + (m - 1 - i)] = base[(m - 1) * m + (m - 1 - i)]! - power;
  }
  if (2 * h - 1 > 0) {
    let corner = 1;
    for (let i = 0; i < m; i++) corner *= 2 * h - 1;
    base[(m - 1) * m] = base[(m - 1) * m]! + corner;
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) for (let g = 2; g <= i - j + 1; g++) base[i * m + j] = base[i * m + j]! / g;
  }
  // Binary powers, rescaled against overflow.
  let result: Float64Array = identity(m);
  let resultShift = 0;
  let square: Float64Array = base;
  let squareShift = 0;
  for (let e = n; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) {
      result = multiply(result, square, m);
      resultShift += squareShift;
      if (result[(k - 1) * m + k - 1]! > 1e140) {
        for (let i = 0; i < m * m; i++) result[i] = result[i]! * 1e-140;
        resultShift += 140;
      }
    }
    square = multiply(square, square, m);
    squareShift *= 2;
    if (square[(k - 1) * m + k - 1]! > 1e140) {
      for (let i = 0; i < m * m; i++) square[i] = square[i]! * 1e-140;
      squareShift += 140;
    }
  }
  let value = result[(k - 1) * m + k - 1]!;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      resultShift -= 140;
    }
  }
  for (; resultShift < 0; resultShift += 140) value *= 1e-140;
  for (; resultShift > 0; resultShift -= 140) value *= 1e140;
  return value;
}

function identity(m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) out[i * m + i] = 1;
  return out;
}

function multiply(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const value = a[i * m + k]!;
      if (value === 0) continue;
      for (let j = 0; j < m; j++) out[i * m + j] = out[i * m + j]! + value * b[k * m + j]!;
    }
  }
  return out;
}
