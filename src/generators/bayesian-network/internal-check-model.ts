import { badModel, checkTables } from '../shared/internal-network.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import type { BayesianColumnModel, BayesianNetworkModel } from './model-types.ts';

/** Refuses a model of another kind or version, or one whose arrays do not fit together. */
export function checkBayesianNetwork(model: BayesianNetworkModel): void {
  if (model.kind !== 'bayesian-network' || model.version !== 1)
    throw badModel(`expected kind "bayesian-network" version 1, received "${model.kind}" version ${model.version}`);
  if (!Array.isArray(model.columns) || !Array.isArray(model.order) || typeof model.digest !== 'string')
    throw badModel('expected the fields columns, order and digest');
  const sizes = model.columns.map((column) => column.states);
  const drawn = new Set<number>();
  model.columns.forEach((column, position) => {
    if (column.role === 'kept') drawn.add(position);
  });
  for (const position of model.order) {
    const column = model.columns[position];
    if (column === undefined || drawn.has(position)) throw badModel(`order names column ${position} wrongly`);
    const needsTables = column.role === 'modelled' || (column.role === 'identifier' && column.missing);
    if (needsTables) checkTables(column.tables, column.name, column.states, sizes, drawn);
    if (needsTables && !statesFit(column))
      throw badModel(`the states of column "${column.name}" do not fit its values`);
    drawn.add(position);
  }
  if (drawn.size !== model.columns.length) throw badModel('order leaves out a column');
}

function statesFit(column: BayesianColumnModel): boolean {
  const { bins, counts, values, labels, missing, states } = column;
  const extra = missing ? 1 : 0;
  if (column.role === 'identifier') return states === 2;
  if (column.kind === 'boolean') return states === 2 + extra;
  if (!isNumericKind(column.kind)) return states === labels.length + extra;
  if (states !== bins.length - 1 + extra || counts.length !== values.length) return false;
  if (bins[0] !== 0 || bins.at(-1) !== values.length) return false;
  for (let b = 0; b + 1 < bins.length; b++) if (!(bins[b + 1]! > bins[b]!)) return false;
  return counts.every((count) => Number.isSafeInteger(count) && count > 0 && count <= 0x7fffffff);
}
