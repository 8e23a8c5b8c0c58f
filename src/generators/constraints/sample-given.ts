import { SynthproofError } from '../../errors.ts';
import type { Cell, Generator, JobOptions, Model, SampleOptions, Table } from '../../types.ts';
import { checkNames, checkWhole } from '../shared/internal-options.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import type { FixedCombinationsConstraint } from './constraint-types.ts';
import { attemptSeed, drawConstrained } from './internal-draw-rows.ts';
import { combinationKey } from './internal-rules.ts';

/** Options of {@link sampleGiven}. */
export interface SampleGivenOptions extends SampleOptions, JobOptions {
  /** Cells that every row must hold: labels, numbers, booleans, datetimes as epoch milliseconds; null asks for a missing cell. */
  readonly given: Readonly<Record<string, Cell>>;
  /** Most draws per row, the first included. Default 1000. */
  readonly maxTries?: number | undefined;
}

/**
 * Conditional sampling of any generator, ours or a caller's: rows are drawn until they hold the given cells. The rows have
 * exactly the generator's distribution given these cells.
 *
 * For cells that are frequent enough to wait for: labels, flags, heaped numbers. CART, the copula and the forest have
 * samplers of their own that wait for nothing. Attempt t of row i is row i under the seed of attempt t, so row i depends
 * only on (model, seed, i) and shards agree.
 *
 * @param generator - The generator that made the model.
 * @param model - Its model.
 * @param options - See {@link SampleGivenOptions}.
 * @returns A table in which every row holds the given cells.
 * @throws {@link SynthproofError} `CONSTRAINT_UNMET` with the acceptance rate when a row finds none within `maxTries`: never
 * a shorter table; `BAD_OPTION`, `UNKNOWN_COLUMN`, `OUT_OF_RANGE`, `ABORTED`, and what the generator's `sample` throws.
 * @example
 * const source = fromColumns({ sex: ['F', 'M', 'F', 'M'], pay: [1, 2, 1, 2] });
 * const model = fitBayesianNetwork(source, { minBin: 1, rareLevelMin: 0 });
 * toRecords(sampleGiven(bayesianNetworkGenerator, model, { given: { sex: 'F' }, rows: 2, seed: 'demo' })); // => [{ sex: 'F', pay: 1 }, { sex: 'F', pay: 1 }]
 */
export function sampleGiven<Options, M extends Model>(
  generator: Generator<Options, M>,
  model: M,
  options: SampleGivenOptions,
): Table {
  // Kept columns and whatever else the generator takes are passed on; progress is told once per round.
  const { given, maxTries = 1000, onProgress: _, ...passed } = options;
  const { rows, seed } = options;
  checkWhole('maxTries', maxTries, 1);
  const offset = checkSampleOptions(options);
  const columns = Object.keys(given);
  if (columns.length === 0)
    throw new SynthproofError('BAD_OPTION', 'given: expected at least one cell, received none; sample without it', {
      argument: 'given',
    });
  checkNames('given', generator.sample(model, { ...passed, rows: 0, offset: 0 }), columns);
  const cells = columns.map((name) => given[name]!);
  const constraint: FixedCombinationsConstraint = {
    kind: 'fixedCombinations',
    columns,
    allowed: [cells],
    name: columns.map((name, k) => `${name} = ${String(cells[k])}`).join(', '),
  };
  const draw = (attempt: number, from: number, count: number) => {
    const sampling = { ...passed, rows: count, seed: attemptSeed(seed, attempt), offset: from };
    return { table: generator.sample(model, sampling), bad: new Uint8Array(count) };
  };
  const allowed = [new Set([combinationKey(cells)])];
  const plan = { argument: 'given', constraints: [constraint], allowed, maxTries, draw } as const;
  return drawConstrained(plan, offset, rows, options);
}
