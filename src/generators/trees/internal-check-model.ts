import { SynthproofError } from '../../errors.ts';
import type { TreeBasedModel, TreeModel } from '../model-types.ts';

/** Refuses a model of another kind or version, or one whose arrays do not fit together. */
export function checkModel(model: TreeBasedModel, kind: string): void {
  if (model.kind !== kind || model.version !== 1)
    throw refuse(`expected kind "${kind}" version 1, received "${model.kind}" version ${model.version}`);
  if (!Array.isArray(model.columns) || !Array.isArray(model.order) || typeof model.digest !== 'string')
    throw refuse('expected the fields columns, order and digest');
  for (const position of model.order)
    if (model.columns[position] === undefined) throw refuse(`order names column ${position}, which is not there`);
  for (const column of model.columns) {
    if (column.missing) checkTree(column.missing, column.name, 2, model.columns.length);
    if (column.role !== 'modelled') continue;
    if (!column.value) throw refuse(`column "${column.name}" is modelled but has no tree`);
    const codes = column.values.length || column.labels.length || 2;
    checkTree(column.value, column.name, codes, model.columns.length);
  }
}

function checkTree(tree: TreeModel, name: string, codes: number, columns: number): void {
  const nodes = tree.feature.length;
  const leaves = tree.leaves.length - 1;
  let sound =
    nodes > 0 && tree.split.length === nodes && tree.right.length === nodes && tree.unknownLeft.length === nodes;
  sound = sound && tree.codes.length === tree.counts.length && tree.leaves[leaves] === tree.codes.length;
  for (let i = 0; i < nodes && sound; i++) {
    const feature = tree.feature[i]!;
    // A child stands after its parent, so a walk always ends.
    if (feature >= 0) sound = feature < columns && tree.right[i]! > i && tree.right[i]! < nodes && i + 1 < nodes;
    else sound = tree.split[i]! >= 0 && tree.split[i]! < leaves;
  }
  for (let i = 0; i < tree.codes.length && sound; i++)
    sound = tree.codes[i]! >= 0 && tree.codes[i]! < codes && tree.counts[i]! > 0;
  for (let i = 0; i < leaves && sound; i++) sound = tree.leaves[i]! < tree.leaves[i + 1]!;
  if (!sound) throw refuse(`a tree of column "${name}" is damaged`);
}

function refuse(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of the matching fit function unchanged`, {
    argument: 'model',
  });
}
