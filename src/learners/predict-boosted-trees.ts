import type { BoostedTree, BoostedTreesModel } from './boosted-trees-model.ts';
import { refuseModel, requireColumns } from './internal-check.ts';
import { softmax } from './internal-objectives.ts';
import { sigmoid } from './internal-sigmoid.ts';
import { addTree } from './internal-walk-tree.ts';

/**
 * What boosted trees say of rows.
 *
 * @param model - From {@link fitBoostedTrees}; a model read back from JSON is checked.
 * @param columns - The same features as in the fit, any number of rows; NaN = missing.
 * @returns Classification: one array per class with its probability per row. Regression: one array of predicted numbers.
 * @throws {@link SynthproofError} `BAD_MODEL`, `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * const model = fitBoostedTrees([Float64Array.of(1, 2)], [3, 5], { task: 'regression' });
 * predictBoostedTrees(model, [Float64Array.of(9)]); // => [[4]]
 */
export function predictBoostedTrees(model: BoostedTreesModel, columns: readonly Float64Array[]): Float64Array[] {
  checkModel(model);
  const rows = requireColumns(columns, { width: model.features, allowMissing: true });
  const raw = model.baseline.map((start) => new Float64Array(rows).fill(start));
  for (let t = 0; t < model.trees.length; t++) addTree(model.trees[t]!, columns, raw[t % raw.length]!);
  if (model.task === 'regression') return raw;
  if (model.classes > 2) return softmax(raw);
  const ones = raw[0]!.map(sigmoid);
  return [ones.map((p) => 1 - p), ones];
}

function checkModel(model: BoostedTreesModel): void {
  if (model.kind !== 'boosted-trees' || model.version !== 1)
    throw refuseModel('expected kind "boosted-trees" version 1');
  const { task, classes, baseline, trees, features } = model;
  const outputs = task === 'classification' && classes > 2 ? classes : 1;
  const fits = task === 'regression' ? classes === 0 : task === 'classification' && classes >= 2;
  if (!fits || !Array.isArray(baseline) || baseline.length !== outputs || !baseline.every((x) => Number.isFinite(x)))
    throw refuseModel('task, classes and baseline do not fit together');
  if (!Array.isArray(trees) || !Number.isInteger(features)) throw refuseModel('expected the fields trees and features');
  for (let t = 0; t < trees.length; t++) if (!isSound(trees[t]!, features)) throw refuseModel(`tree ${t} is damaged`);
}

function isSound(tree: BoostedTree, features: number): boolean {
  const parts = [tree.feature, tree.threshold, tree.missingLeft, tree.left, tree.right, tree.value];
  const nodes = Array.isArray(tree.feature) ? tree.feature.length : 0;
  if (nodes === 0 || !parts.every((part) => Array.isArray(part) && part.length === nodes)) return false;
  for (let i = 0; i < nodes; i++) {
    if (!parts.every((part) => Number.isFinite(part[i]))) return false;
    const feature = tree.feature[i]!;
    if (feature === -1) continue;
    if (!(Number.isInteger(feature) && feature >= 0 && feature < features)) return false;
    // A child stands after its parent, so a walk always ends.
    for (const child of [tree.left[i]!, tree.right[i]!])
      if (!(Number.isInteger(child) && child > i && child < nodes)) return false;
  }
  return true;
}
