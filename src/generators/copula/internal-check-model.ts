import { SynthproofError } from '../../errors.ts';
import type { CopulaColumn, CopulaModel } from './copula-types.ts';

/** Refuses a model of another kind or version, or one whose parts do not fit together. */
export function checkCopulaModel(model: CopulaModel): void {
  if (model.kind !== 'copula' || model.version !== 1)
    throw refuse(`expected kind "copula" version 1, received "${model.kind}" version ${model.version}`);
  if (!Array.isArray(model.columns) || !Array.isArray(model.correlation) || typeof model.digest !== 'string')
    throw refuse('expected the fields columns, correlation and digest');
  const size = Math.round(Math.sqrt(model.correlation.length));
  if (size * size !== model.correlation.length) throw refuse('its correlations form no square');
  if (!(Number.isSafeInteger(model.rows) && model.rows > 0))
    throw refuse(`expected rows above 0, received ${model.rows}`);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const r = model.correlation[i * size + j]!;
      const sound = i === j ? r === 1 : Math.abs(r) <= 1 && r === model.correlation[j * size + i];
      if (!sound) throw refuse(`entry (${i}, ${j}) of its correlations is damaged`);
    }
  const taken = new Uint8Array(size);
  const take = (latent: number, name: string): void => {
    if (!(Number.isInteger(latent) && latent >= 0 && latent < size && taken[latent] === 0))
      throw refuse(`column "${name}" names latent variable ${latent}, which is not there or is another's`);
    taken[latent] = 1;
  };
  for (const column of model.columns) {
    if (column.role === 'modelled' || (column.role === 'kept' && column.latent !== -1)) {
      take(column.latent, column.name);
      checkMarginal(column);
    } else if (column.latent !== -1 || column.marginal !== null)
      throw refuse(`column "${column.name}" is not modelled but has a marginal`);
    if (column.missingLatent === -1) continue;
    take(column.missingLatent, column.name);
    if (!(Number.isInteger(column.missingRows) && column.missingRows > 0 && column.missingRows <= model.rows))
      throw refuse(`column "${column.name}" has ${column.missingRows} missing rows of ${model.rows}`);
  }
  if (taken.includes(0)) throw refuse('a latent variable belongs to no column');
}

function checkMarginal({ name, kind, labels, marginal }: CopulaColumn): void {
  const levels = kind === 'category' || kind === 'boolean';
  let sound = marginal !== null && (marginal.kind === 'levels') === levels;
  if (marginal?.kind === 'normal') sound = sound && Number.isFinite(marginal.mean) && marginal.deviation > 0;
  else if (marginal) {
    const { ends } = marginal;
    sound = sound && Array.isArray(ends) && ends.length > 0;
    for (let k = 0; sound && k < ends.length; k++) sound = Number.isInteger(ends[k]) && ends[k]! > (ends[k - 1] ?? 0);
    if (marginal.kind === 'levels') {
      const codes = kind === 'boolean' ? 2 : labels.length;
      sound = sound && marginal.codes.length === ends.length && new Set(marginal.codes).size === ends.length;
      sound = sound && marginal.codes.every((code) => Number.isInteger(code) && code >= 0 && code < codes);
    } else {
      const { low, high } = marginal;
      sound = sound && low.length === ends.length && high.length === ends.length;
      for (let k = 0; sound && k < ends.length; k++)
        sound =
          Number.isFinite(low[k]) &&
          Number.isFinite(high[k]) &&
          low[k]! <= high[k]! &&
          low[k]! >= (high[k - 1] ?? -Infinity);
    }
  }
  if (!sound) throw refuse(`the marginal of column "${name}" is damaged`);
}

function refuse(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of fitCopula unchanged`, {
    argument: 'model',
  });
}
