import { SynthproofError } from '../src/errors.ts';

/** Code of the SynthproofError that a call throws; `none` when it throws nothing. Other errors pass through. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SynthproofError) return error.code;
    throw error;
  }
  return 'none';
}
