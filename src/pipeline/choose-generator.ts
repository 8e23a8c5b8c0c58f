import type { JsonValue } from '../hash/index.ts';
import type { LineageGenerator } from '../lineage/index.ts';
import type { Generator, JobOptions, Model, SampleOptions, Table } from '../types.ts';

const FAMILIES: ReadonlyMap<string, LineageGenerator['type']> = /* @__PURE__ */ new Map([
  ['cart', 'tree'],
  ['independent', 'statistical'],
]);

/** A generator together with its options: what {@link govern} fits and samples. */
export interface GeneratorChoice {
  /** Name of the generator, stored in the lineage record. */
  readonly id: string;
  /** Family of methods, stored in the lineage record. */
  readonly family: LineageGenerator['type'];
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
 * @param family - Family of methods for the lineage record. Default: `tree` for `cart`, `statistical` for `independent`, else `other`.
 * @returns The choice to pass as `generator` to {@link govern}.
 * @example
 * chooseGenerator(cartGenerator, { minLeaf: 50 }).id; // => 'cart'
 */
export function chooseGenerator<Options extends object, M extends Model>(
  generator: Generator<Options, M>,
  options: Options,
  family: LineageGenerator['type'] = FAMILIES.get(generator.id) ?? 'other',
): GeneratorChoice {
  return {
    id: generator.id,
    family,
    parameters: options as unknown as JsonValue,
    fit: (table, job) => generator.fit(table, { ...options, ...job }),
    // The model came from this generator's own fit: the pipeline never passes another's.
    sample: (model, sampling) => generator.sample(model as M, sampling),
  };
}
