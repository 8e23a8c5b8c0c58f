import { log } from '../math/log.ts';
import { createLabelPrf, type LabelPrf } from './internal-prf.ts';
import type { TableMarkColumn, TableMarkPlan } from './table-mark-plan.ts';

/** Largest product of context cardinalities: a context's mixed-radix code must be an exact double. */
const MOST_CODES = 9007199254740992;
const BASE_BITS = 6;

/** One region of a carrier with its own context columns. */
export interface MarkBlock {
  /** Start of every label of the block: `ctx|column|channel|block|`. */
  readonly stem: string;
  /** Positions of the context columns in the plan, in the keyed order. */
  readonly contexts: readonly number[];
  /** Number of context codes of each. */
  readonly cardinalities: readonly number[];
  /** Share of the reference in each context code of each. */
  readonly shares: readonly Float64Array[];
  /** Product of the cardinalities. */
  readonly codes: number;
}

/** One carrier at one resolution. */
export interface MarkChannel {
  /** Position of the carrier in the plan. */
  readonly column: number;
  /** Bins in each block. */
  readonly bins: number;
  /** Block of each base bin or level. */
  readonly blockOf: Int16Array;
  /** Bin inside the block of each base bin or level. */
  readonly binOf: Int16Array;
  /** Share of the reference in each bin: block x bins + bin. */
  readonly shares: Float64Array;
  /** The blocks. */
  readonly blocks: readonly MarkBlock[];
}

/** Lays the plan's units out under a layout key: which columns give context where. */
export function layoutChannels(plan: TableMarkPlan, layoutKey: Uint8Array): readonly MarkChannel[] {
  const prf = createLabelPrf(layoutKey);
  const { parameters } = plan;
  const contextBits = bitsOf(parameters.contextLevels);
  const contexts = plan.columns.map((column) => contextOf(column, contextBits));
  const blockAt = (position: number, channel: number, block: number): MarkBlock =>
    layoutBlock(plan, prf, contexts, position, `${plan.columns[position]!.id}|${channel}|${block}|`);
  const channels: MarkChannel[] = [];
  plan.columns.forEach((column, position) => {
    if (column.role !== 'carrier') return;
    if (column.coding === 'level') {
      const bins = column.labels!.length;
      channels.push({
        column: position,
        bins,
        blockOf: new Int16Array(bins),
        binOf: Int16Array.from({ length: bins }, (_, bin) => bin),
        shares: contexts[position]!.shares,
        blocks: [blockAt(position, 0, 0)],
      });
      return;
    }
    parameters.channelBins.forEach((levels, channel) => {
      // Levels of all grids are leading bits of the level on the base grid, so blocks nest in context levels.
      const bits = bitsOf(levels);
      const bins = 1 << (bits - contextBits);
      const blocks: MarkBlock[] = [];
      for (let block = 0; block < parameters.contextLevels; block++) blocks.push(blockAt(position, channel, block));
      channels.push({
        column: position,
        bins,
        blockOf: Int16Array.from(column.levels!, (level) => level >> (BASE_BITS - contextBits)),
        binOf: Int16Array.from(column.levels!, (level) => (level >> (BASE_BITS - bits)) & (bins - 1)),
        shares: sharesOf(column, levels, (level) => level >> (BASE_BITS - bits)),
        blocks,
      });
    });
  });
  if (parameters.channelMax === null || channels.length <= parameters.channelMax) return channels;
  const kept = keyedOrder(prf, 'channels|', channels.length).slice(0, parameters.channelMax);
  return kept.sort((a, b) => a - b).map((index) => channels[index]!);
}

/** Shift from a level on the base grid to a context level. */
export function contextShift(plan: TableMarkPlan): number {
  return BASE_BITS - bitsOf(plan.parameters.contextLevels);
}

/** What a column offers as context. */
interface ContextColumn {
  readonly shares: Float64Array;
  /** Nats; a locked column has none. */
  readonly entropy: number;
}

function contextOf(column: TableMarkColumn, contextBits: number): ContextColumn {
  if (column.role === 'locked') return { shares: new Float64Array(0), entropy: 0 };
  const shares =
    column.coding === 'level'
      ? sharesOf(column, column.labels!.length, (code) => code)
      : sharesOf(column, 1 << contextBits, (level) => level >> (BASE_BITS - contextBits));
  let entropy = 0;
  for (const share of shares) if (share > 0) entropy -= share * log(share);
  return { shares, entropy };
}

/** Shares of the reference by a coarsening of the column's levels. */
function sharesOf(column: TableMarkColumn, size: number, coarsen: (level: number) => number): Float64Array {
  const counts = column.counts!;
  const shares = new Float64Array(size);
  let total = 0;
  for (const count of counts) total += count;
  counts.forEach((count, bin) => {
    const at = coarsen(column.coding === 'level' ? bin : column.levels![bin]!);
    shares[at] = shares[at]! + count / total;
  });
  return shares;
}

function layoutBlock(
  plan: TableMarkPlan,
  prf: LabelPrf,
  columns: readonly ContextColumn[],
  position: number,
  place: string,
): MarkBlock {
  const target = log(plan.parameters.contextTarget);
  const contexts: number[] = [];
  const cardinalities: number[] = [];
  const shares: Float64Array[] = [];
  let codes = 1;
  let entropy = 0;
  for (const other of keyedOrder(prf, `order|${place}`, plan.columns.length)) {
    if (entropy >= target || contexts.length >= plan.parameters.contextMax) break;
    const column = columns[other]!;
    const cardinality = column.shares.length;
    if (other === position || cardinality === 0 || codes * cardinality > MOST_CODES) continue;
    contexts.push(other);
    cardinalities.push(cardinality);
    shares.push(column.shares);
    codes *= cardinality;
    entropy += column.entropy;
  }
  return { stem: `ctx|${place}`, contexts, cardinalities, shares, codes };
}

/** The numbers 0 .. count-1 in an order that only the key decides. */
function keyedOrder(prf: LabelPrf, stem: string, count: number): number[] {
  const digest = new Uint8Array(32);
  const words: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = (i & 7) * 4;
    if (at === 0) prf.fillDigest(digest, stem + (i >> 3));
    words.push(((digest[at]! << 24) | (digest[at + 1]! << 16) | (digest[at + 2]! << 8) | digest[at + 3]!) >>> 0);
  }
  return words.map((_, i) => i).sort((a, b) => words[a]! - words[b]! || a - b);
}

function bitsOf(powerOfTwo: number): number {
  return 31 - Math.clz32(powerOfTwo);
}
