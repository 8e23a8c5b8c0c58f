import type { ConditionalTable } from '../shared/internal-network.ts';
import type { Variable } from './internal-information.ts';

/** Counts a variable's states for each parent configuration that occurs; `smoothing` rows are added to every state of those. */
export function countTable(
  child: Variable,
  parents: readonly Variable[],
  positions: readonly number[],
  smoothing: number,
): ConditionalTable {
  const { size } = child;
  const rows = child.codes.length;
  let count = 1;
  for (const parent of parents) count *= parent.size;
  const cells = new Int32Array(count * size);
  for (let i = 0; i < rows; i++) {
    let configuration = 0;
    for (let p = 0; p < parents.length; p++) configuration = configuration * parents[p]!.size + parents[p]!.codes[i]!;
    cells[configuration * size + child.codes[i]!]!++;
  }
  const configurations: number[] = [];
  const starts = [0];
  const states: number[] = [];
  const weights: number[] = [];
  for (let configuration = 0; configuration < count; configuration++) {
    const row = cells.subarray(configuration * size, (configuration + 1) * size);
    if (row.every((cell) => cell === 0)) continue;
    configurations.push(configuration);
    for (let state = 0; state < size; state++) {
      const weight = row[state]! + smoothing;
      if (weight <= 0) continue;
      states.push(state);
      weights.push(weight);
    }
    starts.push(states.length);
  }
  return { parents: positions, configurations, starts, states, weights };
}
