/**
 * Solves H x = g for a symmetric positive semidefinite H (lower triangle, row by row, overwritten) by Cholesky. A feature
 * that depends on those before it (relative pivot below 1e-10) is left out: its part of x is 0. Returns the rank.
 */
export function solveNewton(hessian: Float64Array, gradient: Float64Array, out: Float64Array): number {
  const n = gradient.length;
  let rank = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const diagonal = hessian[row + i]!;
    let pivot = diagonal;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      const below = hessian[other + j]!;
      if (below === 0) {
        hessian[row + j] = 0;
        continue;
      }
      let rest = hessian[row + j]!;
      for (let k = 0; k < j; k++) rest -= hessian[row + k]! * hessian[other + k]!;
      rest /= below;
      hessian[row + j] = rest;
      pivot -= rest * rest;
    }
    const kept = pivot > 1e-10 * diagonal && pivot > 0;
    hessian[row + i] = kept ? Math.sqrt(pivot) : 0;
    if (kept) rank++;
  }
  for (let i = 0; i < n; i++) {
    let rest = gradient[i]!;
    for (let k = 0; k < i; k++) rest -= hessian[i * n + k]! * out[k]!;
    const pivot = hessian[i * n + i]!;
    out[i] = pivot === 0 ? 0 : rest / pivot;
  }
  for (let i = n - 1; i >= 0; i--) {
    const pivot = hessian[i * n + i]!;
    if (pivot === 0) continue;
    let rest = out[i]!;
    for (let k = i + 1; k < n; k++) rest -= hessian[k * n + i]! * out[k]!;
    out[i] = rest / pivot;
  }
  return rank;
}
