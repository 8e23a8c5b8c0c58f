import { expect } from 'vitest';
import type { SynthproofErrorCode } from '../../src/errors.ts';

/** Matches a SynthproofError with this code, about this argument (and row), with exactly this message. */
export function refusal(code: SynthproofErrorCode, argument: string, message: string, row?: number): Error {
  const place = row === undefined ? { argument } : { argument, row };
  return expect.objectContaining({ name: 'SynthproofError', code, place, message });
}
