import { SynthproofError } from '../../errors.ts';
import { cellWords, fraction } from './internal-uniform.ts';

/** Distribution of a column's states given the states of its parents: only parent configurations that occurred are stored. */
export interface ConditionalTable {
  /** Positions of the parents in the model's columns; empty for the column's own distribution. */
  readonly parents: readonly number[];
  /** Parent configurations in ascending order: the parents' states as digits, the first parent's the most significant; [0] without parents. */
  readonly configurations: readonly number[];
  /** Per configuration, and once more at the end: where its entries of `states` and `weights` start. */
  readonly starts: readonly number[];
  /** States that can be drawn, ascending within a configuration. */
  readonly states: readonly number[];
  /** Weight of each state, above 0; a configuration's need not sum to 1. */
  readonly weights: readonly number[];
}

/** Largest number of parent configurations that a table can be asked for. */
const MOST_CONFIGURATIONS = 4_194_304;

/** What all draws of one sample share. */
export interface StateDraws {
  /** Four key words, made from the seed and the model's digest. */
  readonly key: Uint32Array;
  /** Index of the first row. */
  readonly offset: number;
  /** Number of rows. */
  readonly rows: number;
  /** States of the columns drawn or read so far, by position; a state outside 0 to size - 1 is unknown. */
  readonly states: Int32Array[];
  /** Number of states of each column. */
  readonly sizes: readonly number[];
}

/** A {@link ConditionalTable} ready to be looked up. */
export interface CompiledTable {
  readonly parents: readonly number[];
  /** Per configuration its number in `starts`, or -1. */
  readonly slot: Int32Array;
  readonly starts: Int32Array;
  readonly states: Int32Array;
  /** Running sum of the weights within each configuration. */
  readonly running: Float64Array;
}

/** Number of parent configurations. */
export function configurationCount(parents: readonly number[], sizes: readonly number[]): number {
  let count = 1;
  for (const parent of parents) count *= sizes[parent]!;
  return count;
}

/**
 * Draws the states of one column. `tables` go from most parents to none: a row whose parent states never occurred
 * together falls back to the next table. The second uniform of each cell goes to `spread`, for a value within the state.
 */
export function drawStates(
  draws: StateDraws,
  position: number,
  tables: readonly ConditionalTable[],
  spread: Float64Array,
): Int32Array {
  const { key, offset, rows, states } = draws;
  const compiled = tables.map((table) => compileTable(table, draws.sizes));
  const out = new Int32Array(rows);
  const words = new Uint32Array(4);
  for (let i = 0; i < rows; i++) {
    cellWords(key, 0, position, offset + i, words);
    let at = 0;
    let slot = slotOf(compiled[0]!, states, draws.sizes, i);
    while (slot < 0) slot = slotOf(compiled[++at]!, states, draws.sizes, i);
    const table = compiled[at]!;
    out[i] = pick(table, slot, fraction(words[0]!, words[1]!));
    spread[i] = fraction(words[2]!, words[3]!);
  }
  return out;
}

/** Makes a table ready. */
export function compileTable(table: ConditionalTable, sizes: readonly number[]): CompiledTable {
  const slot = new Int32Array(configurationCount(table.parents, sizes)).fill(-1);
  for (let c = 0; c < table.configurations.length; c++) slot[table.configurations[c]!] = c;
  const starts = Int32Array.from(table.starts);
  const running = Float64Array.from(table.weights);
  for (let c = 0; c + 1 < starts.length; c++)
    for (let e = starts[c]! + 1; e < starts[c + 1]!; e++) running[e]! += running[e - 1]!;
  return { parents: table.parents, slot, starts, states: Int32Array.from(table.states), running };
}

function slotOf(table: CompiledTable, states: readonly Int32Array[], sizes: readonly number[], row: number): number {
  const { parents } = table;
  let configuration = 0;
  for (let p = 0; p < parents.length; p++) {
    const size = sizes[parents[p]!]!;
    const state = states[parents[p]!]![row]!;
    if (state < 0 || state >= size) return -1;
    configuration = configuration * size + state;
  }
  return table.slot[configuration]!;
}

function pick(table: CompiledTable, slot: number, u: number): number {
  const { starts, running } = table;
  let low = starts[slot]!;
  let high = starts[slot + 1]! - 1;
  const target = u * running[high]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! <= target) low = middle + 1;
    else high = middle;
  }
  return table.states[low]!;
}

/** Refuses tables of a model read back from elsewhere that could not be drawn from. `drawn` holds the columns whose states are known by then. */
export function checkTables(
  tables: readonly ConditionalTable[],
  name: string,
  states: number,
  sizes: readonly number[],
  drawn: ReadonlySet<number>,
): void {
  let sound = Array.isArray(tables) && tables.length > 0 && tables.at(-1)?.parents.length === 0;
  for (let t = 0; sound && t < tables.length; t++) sound = isSound(tables[t]!, states, sizes, drawn);
  if (!sound) throw badModel(`a table of column "${name}" is damaged`);
}

function isSound(
  table: ConditionalTable,
  states: number,
  sizes: readonly number[],
  drawn: ReadonlySet<number>,
): boolean {
  const { parents, configurations, starts } = table;
  if (![parents, configurations, starts, table.states, table.weights].every(Array.isArray)) return false;
  if (!parents.every((parent) => drawn.has(parent))) return false;
  const count = configurationCount(parents, sizes);
  const entries = table.states.length;
  if (!(count <= MOST_CONFIGURATIONS) || table.weights.length !== entries) return false;
  if (configurations.length === 0 || starts.length !== configurations.length + 1) return false;
  if (starts[0] !== 0 || starts.at(-1) !== entries || (parents.length === 0 && configurations[0] !== 0)) return false;
  for (let c = 0; c < configurations.length; c++) {
    const configuration = configurations[c]!;
    if (!Number.isInteger(configuration) || configuration < 0 || configuration >= count) return false;
    if (!Number.isInteger(starts[c + 1]) || starts[c + 1]! <= starts[c]!) return false;
  }
  for (let e = 0; e < entries; e++) {
    const state = table.states[e]!;
    const weight = table.weights[e]!;
    if (!(Number.isInteger(state) && state >= 0 && state < states && weight > 0 && weight < 1e300)) return false;
  }
  return true;
}

/** The error of a model that its fit function did not make. */
export function badModel(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of the matching fit function unchanged`, {
    argument: 'model',
  });
}
