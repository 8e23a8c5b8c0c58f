import { log } from '../../math/log.ts';
import { bettingKernel, empiricalBernsteinKernel, hoeffdingKernel, type SequenceKernel } from './internal-sequence.ts';
import type { MonitorSettings, MonitorValueState } from './monitor-types.ts';

/**
 * Shares of the capital that the parallel bets risk. The best single share depends on the unknown size of the drift;
 * over halves from .9 down some bet is always within a factor of about 1.2 of the best rate of growth.
 */
const SHARES: readonly number[] = [0.9, 0.45, 0.225, 0.1125, 0.05625];
/** How many there are. Written out: reading the length here would keep this file in every bundle. */
export const BETS = 5;

/** A mean at the very edge of the scale would make a bet infinitely large: a smaller bet is as valid. */
const LEAST_ROOM = 1 / 64;

/**
 * Takes one score, scaled to [0, 1], into the capitals of both sides. `fresh` is the capital that enters each bet now:
 * pi_t of a mixture over starting times, or 1 for Shiryaev-Roberts; under CUSUM the capital is at least 1 instead.
 */
export function takeEvidence(
  up: number[],
  down: number[],
  x: number,
  low: number,
  high: number,
  fresh: number,
  cusum: boolean,
): void {
  // Under the null hypothesis the mean lies in [low, high]: a bet above high, or below low, does not grow on average.
  const rise = (x - high) / Math.max(high, LEAST_ROOM);
  const fall = (low - x) / Math.max(1 - low, LEAST_ROOM);
  for (let k = 0; k < BETS; k++) {
    const share = SHARES[k]!;
    const a = up[k]!;
    const b = down[k]!;
    up[k] = (cusum ? Math.max(a, 1) : a + fresh) * (1 + share * rise);
    down[k] = (cusum ? Math.max(b, 1) : b + fresh) * (1 + share * fall);
  }
}

/** Capital that enters at the t-th score: 1 / (t (t + 1)) adds up to 1 over all times, so a late drift is found too. */
export function freshCapital(settings: MonitorSettings, t: number): number {
  return settings.guarantee === 'ever' ? 1 / (t * (t + 1)) : 1;
}

/** The evidence of a value: mean capital, with what has not been bet yet, less the price of starting anew. */
export function evidenceOf(
  settings: MonitorSettings,
  up: readonly number[],
  down: readonly number[],
  n: number,
  epoch: number,
): number {
  let total = 0;
  for (let k = 0; k < BETS; k++) total += up[k]! + down[k]!;
  const capital = total / (2 * BETS);
  if (settings.guarantee === 'run-length') return capital;
  const evidence = capital + 1 / (n + 1);
  // Epoch j may spend 1 / (j (j + 1)) of the error rate.
  return settings.afterAlarm === 'restart' ? evidence / (epoch * (epoch + 1)) : evidence;
}

/** Natural log of a value's evidence; null before there is any. */
export function logEvidence(settings: MonitorSettings, value: MonitorValueState): number | null {
  const evidence = evidenceOf(settings, value.up, value.down, value.n, value.epoch);
  return evidence > 0 ? log(evidence) : null;
}

/** Where a mean stands on [0, 1]; for pairs the difference from -(max - min) to max - min. */
export function toUnit(settings: MonitorSettings, score: number): number {
  const { min, max, against } = settings;
  return against === 'pairs' ? (score / (max - min) + 1) / 2 : (score - min) / (max - min);
}

/** The inverse of `toUnit`. */
export function fromUnit(settings: MonitorSettings, unit: number): number {
  const { min, max, against } = settings;
  return against === 'pairs' ? (2 * unit - 1) * (max - min) : min + unit * (max - min);
}

/** The confidence sequence of a monitor, at a level that holds for all its values at once. */
export function sequenceOf(settings: MonitorSettings, watched: number): SequenceKernel {
  const alpha = (settings.guarantee === 'ever' ? settings.alpha : 0.05) / watched;
  if (settings.interval === 'hoeffding') return hoeffdingKernel(alpha, 1);
  return settings.interval === 'betting' ? bettingKernel(alpha, 100, 0.5) : empiricalBernsteinKernel(alpha, 0.5);
}
