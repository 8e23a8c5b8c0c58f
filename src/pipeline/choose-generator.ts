import {
  arfGenerator,
  bayesianNetworkGenerator,
  cartGenerator,
  copulaGenerator,
  dpTreeGenerator,
  independentGenerator,
  smoteGenerator,
} from '../generators/index.ts';
import type { JsonValue } from '../hash/index.ts';
import type { LineageGenerator } from '../lineage/index.ts';
import type { Generator, JobOptions, Model, SampleOptions, Table } from '../types.ts';
import { SYNTHPROOF_VERSION } from './version.ts';

/** What is known of one of the library's own generators. */
interface Known {
  readonly family: LineageGenerator['type'];
  readonly determinism: 'bitwise' | 'statistical';
}

/**
 * The library's own generators. A differentially private fit adds noise that must never come again, so a second run gives
 * the same distribution only; drawing rows of a fitted model is bitwise repeatable there too.
 */
const OURS: ReadonlyMap<unknown, Known> = /* @__PURE__ */ new Map<unknown, Known>([
  [cartGenerator, { family: 'tree', determinism: 'bitwise' }],
  [arfGenerator, { family: 'tree', determinism: 'bitwise' }],
  [copulaGenerator, { family: 'statistical', determinism: 'bitwise' }],
  [bayesianNetworkGenerator, { family: 'statistical', determinism: 'bitwise' }],
  [independentGenerator, { family: 'statistical', determinism: 'bitwise' }],
  [smoteGenerator, { family: 'augmentation', determinism: 'bitwise' }],
  [dpTreeGenerator, { family: 'statistical', determinism: 'statistical' }],
]);

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
 * Of the library's own generators the record states family, version, random engine and what a second run gives: the same
 * bits, but for `dpTreeGenerator`, whose noise never comes again, the same distribution. Of any other generator it states
 * what the caller says and no more. For rules that every row keeps see {@link constrainChoice}; for a table that another
 * tool made pass `outsideGenerator({ id, table })`.
 *
 * @param generator - Any {@link Generator}, for example `copulaGenerator`.
 * @param options - Its options. They go into the lineage record and must survive JSON; of a noise source its name is
 * recorded, and progress and abort signal are left out.
 * @param family - Family of methods for the lineage record. Default: `tree` for CART and adversarial forest, `augmentation`
 * for SMOTE, `statistical` for the library's others, else `other`.
 * @returns The choice to pass as `generator` to {@link govern}.
 * @example
 * chooseGenerator(cartGenerator, { minLeaf: 50 }).id; // => 'cart'
 * chooseGenerator(arfGenerator, { trees: 10 }).repeatable.determinism; // => 'bitwise'
 */
export function chooseGenerator<Options extends object, M extends Model>(
  generator: Generator<Options, M>,
  options: Options,
  family: LineageGenerator['type'] = OURS.get(generator)?.family ?? 'other',
): GeneratorChoice {
  const known = OURS.get(generator);
  return {
    id: generator.id,
    family,
    // Only the library's own generators are known to give equal bits everywhere; a caller's may not be.
    ...(known
      ? {
          version: `synthproof ${SYNTHPROOF_VERSION}`,
          repeatable: { prng: 'threefry4x32-20/1', determinism: known.determinism },
        }
      : {}),
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
