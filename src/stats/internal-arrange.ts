import { SynthproofError } from '../errors.ts';
import type { JobOptions } from '../types.ts';

/** Throws `OUT_OF_RANGE` unless the value is a whole number from `least` to 2^31. */
export function requireWhole(argument: string, value: number, least: number): void {
  if (!(Math.floor(value) === value && value >= least && value <= 2147483648)) {
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `${argument}: expected a whole number from ${least} to 2^31, received ${String(value)}`,
      { argument },
    );
  }
}

/** One step of a long job: throws `ABORTED`, reports progress every 64 steps. */
export function jobStep(job: JobOptions, stage: string, done: number, total: number): void {
  if (job.signal?.aborted === true) {
    throw new SynthproofError('ABORTED', `${stage}: aborted by its signal; nothing was returned`, {
      argument: 'signal',
    });
  }
  if ((done & 63) === 0 || done === total) job.onProgress?.({ stage, done, total });
}

/** Dense numbers from 0 for the distinct ids, in order of first appearance. */
export function denseIds(ids: ArrayLike<number>): { readonly codes: Int32Array; readonly count: number } {
  const seen = new Map<number, number>();
  const codes = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    let code = seen.get(id);
    if (code === undefined) {
      code = seen.size;
      seen.set(id, code);
    }
    codes[i] = code;
  }
  return { codes, count: seen.size };
}
