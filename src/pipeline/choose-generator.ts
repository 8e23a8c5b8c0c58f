import type { JsonValue } from '../hash/index.ts';
import type { Generator, GeneratorFacts, GeneratorFamily, JobOptions, Model, SampleOptions, Table } from '../types.ts';

/** A generator together with its options: what {@link govern} fits and samples. */
export interface GeneratorChoice extends GeneratorFacts {
  /** Name of the generator, stored in the lineage record. */
  readonly id: string;
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
 * The record states what the generator says of itself in `facts`. The library's own state family, version, random engine
 * and what a second run gives: the same bits, but for `dpTreeGenerator`, whose noise never comes again, the same
 * distribution. For rules that every row keeps see {@link constrainChoice}; for a table that another tool made pass
 * `outsideGenerator({ id, table })`.
 *
 * @param generator - Any {@link Generator}, for example `copulaGenerator`.
 * @param options - Its options. They go into the lineage record and must survive JSON; of a noise source its name is
 * recorded, and progress and abort signal are left out.
 * @param family - Family of methods for the lineage record. Default: the one that the generator states, else `other`.
 * @returns The choice to pass as `generator` to {@link govern}.
 * @example
 * chooseGenerator(cartGenerator, { minLeaf: 50 }).id; // => 'cart'
 * chooseGenerator(arfGenerator, { trees: 10 }).repeatable.determinism; // => 'bitwise'
 */
export function chooseGenerator<Options extends object, M extends Model>(
  generator: Generator<Options, M>,
  options: Options,
  family: GeneratorFamily = generator.facts?.family ?? 'other',
): GeneratorChoice {
  return {
    ...generator.facts,
    id: generator.id,
    family,
    parameters: recordable(options),
    fit: (table, job) => generator.fit(table, { ...options, ...job }),
    // The model came from this generator's own fit: the pipeline never passes another's.
    sample: (model, sampling) => generator.sample(model as M, sampling),
  };
}

/** The options as the record states them: the name of a noise source for the source itself, nothing of the job. */
function recordable(options: object): JsonValue {
  const fields = Object.entries(options)
    .filter(([name, value]) => value !== undefined && name !== 'onProgress' && name !== 'signal')
    .map(([name, value]) => [name, isNoise(value) ? value.source : value]);
  return Object.fromEntries(fields) as JsonValue;
}

function isNoise(value: unknown): value is { readonly source: string } {
  const { source, nextUint32 } = (value ?? {}) as { readonly source?: unknown; readonly nextUint32?: unknown };
  return typeof source === 'string' && typeof nextUint32 === 'function';
}
