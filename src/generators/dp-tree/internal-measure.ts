import { discreteGaussian, positiveRational, uniformFrom } from '../../dp/internal-exact.ts';
import type { NoiseSource } from '../../dp/noise-source.ts';

/** A noisy table of counts with its noise. */
export interface NoisyCounts {
  readonly counts: Float64Array;
  /** Variance of the noise on each count. */
  readonly variance: number;
}

/** Counts rows by state of one column, or by states of two (the first the row of the table). */
export function countStates(
  size: number,
  states: Int32Array,
  second: { readonly size: number; readonly states: Int32Array } | null,
): Int32Array {
  const counts = new Int32Array(size * (second?.size ?? 1));
  if (second) for (let i = 0; i < states.length; i++) counts[states[i]! * second.size + second.states[i]!]!++;
  else for (let i = 0; i < states.length; i++) counts[states[i]!]!++;
  return counts;
}

/** Adds exact discrete Gaussian noise to every count: one row moves one count by one, so the l2-sensitivity is 1. */
export function addNoise(counts: Int32Array, sigma2: number, noise: NoiseSource): NoisyCounts {
  const exact = positiveRational('sigma2', sigma2);
  const uniform = uniformFrom(noise);
  const out = new Float64Array(counts.length);
  for (let i = 0; i < out.length; i++) out[i] = counts[i]! + Number(discreteGaussian(uniform, exact));
  return { counts: out, variance: sigma2 };
}
