import { exp } from './exp.ts';

/** 1 / (1 + exp(-u)), the inverse of the logit, with relative precision near 0. */
export function inverseLogit(u: number): number {
  if (u >= 0) return 1 / (1 + exp(-u));
  const e = exp(u);
  return e / (1 + e);
}
