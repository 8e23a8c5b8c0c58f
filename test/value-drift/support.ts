import { SynthproofError } from '../../src/errors.ts';
import type { FeatureRows, ValueScorer } from '../../src/value-drift/index.ts';
import { createValueSpec, featureScorer } from '../../src/value-drift/index.ts';

/** The code of the error that a call throws. */
export function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof SynthproofError ? error.code : String(error);
  }
  return 'no error';
}

/** A scorer of rows with values v0, v1, ... */
export function rowScorer(width: number): ValueScorer<FeatureRows> {
  const values = Array.from({ length: width }, (_, v) => ({ id: `v${v}` }));
  return featureScorer(createValueSpec({ id: 'test', version: '1', values }));
}

/** Fails on any number that JSON cannot hold, anywhere in a value. */
export function assertJsonSafe(value: unknown, path = '$'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (value === undefined) throw new Error(`${path} is undefined`);
  if (ArrayBuffer.isView(value)) throw new Error(`${path} is a typed array`);
  if (value !== null && typeof value === 'object')
    for (const [key, part] of Object.entries(value)) assertJsonSafe(part, `${path}.${key}`);
}
