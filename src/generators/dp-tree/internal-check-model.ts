import { badModel, checkTables } from '../shared/internal-network.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import type { DpColumnModel, DpTreeModel } from './model-types.ts';

/** Refuses a model of another kind or version, or one whose arrays do not fit together. */
export function checkDpTree(model: DpTreeModel): void {
  if (model.kind !== 'dp-tree' || model.version !== 1)
    throw badModel(`expected kind "dp-tree" version 1, received "${model.kind}" version ${model.version}`);
  if (!Array.isArray(model.columns) || !Array.isArray(model.order) || typeof model.digest !== 'string')
    throw badModel('expected the fields columns, order and digest');
  const sizes = model.columns.map((column) => column.size);
  const drawn = new Set<number>();
  for (const position of model.order) {
    const column = model.columns[position];
    if (column === undefined || drawn.has(position)) throw badModel(`order names column ${position} wrongly`);
    // An identifier that is kept has no states.
    if (column.role === 'modelled' || (column.role === 'kept' && column.size > 0)) {
      if (!groupsFit(column)) throw badModel(`the groups of column "${column.name}" do not fit its states`);
      checkTables(column.tables, column.name, column.size, sizes, drawn);
    }
    if (column.role !== 'modelled' && column.role !== 'kept' && column.role !== 'identifier')
      throw badModel(`column "${column.name}" has the role ${column.role}`);
    drawn.add(position);
  }
  if (drawn.size !== model.columns.length) throw badModel('order leaves out a column');
}

function groupsFit({ groups, weights, size, edges, labels, missing, kind }: DpColumnModel): boolean {
  if (![groups, weights, edges, labels].every(Array.isArray)) return false;
  const own = kind === 'boolean' ? 2 : isNumericKind(kind) ? edges.length - 1 : labels.length;
  if (groups.length !== own + (missing ? 1 : 0) || weights.length !== groups.length) return false;
  for (let e = 1; e < edges.length; e++) if (!(edges[e]! > edges[e - 1]!)) return false;
  // Every group needs a state that can be drawn.
  const filled = new Set<number>();
  for (let s = 0; s < groups.length; s++) {
    if (!(Number.isInteger(groups[s]) && groups[s]! >= 0 && groups[s]! < size)) return false;
    if (!(weights[s]! >= 0 && weights[s]! < 1e300)) return false;
    if (weights[s]! > 0) filled.add(groups[s]!);
  }
  return filled.size === size;
}
