import type { Latent } from './internal-latent.ts';

/** Correlations of latent variables from the rows where both have a score; pairs that never vary together count as 0. */
export function pairwiseCorrelation(latents: readonly Latent[]): { matrix: Float64Array; unseen: number } {
  const d = latents.length;
  const matrix = new Float64Array(d * d);
  let unseen = 0;
  for (let i = 0; i < d; i++) {
    matrix[i * d + i] = 1;
    for (let j = 0; j < i; j++) {
      const a = latents[i]!;
      const b = latents[j]!;
      const r = a.complete && b.complete ? product(a, b) : jointCorrelation(a, b);
      if (r === null && a.column !== b.column) unseen++;
      matrix[i * d + j] = r ?? 0;
      matrix[j * d + i] = r ?? 0;
    }
  }
  return { matrix, unseen };
}

/** Scores are standard already. */
function product(a: Latent, b: Latent): number {
  const x = a.scores;
  const y = b.scores;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return Math.max(-1, Math.min(1, sum / x.length));
}

function jointCorrelation(a: Latent, b: Latent): number | null {
  const { codes: p, scores: x } = a;
  const { codes: q, scores: y } = b;
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < x.length; i++) {
    if (p[i]! < 0 || q[i]! < 0) continue;
    n++;
    sumX += x[i]!;
    sumY += y[i]!;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    if (p[i]! < 0 || q[i]! < 0) continue;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // Rounding of the means leaves a trace where a variable is constant.
  const trace = 1e-20 * n;
  return xx > trace && yy > trace ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null;
}
