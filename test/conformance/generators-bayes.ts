import { prepareInformation } from '../../src/generators/bayesian-network/internal-information.ts';
import { searchNetwork } from '../../src/generators/bayesian-network/internal-structure.ts';
import type { FunctionTable } from './types.ts';

/** Pairwise mutual information and the maximum spanning tree over columns of codes. */
function chowLiu({ data }: { data: Readonly<Record<string, readonly (number | string)[]>> }): unknown {
  const names = Object.keys(data);
  const variables = names.map((name) => {
    const levels = [...new Set(data[name]!)].sort();
    return { codes: Int32Array.from(data[name]!, (value) => levels.indexOf(value)), size: Math.max(1, levels.length) };
  });
  const information = prepareInformation(variables, variables[0]!.codes.length);
  const all = names.map((_, position) => position);
  const pairs = all.flatMap((a) => all.slice(a + 1).map((b) => [a, b] as const));
  const steps = searchNetwork(information, all, [], {
    maxParents: 1,
    maxCells: Number.MAX_SAFE_INTEGER,
    parentCandidates: 1,
    score: 'plugIn',
    // Independent columns still get an edge: the reference's tree spans all of them.
    least: -1,
  });
  const edges = steps
    .filter(({ parents }) => parents.length > 0)
    .map(({ child, parents }) => [child, parents[0]!].sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  return {
    mutualInformation: pairs.map(([a, b]) => [names[a], names[b], information.plugIn(a, [b])]),
    edges: edges.map(([a, b]) => [names[a!], names[b!]]),
    total: edges.reduce((sum, [a, b]) => sum + information.plugIn(a!, [b!]), 0),
  };
}

export const generatorsBayesFunctions: FunctionTable = { chowLiu };
