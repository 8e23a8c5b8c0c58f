import type { BoostedTree } from './boosted-trees-model.ts';
import type { BinnedFeatures } from './internal-bins.ts';

/** What bounds a tree. */
export interface GrowSettings {
  readonly maxLeaves: number;
  readonly minLeaf: number;
  readonly l2: number;
  readonly learningRate: number;
}

/** Buffers that every tree of a fit reuses. */
export interface GrowBuffers {
  /** Rows in node order: the rows of a node stand together. */
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly free: Float64Array[];
}

/** Buffers for so many rows. */
export function growBuffers(rows: number): GrowBuffers {
  const order = new Uint32Array(rows);
  const spare = new Uint32Array(rows);
  return { order, spare, gradients: new Float64Array(rows), hessians: new Float64Array(rows), free: [] };
}

/** A split must leave this much curvature on either side (scikit-learn's min_hessian_to_split). */
const MIN_HESSIAN = 1e-3;

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

interface Node {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly gradient: number;
  readonly hessian: number;
  histogram: Float64Array | null;
  split: Split | null;
}

/**
 * Grows one tree on gradients and hessians, best split first, and adds each leaf's value to the raw scores of its rows.
 * Definition and constants as in scikit-learn 1.2 (HistGradientBoosting): gain G^2/H, leaf value -rate G/(H + l2).
 */
export function growTree(
  data: BinnedFeatures,
  gradients: Float64Array,
  hessians: Float64Array,
  raw: Float64Array,
  buffers: GrowBuffers,
  settings: GrowSettings,
): BoostedTree {
  const { order, free } = buffers;
  const { rows, codes } = data;
  const feature: number[] = [];
  const threshold: number[] = [];
  const missingLeft: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  // Gradient, hessian and count of each bin.
  const size = 3 * data.offsets[codes.length]!;
  const addNode = (start: number, end: number, gradient: number, hessian: number): Node => {
    feature.push(-1);
    threshold.push(0);
    missingLeft.push(0);
    left.push(0);
    right.push(0);
    value.push(0);
    return { id: feature.length - 1, start, end, gradient, hessian, histogram: null, split: null };
  };
  const canSplit = (node: Node): boolean =>
    node.end - node.start >= 2 * settings.minLeaf && node.hessian >= MIN_HESSIAN;
  let gradientSum = 0;
  let hessianSum = 0;
  for (let i = 0; i < rows; i++) {
    order[i] = i;
    gradientSum += gradients[i]!;
    hessianSum += hessians[i]!;
  }
  const root = addNode(0, rows, gradientSum, hessianSum);
  const leaves: Node[] = [root];
  if (canSplit(root)) {
    root.histogram = free.pop() ?? new Float64Array(size);
    fillHistogram(root.histogram, data, gradients, hessians, buffers, root);
    root.split = bestSplit(data, root, settings);
  }
  while (leaves.length < settings.maxLeaves) {
    let at = -1;
    for (let k = 0; k < leaves.length; k++) {
      const gain = leaves[k]!.split?.gain ?? 0;
      if (gain > 0 && (at < 0 || gain > leaves[at]!.split!.gain)) at = k;
    }
    if (at < 0) break;
    const node = leaves[at]!;
    const split = node.split!;
    const middle = partition(data, buffers, node, split);
    const low = addNode(node.start, middle, split.leftGradient, split.leftHessian);
    const high = addNode(middle, node.end, node.gradient - split.leftGradient, node.hessian - split.leftHessian);
    const edges = data.thresholds[split.feature]!;
    feature[node.id] = split.feature;
    // The cut behind the last bin parts missing values from all others.
    threshold[node.id] = split.bin < edges.length ? edges[split.bin]! : Number.MAX_VALUE;
    missingLeft[node.id] = split.missingLeft ? 1 : 0;
    left[node.id] = low.id;
    right[node.id] = high.id;
    leaves[at] = low;
    leaves.push(high);
    const histogram = node.histogram!;
    node.histogram = null;
    if (leaves.length === settings.maxLeaves || (!canSplit(low) && !canSplit(high))) {
      free.push(histogram);
      continue;
    }
    // Only the smaller child is counted; the larger is what is left of the parent.
    const [small, large] = low.end - low.start <= high.end - high.start ? [low, high] : [high, low];
    const counted = free.pop() ?? new Float64Array(size);
    fillHistogram(counted, data, gradients, hessians, buffers, small);
    for (let k = 0; k < size; k++) histogram[k] = histogram[k]! - counted[k]!;
    for (const [child, sums] of [
      [small, counted],
      [large, histogram],
    ] as const) {
      child.histogram = sums;
      if (canSplit(child)) child.split = bestSplit(data, child, settings);
      if (child.split) continue;
      free.push(sums);
      child.histogram = null;
    }
  }
  for (const leaf of leaves) {
    const step = (-settings.learningRate * leaf.gradient) / (leaf.hessian + settings.l2 + 1e-15);
    value[leaf.id] = step;
    for (let k = leaf.start; k < leaf.end; k++) raw[order[k]!] = raw[order[k]!]! + step;
    if (leaf.histogram) free.push(leaf.histogram);
  }
  return { feature, threshold, missingLeft, left, right, value };
}

function fillHistogram(
  out: Float64Array,
  data: BinnedFeatures,
  gradients: Float64Array,
  hessians: Float64Array,
  buffers: GrowBuffers,
  node: Node,
): void {
  const { order, gradients: g, hessians: h } = buffers;
  const { start, end } = node;
  out.fill(0);
  // Gathered once per node: the features then read them in sequence.
  for (let k = start; k < end; k++) {
    const row = order[k]!;
    g[k] = gradients[row]!;
    h[k] = hessians[row]!;
  }
  for (let c = 0; c < data.codes.length; c++) {
    const codes = data.codes[c]!;
    const base = 3 * data.offsets[c]!;
    for (let k = start; k < end; k++) {
      const slot = base + 3 * codes[order[k]!]!;
      out[slot] = out[slot]! + g[k]!;
      out[slot + 1] = out[slot + 1]! + h[k]!;
      out[slot + 2] = out[slot + 2]! + 1;
    }
  }
}

function bestSplit(data: BinnedFeatures, node: Node, { minLeaf, l2 }: GrowSettings): Split | null {
  const histogram = node.histogram!;
  const total = node.end - node.start;
  const { gradient, hessian } = node;
  const parent = (gradient * gradient) / (hessian + l2 + 1e-15);
  let gain = 0;
  let feature = -1;
  let bin = 0;
  let missingLeft = false;
  let leftGradient = 0;
  let leftHessian = 0;
  for (let c = 0; c < data.codes.length; c++) {
    const base = 3 * data.offsets[c]!;
    const bins = data.thresholds[c]!.length + 1;
    const hasMissing = data.missing[c] === 1;
    let best = gain;
    let found = -1;
    let side = false;
    let bestGradient = 0;
    let bestHessian = 0;
    let bestCount = 0;
    // With missing values two passes: they go right, then left.
    for (let pass = 0; pass < (hasMissing ? 2 : 1); pass++) {
      const from = base + 3 * bins;
      let g = pass === 1 ? histogram[from]! : 0;
      let h = pass === 1 ? histogram[from + 1]! : 0;
      let n = pass === 1 ? histogram[from + 2]! : 0;
      const last = hasMissing && pass === 0 ? bins : bins - 1;
      for (let b = 0; b < last; b++) {
        const slot = base + 3 * b;
        const count = histogram[slot + 2]!;
        g += histogram[slot]!;
        h += histogram[slot + 1]!;
        n += count;
        // The cut after an empty bin is the one before it.
        if (n < minLeaf || (count === 0 && b > 0)) continue;
        if (total - n < minLeaf) break;
        const otherH = hessian - h;
        if (h < MIN_HESSIAN) continue;
        if (otherH < MIN_HESSIAN) break;
        const otherG = gradient - g;
        const now = (g * g) / (h + l2 + 1e-15) + (otherG * otherG) / (otherH + l2 + 1e-15) - parent;
        if (!(now > best)) continue;
        best = now;
        found = b;
        side = pass === 1;
        bestGradient = g;
        bestHessian = h;
        bestCount = n;
      }
    }
    if (found < 0) continue;
    gain = best;
    feature = c;
    bin = found;
    // Without missing values in training, one met later follows the larger side.
    missingLeft = hasMissing ? side : 2 * bestCount > total;
    leftGradient = bestGradient;
    leftHessian = bestHessian;
  }
  return feature < 0 ? null : { gain, feature, bin, missingLeft, leftGradient, leftHessian };
}

/** Puts the rows that go left first, each side in its order; returns where the right side begins. */
function partition(data: BinnedFeatures, buffers: GrowBuffers, node: Node, split: Split): number {
  const { order, spare } = buffers;
  const codes = data.codes[split.feature]!;
  const { bin, missingLeft } = split;
  const missing = data.thresholds[split.feature]!.length + 1;
  let at = node.start;
  let aside = 0;
  for (let k = node.start; k < node.end; k++) {
    const row = order[k]!;
    const code = codes[row]!;
    if (code === missing ? missingLeft : code <= bin) order[at++] = row;
    else spare[aside++] = row;
  }
  for (let k = 0; k < aside; k++) order[at + k] = spare[k]!;
  return at;
}
