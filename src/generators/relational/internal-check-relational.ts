import { SynthproofError } from '../../errors.ts';
import { checkModel } from '../trees/internal-check-model.ts';
import { helperNames } from './internal-names.ts';
import type { RelationalModel } from './relational-types.ts';

/** Refuses a model of another kind or version, or one whose parts do not fit together. */
export function checkRelational(model: RelationalModel): void {
  if (model.kind !== 'relational' || model.version !== 1)
    throw refuse(`expected kind "relational" version 1, received "${model.kind}" version ${model.version}`);
  if (!Array.isArray(model.tables) || !Array.isArray(model.levels) || typeof model.digest !== 'string')
    throw refuse('expected the fields tables, levels and digest');
  if (model.levels.length === 0 || model.tables.length !== model.levels.length + 1)
    throw refuse('expected one table more than levels');
  for (const table of model.tables) checkModel(table, 'relational-table');
  model.levels.forEach((level, at) => {
    const key = model.tables[at]!.columns.find((column) => column.name === level.key);
    if (key?.role !== 'identifier') throw refuse(`level ${at} names a key that its parent does not have`);
    if (!Array.isArray(level.columns) || !level.columns.includes(level.foreignKey))
      throw refuse(`level ${at} lacks its foreign key`);
    if (!Number.isSafeInteger(level.maxChildren) || level.maxChildren < 1)
      throw refuse(`level ${at} has no number of children`);
    const trees = model.tables[at + 1]!;
    const names = new Set(trees.columns.map((column) => column.name));
    for (const name of level.columns)
      if (name !== level.foreignKey && name !== level.orderBy && !names.has(name))
        throw refuse(`level ${at} has no trees of column "${name}"`);
    const helper = helperNames(level.columns.filter((name: string) => name !== level.foreignKey));
    if (level.orderBy !== null && !(names.has(helper.start) && names.has(helper.step)))
      throw refuse(`level ${at} has no trees of its order column`);
    if (at + 1 < model.levels.length && !names.has(helper.children)) throw refuse(`level ${at} has no child counts`);
  });
}

function refuse(what: string): SynthproofError {
  return new SynthproofError('BAD_MODEL', `model: ${what}; pass the result of fitRelational unchanged`, {
    argument: 'model',
  });
}
