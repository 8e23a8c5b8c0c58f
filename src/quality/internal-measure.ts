import { SynthproofError } from '../errors.ts';
import type { Interval } from '../types.ts';
import type { QualityMeasure, QualityMode, QualityReason } from './quality-measure.ts';

/** A computed figure; the value is kept inside [0, 1] against the last rounding. */
export function computed(
  metric: string,
  value: number,
  nReal: number,
  nSynthetic: number,
  interval?: Interval | undefined,
): QualityMeasure {
  const base = figure(metric, clampUnit(value), nReal, nSynthetic);
  return interval ? { ...base, interval } : base;
}

/** A figure that cannot be computed. */
export function notComputed(metric: string, reason: QualityReason, nReal: number, nSynthetic: number): QualityMeasure {
  return { ...figure(metric, null, nReal, nSynthetic), reason };
}

function figure(metric: string, value: number | null, nReal: number, nSynthetic: number): QualityMeasure {
  return { metric, value, range: [0, 1], goal: 'maximize', n: nReal + nSynthetic, nReal, nSynthetic };
}

/** The number nearest to x in [0, 1]. */
export function clampUnit(x: number): number {
  return Math.max(0, Math.min(1, x));
}

/** Checks the options that most measures share and fills in the defaults. */
export function checkedOptions(options: {
  readonly mode?: QualityMode | undefined;
  readonly level?: number | undefined;
}): { readonly mode: QualityMode; readonly level: number } {
  const { mode = 'strict', level = 0.95 } = options;
  if (mode !== 'strict' && mode !== 'compat')
    throw new SynthproofError('BAD_OPTION', `mode: expected 'strict' or 'compat', received ${String(mode)}`, {
      argument: 'mode',
    });
  if (!(level > 0 && level < 1))
    throw new SynthproofError('OUT_OF_RANGE', `level: expected a number between 0 and 1, received ${String(level)}`, {
      argument: 'level',
    });
  return { mode, level };
}

/** Checks a number in [0, 1] and fills in the default. */
export function checkedShare(value: number | undefined, fallback: number, argument: string): number {
  const share = value ?? fallback;
  if (!(share >= 0 && share <= 1))
    throw new SynthproofError('OUT_OF_RANGE', `${argument}: expected a number from 0 to 1, received ${String(share)}`, {
      argument,
    });
  return share;
}

/** Interval of 1 - |d| / scale from an interval of d. */
export function foldedInterval(difference: Interval, scale: number, method: string): Interval {
  const { lower, upper, level } = difference;
  const largest = Math.max(Math.abs(lower), Math.abs(upper));
  const least = lower <= 0 && upper >= 0 ? 0 : Math.min(Math.abs(lower), Math.abs(upper));
  return { lower: clampUnit(1 - largest / scale), upper: clampUnit(1 - least / scale), level, method };
}

/** Checks a whole number and fills in the default. */
export function checkedCount(
  value: number | undefined,
  fallback: number,
  [low, high]: readonly [number, number],
  argument: string,
): number {
  const count = value ?? fallback;
  if (Number.isInteger(count) && count >= low && count <= high) return count;
  throw new SynthproofError(
    'OUT_OF_RANGE',
    `${argument}: expected a whole number from ${low} to ${high}, received ${String(count)}`,
    { argument },
  );
}

/** Throws `BAD_OPTION` unless the seed is a text. */
export function checkedSeed(seed: unknown): void {
  if (typeof seed === 'string') return;
  throw new SynthproofError('BAD_OPTION', `seed: expected a text, received ${typeof seed}`, { argument: 'seed' });
}
