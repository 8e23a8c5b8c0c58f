import { SynthproofError } from '../../errors.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import type { SmoteColumn, SmoteModel } from './smote-types.ts';

/** The cell that stands for missing. */
export function missingOf(column: SmoteColumn): number {
  if (column.role === 'identifier') return 1;
  if (column.kind === 'boolean') return 2;
  return isNumericKind(column.kind) ? column.values.length : column.labels.length;
}

/** Refuses a model of another kind or version, or one whose arrays do not fit together. */
export function checkSmoteModel(model: SmoteModel): void {
  if (model?.kind !== 'smote' || model.version !== 1)
    throw refuse(`expected kind "smote" version 1, received "${model?.kind}" version ${model?.version}`);
  const { columns, neighbours, k, digest } = model;
  if (!Array.isArray(columns) || !Array.isArray(neighbours) || typeof digest !== 'string')
    throw refuse('expected the fields columns, neighbours and digest');
  const rows = neighbours.length / k;
  if (!(Number.isInteger(k) && k > 0 && Number.isInteger(rows) && rows > k && areBelow(neighbours, rows)))
    throw refuse('its neighbours do not fit');
  for (const column of columns) {
    const { cells, modes, role } = column;
    const level = role === 'modelled' && !isNumericKind(column.kind);
    const wanted = role === 'modelled' ? rows : role === 'identifier' ? cells?.length && rows : 0;
    const limit = missingOf(column) + 1;
    const sound = cells?.length === wanted && areBelow(cells, limit);
    if (!sound || modes?.length !== (level ? rows : 0) || !areBelow(modes, limit))
      throw refuse(`column "${column.name}": its cells do not fit`);
    if (role === 'constant' && column.values.length + column.labels.length === 0)
      throw refuse(`column "${column.name}" is constant but has no value`);
    if (!column.values.every(Number.isFinite)) throw refuse(`column "${column.name}": its values are not finite`);
  }
}

function areBelow(values: readonly number[], limit: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isInteger(value) || value < 0 || value >= limit) return false;
  }
  return true;
}

function refuse(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of fitSmote unchanged`, {
    argument: 'model',
  });
}
