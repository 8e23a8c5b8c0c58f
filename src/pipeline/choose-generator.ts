import { cartGenerator, independentGenerator } from '../generators/index.ts';
import type { JsonValue } from '../hash/index.ts';
import type { LineageGenerator } from '../lineage/index.ts';
import type { Generator, JobOptions, Model, SampleOptions, Table } from '../types.ts';
import { SYNTHPROOF_VERSION } from './version.ts';

/** The library's own generators, and their families. */
const OURS: ReadonlyMap<unknown, LineageGenerator['type']> = /* @__PURE__ */ new Map<unknown, LineageGenerator['type']>(
  [
    [cartGenerator, 'tree'],
    [independentGenerator, 'statistical'],
  ],
);

/** A generator together with its options: what {@link govern} fits and samples. */
export interface GeneratorChoice {
  /** Name of the generator, stored in the lineage record. */
  readonly id: string;
  /** Family of methods, stored in the lineage record. */
  readonly family: LineageGenerator['type'];
  /** Version for the lineage record; default: the version of the model's format. */
  readonly version?: string | undefined;
  /** Random engine and what a second run gives, where that is known; the record states nothing otherwise. */
  readonly repeatable?:
    | {
        /** Name and version of the random engine. */
        readonly prng: string;
        /** The same bits, the same distribution, or nothing promised. */
        readonly determinism: 'bitwise' | 'statistical' | 'none';
      }
    | undefined;
  /** Its options, stored in the lineage record. */
  readonly parameters: JsonValue;
  /** Learns a model. */
  fit(table: Table, job: JobOptions): Model;
  /** Draws rows of that model. */
  sample(model: Model, options: SampleOptions & JobOptions): Table;
}

/**
 * Binds a generator to its options, so that a pipeline takes any: ours or the caller's.
 *
 * @param generator - Any {@link Generator}, for example `cartGenerator`.
 * @param options - Its options; they must survive JSON, because they go into the lineage record.
 * @param family - Family of methods for the lineage record. Default: `tree` for `cartGenerator`, `statistical` for `independentGenerator`, else `other`.
 * @returns The choice to pass as `generator` to {@link govern}.
 * @example
 * chooseGenerator(cartGenerator, { minLeaf: 50 }).id; // => 'cart'
 */
export function chooseGenerator<Options extends object, M extends Model>(
  generator: Generator<Options, M>,
  options: Options,
  family: LineageGenerator['type'] = OURS.get(generator) ?? 'other',
): GeneratorChoice {
  return {
    id: generator.id,
    family,
    // Only the library's own generators are known to give equal bits everywhere; a caller's may not be.
    ...(OURS.has(generator)
      ? {
          version: `synthproof ${SYNTHPROOF_VERSION}`,
          repeatable: { prng: 'threefry4x32-20/1', determinism: 'bitwise' },
        }
      : {}),
    parameters: options as unknown as JsonValue,
    fit: (table, job) => generator.fit(table, { ...options, ...job }),
    // The model came from this generator's own fit: the pipeline never passes another's.
    sample: (model, sampling) => generator.sample(model as M, sampling),
  };
}
