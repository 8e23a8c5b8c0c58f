import { SynthproofError } from '../../errors.ts';
import { checkValues } from './internal-check.ts';
import type { StreamDetector, StreamDetectorState } from './stream-detector.ts';

/** What a step says: nothing, a warning, an alarm. */
export const QUIET = 0;
export const WARNING = 1;
export const DRIFT = 2;

/** A detector's own part. */
export interface DetectorParts {
  readonly kind: string;
  readonly settings: readonly number[];
  /** Bounds of a value. */
  readonly low: number;
  readonly high: number;
  /** The memory before the first value; its length is the least length of a state's memory. */
  readonly fresh: () => number[];
  /** The greatest length of a state's memory; default: the length of `fresh()`. */
  readonly most?: number | undefined;
  /** Whether numbers of the right length can be a memory of this detector. */
  readonly sound: (memory: readonly number[]) => boolean;
  /** Takes one value into the memory. `seen` counts the values before it. */
  readonly step: (memory: number[], value: number, seen: number) => number;
  /** What to do to the memory at the first value after an alarm; default: start anew. `false`: nothing. */
  readonly restart?: ((memory: number[]) => void) | false | undefined;
  /** Number and mean of what is held. */
  readonly holding: (memory: readonly number[]) => readonly [n: number, mean: number];
}

const VERSION = 1;

/** Joins the parts to a detector with checked, copied states. */
export function makeDetector(parts: DetectorParts): StreamDetector {
  const { kind, settings, fresh, step, restart } = parts;
  return {
    kind,
    init: () => ({ kind, version: VERSION, settings, seen: 0, alarmed: false, memory: fresh() }),
    update(state, values) {
      checkState(state, parts);
      checkValues('values', values, parts.low, parts.high);
      let memory = state.memory.slice();
      let { seen, alarmed } = state;
      const drifts: number[] = [];
      const warnings: number[] = [];
      for (let i = 0; i < values.length; i++) {
        if (alarmed && restart !== false) {
          if (restart === undefined) memory = fresh();
          else restart(memory);
        }
        // Adding 0 turns -0 into 0, which JSON can hold.
        const outcome = step(memory, values[i]! + 0, seen);
        alarmed = outcome === DRIFT;
        if (alarmed) drifts.push(seen);
        else if (outcome === WARNING) warnings.push(seen);
        seen++;
      }
      return { state: { kind, version: VERSION, settings, seen, alarmed, memory }, drifts, warnings };
    },
    holding(state) {
      checkState(state, parts);
      const [n, mean] = parts.holding(state.memory);
      return { n, mean: n > 0 ? mean : null };
    },
  };
}

/** A state may come from a file: it must be of this detector, of these settings, and hold numbers that can be its memory. */
function checkState(state: StreamDetectorState, parts: DetectorParts): void {
  const fault = faultOf(state, parts);
  if (fault !== null)
    throw new SynthproofError('BAD_MODEL', `state: ${fault}; start again from init()`, { argument: 'state' });
}

function faultOf(state: StreamDetectorState, parts: DetectorParts): string | null {
  const { kind, settings, fresh } = parts;
  if (state === null || typeof state !== 'object') return `expected a state of ${kind}, received ${String(state)}`;
  if (state.kind !== kind || state.version !== VERSION)
    return `expected ${kind} version ${VERSION}, received ${String(state.kind)} version ${String(state.version)}`;
  if (!sameNumbers(state.settings, settings))
    return `expected the settings [${settings.join(', ')}] of this detector, received others`;
  if (!Number.isSafeInteger(state.seen) || state.seen < 0 || typeof state.alarmed !== 'boolean')
    return 'expected a count of seen values and whether the last one raised an alarm';
  const { memory } = state;
  const least = fresh().length;
  if (!Array.isArray(memory) || memory.length < least || memory.length > (parts.most ?? least))
    return 'expected the memory of this detector';
  for (const x of memory) if (typeof x !== 'number' || x - x !== 0) return 'expected finite numbers in the memory';
  return parts.sound(memory) ? null : 'these numbers cannot be the memory of this detector';
}

function sameNumbers(a: unknown, b: readonly number[]): boolean {
  return Array.isArray(a) && a.length === b.length && b.every((x, i) => x === a[i]);
}

/** Whether a number is a count. */
export function isCount(x: number): boolean {
  return Number.isSafeInteger(x) && x >= 0;
}
