import { variationOf } from './internal-variation.ts';

/** 1 - total variation as the reference computes it: a level that the real column lacks is given 1e-6 real rows. */
export function regularisedTv(real: Int32Array, synthetic: Int32Array): number {
  let novel = 0;
  let nReal = 0;
  let nSynthetic = 0;
  for (let i = 0; i < real.length; i++) {
    nReal += real[i]!;
    nSynthetic += synthetic[i]!;
    if (real[i] === 0 && synthetic[i]! > 0) novel++;
  }
  if (novel === 0) return 1 - variationOf(real, synthetic).distance;
  const total = nReal + novel * 1e-6;
  let difference = 0;
  for (let i = 0; i < real.length; i++) {
    const a = real[i]!;
    const b = synthetic[i]!;
    if (a > 0 || b > 0) difference += Math.abs(b / nSynthetic - (a > 0 ? a : 1e-6) / total);
  }
  return 1 - difference / 2;
}
