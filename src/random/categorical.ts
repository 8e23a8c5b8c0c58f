import type { Rng } from '../types.ts';
import type { AliasTable } from './alias-table.ts';
import { uniform } from './uniform.ts';
import { uniformInt } from './uniform-int.ts';

/**
 * One outcome, 0 to n - 1, with the weights that {@link aliasTable} prepared. An outcome of weight 0 never comes.
 *
 * @param rng - Source of words; three are drawn, more only when a bounded integer is rejected.
 * @param table - From {@link aliasTable}.
 * @example
 * categorical(createRng('demo'), aliasTable([0, 1, 0])); // => 1
 */
export function categorical(rng: Rng, table: AliasTable): number {
  const cell = uniformInt(rng, table.probability.length);
  return uniform(rng) < table.probability[cell]! ? cell : table.alias[cell]!;
}
