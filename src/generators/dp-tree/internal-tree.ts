import { exponentialMechanism } from '../../dp/exponential-mechanism.ts';
import type { NoiseSource } from '../../dp/noise-source.ts';
import type { ConditionalTable } from '../shared/internal-network.ts';
import { countStates } from './internal-measure.ts';

/** A column as the tree sees it: grouped states of every row, and the estimated rows of each group. */
export interface TreeColumn {
  readonly states: Int32Array;
  readonly size: number;
  readonly margin: Float64Array;
}

/** Two columns joined by an edge, the lower position first. */
export type Edge = readonly [number, number];

/** Mean absolute value of a normal variable of variance 1. */
const MEAN_ABSOLUTE = 0.7978845608028654;

/**
 * Chooses a spanning tree edge by edge with the exponential mechanism, Kruskal's way: among the pairs that close no circle,
 * scored by how far their true table lies from the independent one (L1 distance, rows) less what the noise on their cells
 * will cost (McKenna et al. 2022, AIM). One row moves one cell of the true table by one and nothing else, so a score by at
 * most one: the estimates come from noisy counts.
 */
export function chooseTree(
  columns: readonly TreeColumn[],
  total: number,
  settings: { readonly epsilon: number; readonly sigma2: number; readonly maxCells: number },
  noise: NoiseSource,
  onStep: (done: number, of: number) => void,
): Edge[] {
  const candidates: { edge: Edge; score: number }[] = [];
  const cost = MEAN_ABSOLUTE * Math.sqrt(settings.sigma2);
  for (let a = 0; a < columns.length; a++)
    for (let b = a + 1; b < columns.length; b++) {
      const cells = columns[a]!.size * columns[b]!.size;
      if (cells > settings.maxCells) continue;
      const score = distanceFromIndependence(columns[a]!, columns[b]!, total) - Math.round(cost * cells);
      candidates.push({ edge: [a, b], score });
    }
  const part = columns.map((_, position) => position);
  const edges: Edge[] = [];
  for (;;) {
    const open = candidates.filter(({ edge: [a, b] }) => part[a] !== part[b]);
    if (open.length === 0) return edges;
    onStep(edges.length, columns.length - 1);
    const scores = open.map(({ score }) => score);
    const { edge } = open[exponentialMechanism(noise, scores, { epsilon: settings.epsilon })]!;
    edges.push(edge);
    const [to, from] = [part[edge[0]]!, part[edge[1]]!];
    for (let c = 0; c < part.length; c++) if (part[c] === from) part[c] = to;
  }
}

/** Sum of |true count - estimate| over the cells; estimates are whole numbers, so that the score is exact. */
function distanceFromIndependence(a: TreeColumn, b: TreeColumn, total: number): number {
  const counts = countStates(a.size, a.states, b);
  let distance = 0;
  for (let i = 0; i < a.size; i++)
    for (let j = 0; j < b.size; j++) {
      const estimate = Math.round((a.margin[i]! * b.margin[j]!) / total);
      distance += Math.abs(counts[i * b.size + j]! - estimate);
    }
  return distance;
}

/** One step of drawing: a column, and its edge to a parent drawn before it. */
export interface TreeStep {
  readonly child: number;
  readonly parent: number;
  /** Position of the edge in the list, -1 for a root. */
  readonly edge: number;
}

/** Orders the columns root to leaves, from the lowest position of each tree on. */
export function rootTree(columns: number, edges: readonly Edge[]): TreeStep[] {
  const steps: TreeStep[] = [];
  const seen = new Set<number>();
  for (let root = 0; root < columns; root++) {
    if (seen.has(root)) continue;
    seen.add(root);
    steps.push({ child: root, parent: -1, edge: -1 });
    for (let at = steps.length - 1; at < steps.length; at++) {
      const parent = steps[at]!.child;
      edges.forEach(([a, b], edge) => {
        const child = a === parent ? b : b === parent ? a : -1;
        if (child < 0 || seen.has(child)) return;
        seen.add(child);
        steps.push({ child, parent, edge });
      });
    }
  }
  return steps;
}

/** Weights below this share of a configuration's total are left out of the model. */
const LEAST_SHARE = 1e-9;

/** A table of weights as a conditional distribution: `weightOf(configuration, state)`. */
export function toConditional(
  parents: readonly number[],
  configurations: number,
  states: number,
  weightOf: (configuration: number, state: number) => number,
): ConditionalTable {
  const kept: number[] = [];
  const starts = [0];
  const codes: number[] = [];
  const weights: number[] = [];
  for (let c = 0; c < configurations; c++) {
    let total = 0;
    for (let s = 0; s < states; s++) total += weightOf(c, s);
    if (!(total > 0)) continue;
    kept.push(c);
    for (let s = 0; s < states; s++) {
      const weight = weightOf(c, s);
      if (!(weight > total * LEAST_SHARE)) continue;
      codes.push(s);
      weights.push(weight);
    }
    starts.push(codes.length);
  }
  return { parents, configurations: kept, starts, states: codes, weights };
}
