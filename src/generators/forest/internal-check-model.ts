import { SynthproofError } from '../../errors.ts';
import { missingCell } from './internal-draw.ts';
import type { ArfColumn, ArfModel, ArfTree } from './model-types.ts';

/** Refuses a model of another kind or version, or one whose arrays do not fit together. */
export function checkArfModel(model: ArfModel): void {
  if (model?.kind !== 'arf' || model.version !== 1)
    throw refuse(`expected kind "arf" version 1, received "${model?.kind}" version ${model?.version}`);
  const { columns, trees, digest } = model;
  if (!Array.isArray(columns) || !Array.isArray(trees) || typeof digest !== 'string' || trees.length === 0)
    throw refuse('expected the fields columns, trees (at least one) and digest');
  const rows = trees[0]!.rows?.length ?? 0;
  for (const column of columns) {
    const { role } = column;
    const wanted =
      role === 'modelled' ? rows : role === 'identifier' || role === 'kept' ? column.cells?.length && rows : 0;
    if (column.cells?.length !== wanted || !areBelow(column.cells, missingCell(column) + 1))
      throw refuse(`column "${column.name}": its cells do not fit`);
  }
  for (let t = 0; t < trees.length; t++) if (!isSound(trees[t]!, columns, rows)) throw refuse(`tree ${t} is damaged`);
}

function isSound(tree: ArfTree, columns: readonly ArfColumn[], rows: number): boolean {
  const { feature, split, right, unknownLeft, sets, leaves } = tree;
  const nodes = feature.length;
  const leafCount = leaves.length - 1;
  if (nodes === 0 || leafCount < 1 || split.length !== nodes || right.length !== nodes || unknownLeft.length !== nodes)
    return false;
  if (leaves[0] !== 0 || leaves[leafCount] !== rows || tree.rows.length !== rows || !areBelow(tree.rows, rows))
    return false;
  for (let leaf = 0; leaf < leafCount; leaf++) if (!(leaves[leaf]! < leaves[leaf + 1]!)) return false;
  for (let node = 0; node < nodes; node++) {
    const place = split[node]!;
    if (feature[node] === -1) {
      if (!Number.isInteger(place) || place < 0 || place >= leafCount) return false;
      continue;
    }
    const column = columns[feature[node]!];
    if (column === undefined || column.cells.length === 0 || !Number.isInteger(place) || place < 0) return false;
    // A child stands after its parent, so a walk always ends.
    if (!(right[node]! > node + 1 && right[node]! < nodes)) return false;
    if (column.values.length === 0 && place + (missingCell(column) >> 5) >= sets.length) return false;
  }
  return true;
}

function areBelow(values: readonly number[], limit: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value >= limit) return false;
  }
  return true;
}

function refuse(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of fitArf unchanged`, { argument: 'model' });
}
