import { parseTime } from './internal-time.ts';
import type { LineageAncestry } from './types.ts';

/** One dataset of a lineage graph. */
export interface LineageDagNode {
  /** Name, unique in the graph. */
  readonly id: string;
  /**
   * `real`: collected from the world. `unknown`: nobody knows. `generated`: made by a generator from its parents.
   * `merge`: parents put together. `transform`: one parent changed without a generator.
   */
  readonly kind: 'real' | 'unknown' | 'generated' | 'merge' | 'transform';
  /** What it was made from, with weights from 0 that sum to 1. */
  readonly parents: readonly {
    /** The parent's id. */
    readonly id: string;
    /** Its share, from 0. */
    readonly weight: number;
  }[];
  /** When it was made, RFC 3339 in UTC. */
  readonly generatedAt?: string | undefined;
}

/** How far one dataset is from real data. */
export interface LineageDagMetrics extends LineageAncestry {
  /** The dataset. */
  readonly id: string;
  /** Number of distinct datasets it comes from. */
  readonly ancestors: number;
  /** How many of those a generator made. */
  readonly syntheticAncestors: number;
}

/** What {@link lineageDagMetrics} found. */
export type LineageDagResult =
  | {
      /** The graph holds together. */
      readonly ok: true;
      /** Metrics in the order of the nodes. */
      readonly metrics: readonly LineageDagMetrics[];
    }
  | {
      /** The graph contradicts itself. */
      readonly ok: false;
      /** How. */
      readonly code: 'duplicate-id' | 'cycle' | 'missing-parent' | 'bad-weights' | 'no-parents' | 'time-order';
      /** At which dataset. */
      readonly id: string;
    };

/**
 * Depth and composition of every dataset of a lineage graph.
 *
 * Real data have depth 0. A generated dataset is one deeper than its parents (mean: by weight), a merge or a transform
 * as deep as they are. Where synthetic data replace their source, the mean depth grows by 1 a generation; where they
 * are added to it, like the harmonic numbers: the line between collapse and no collapse in the literature.
 * `syntheticFraction`, `realRootMass` and `unknownMass` are shares from 0 to 1. No recursion: chains of any length.
 *
 * @param nodes - Datasets in any order.
 * @returns Metrics, or the first contradiction: doubled ids; then per node parents that are itself or absent; then
 * cycles; then per node weights, absent parents, and parents younger than their child.
 * @example
 * const result = lineageDagMetrics([
 *   { id: 'census', kind: 'real', parents: [] },
 *   { id: 'synthetic', kind: 'generated', parents: [{ id: 'census', weight: 1 }] },
 *   { id: 'pool', kind: 'merge', parents: [{ id: 'census', weight: 0.5 }, { id: 'synthetic', weight: 0.5 }] },
 * ]);
 * result.ok && result.metrics[2]!.meanDepth; // => 0.5
 */
export function lineageDagMetrics(nodes: readonly LineageDagNode[]): LineageDagResult {
  const index = new Map<string, number>();
  for (let i = 0; i < nodes.length; i++) {
    if (index.has(nodes[i]!.id)) return { ok: false, code: 'duplicate-id', id: nodes[i]!.id };
    index.set(nodes[i]!.id, i);
  }
  for (const { id, parents } of nodes)
    for (const parent of parents) {
      if (parent.id === id) return { ok: false, code: 'cycle', id };
      if (!index.has(parent.id)) return { ok: false, code: 'missing-parent', id };
    }
  const parentsOf = nodes.map((node) => node.parents.map((parent) => index.get(parent.id)!));
  const order = topologicalOrder(parentsOf);
  if (order.length < nodes.length) {
    const sorted = new Set(order);
    return { ok: false, code: 'cycle', id: nodes.find((_node, i) => !sorted.has(i))!.id };
  }
  for (const node of nodes) {
    const code = nodeFault(node, nodes, index);
    if (code !== null) return { ok: false, code, id: node.id };
  }
  const result = new Array<LineageDagMetrics>(nodes.length);
  const stamps = new Int32Array(nodes.length).fill(-1);
  for (const i of order)
    result[i] = {
      ...composition(nodes[i]!, parentsOf[i]!, result),
      ...ancestorsOf(i, nodes, parentsOf, result, stamps),
    };
  return { ok: true, metrics: result };
}

function nodeFault(
  node: LineageDagNode,
  nodes: readonly LineageDagNode[],
  index: ReadonlyMap<string, number>,
): 'bad-weights' | 'no-parents' | 'time-order' | null {
  let sum = 0;
  for (const parent of node.parents) {
    if (!(parent.weight >= 0)) return 'bad-weights';
    sum += parent.weight;
  }
  if (node.parents.length === 0) return node.kind === 'merge' || node.kind === 'transform' ? 'no-parents' : null;
  if (Math.abs(sum - 1) > 1e-9) return 'bad-weights';
  const made = node.generatedAt === undefined ? null : parseTime(node.generatedAt);
  for (const parent of node.parents) {
    const time = nodes[index.get(parent.id)!]!.generatedAt;
    const before = time === undefined ? null : parseTime(time);
    if (made !== null && before !== null && before > made) return 'time-order';
  }
  return null;
}

/** Parents before children (Kahn); shorter than the list when there is a cycle. */
function topologicalOrder(parentsOf: readonly (readonly number[])[]): number[] {
  const waiting = parentsOf.map((parents) => parents.length);
  const children: number[][] = parentsOf.map(() => []);
  for (let i = 0; i < parentsOf.length; i++) for (const parent of parentsOf[i]!) children[parent]!.push(i);
  const order: number[] = [];
  for (let i = 0; i < waiting.length; i++) if (waiting[i] === 0) order.push(i);
  for (let at = 0; at < order.length; at++)
    for (const child of children[order[at]!]!) if (--waiting[child]! === 0) order.push(child);
  return order;
}

function composition(
  node: LineageDagNode,
  parents: readonly number[],
  known: readonly LineageDagMetrics[],
): LineageAncestry & { id: string } {
  const { id, kind } = node;
  const generated = kind === 'generated' ? 1 : 0;
  if (kind === 'real' || kind === 'unknown')
    return {
      id,
      maxDepth: 0,
      meanDepth: 0,
      syntheticFraction: 0,
      realRootMass: kind === 'real' ? 1 : 0,
      unknownMass: kind === 'real' ? 0 : 1,
    };
  if (parents.length === 0)
    return { id, maxDepth: 1, meanDepth: 1, syntheticFraction: 1, realRootMass: 0, unknownMass: 1 };
  let maxDepth = 0;
  let meanDepth = 0;
  let syntheticFraction = 0;
  let realRootMass = 0;
  let unknownMass = 0;
  for (let k = 0; k < parents.length; k++) {
    const parent = known[parents[k]!]!;
    const { weight } = node.parents[k]!;
    if ((weight > 0 || generated === 1) && parent.maxDepth > maxDepth) maxDepth = parent.maxDepth;
    meanDepth += weight * parent.meanDepth;
    syntheticFraction += weight * parent.syntheticFraction;
    realRootMass += weight * parent.realRootMass;
    unknownMass += weight * parent.unknownMass;
  }
  return {
    id,
    maxDepth: maxDepth + generated,
    meanDepth: meanDepth + generated,
    syntheticFraction: generated === 1 ? 1 : syntheticFraction,
    realRootMass,
    unknownMass,
  };
}

/** Size of the ancestor set, and how many of it are generated. */
function ancestorsOf(
  i: number,
  nodes: readonly LineageDagNode[],
  parentsOf: readonly (readonly number[])[],
  known: readonly LineageDagMetrics[],
  stamps: Int32Array,
): { ancestors: number; syntheticAncestors: number } {
  const parents = parentsOf[i]!;
  // When one parent has all the others among its own parents, its ancestors and itself are all there are: chains and
  // growing pools stay linear.
  const head = parents.find((parent) =>
    parents.every((other) => other === parent || parentsOf[parent]!.includes(other)),
  );
  if (head !== undefined) {
    const { ancestors, syntheticAncestors } = known[head]!;
    return {
      ancestors: ancestors + 1,
      syntheticAncestors: syntheticAncestors + (nodes[head]!.kind === 'generated' ? 1 : 0),
    };
  }
  const stack = [...parents];
  let ancestors = 0;
  let syntheticAncestors = 0;
  while (stack.length > 0) {
    const next = stack.pop()!;
    if (stamps[next] === i) continue;
    stamps[next] = i;
    ancestors++;
    if (nodes[next]!.kind === 'generated') syntheticAncestors++;
    for (const parent of parentsOf[next]!) stack.push(parent);
  }
  return { ancestors, syntheticAncestors };
}
