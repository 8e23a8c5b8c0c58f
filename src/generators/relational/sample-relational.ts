import { deriveKey } from '../../random/derive-key.ts';
import { createTable } from '../../table/create-table.ts';
import { dropColumns } from '../../table/drop-columns.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Column, Table } from '../../types.ts';
import type { PartialSampleOptions, TreeBasedModel } from '../model-types.ts';
import { readPredictor } from '../shared/internal-kept.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { compileColumn } from '../trees/internal-draw.ts';
import { drawColumn } from '../trees/internal-sample.ts';
import { checkRelational } from './internal-check-relational.ts';
import { contextOf, type Drawn, drawChildren, rootColumns } from './internal-draw-children.ts';
import { keptParents } from './internal-kept-parents.ts';
import { helperNames } from './internal-names.ts';
import type { RelationalModel, RelationalSample } from './relational-types.ts';

/**
 * Draws parents of a model made by {@link fitRelational}, and all rows below them.
 *
 * Parent i, its children, and theirs depend only on the model, the seed and i: shards of parents give the same rows,
 * keys included. Every foreign key names a parent of the same sample.
 *
 * With `kept`, a table of parents with the source's columns, these are the parents: their cells stay as they are, keys
 * included, and the number of children and all rows below are drawn given them. That is partial synthesis when the
 * parents are real, and conditional sampling when they are chosen or made up. No refit is needed.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param options - Rows and offset count parents. See {@link PartialSampleOptions}.
 * @returns The tables, with the source's columns, kinds and order.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION`, `OUT_OF_RANGE` (numbers of rows below would pass 2^53),
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `LENGTH_MISMATCH`, `BAD_VALUE` (a `kept` table that does not fit, or whose keys are
 * missing or not unique), `BAD_TEXT`, `ABORTED`.
 * @example
 * const parent = fromColumns({ id: [1, 2, 3, 4], vip: [true, false, true, false] });
 * const child = fromColumns({ of: [1, 1, 2, 3, 3, 4], paid: [9, 9, 2, 9, 9, 2] });
 * const tables = [{ minLeaf: 1 }, { minLeaf: 1 }];
 * const model = fitRelational({ parent, child, key: 'id', foreignKey: 'of' }, { tables });
 * const sample = sampleRelational(model, { rows: 2, seed: 'demo' });
 * const ids = toRecords(sample.parent).map((row) => row.id);
 * toRecords(sample.child).every((row) => ids.includes(row.of)); // => true
 */
export function sampleRelational(model: RelationalModel, options: PartialSampleOptions): RelationalSample {
  checkRelational(model);
  const offset = checkSampleOptions(options);
  const root = model.tables[0]!;
  const kept = options.kept ? keptParents(model, options.kept, offset, options.rows) : null;
  let drawn: Drawn = drawParents(root, offset, options.rows, keyOf(model, 0, options.seed), kept);
  const done: Table[] = [];
  for (let level = 0; level < model.levels.length; level++) {
    options.onProgress?.({ stage: 'sample', done: level, total: model.levels.length });
    const next = drawChildren(model, level, drawn, keyOf(model, level + 1, options.seed), options);
    done.push(publicTable(drawn.table, model, level));
    drawn = next;
  }
  done.push(publicTable(drawn.table, model, model.levels.length));
  options.onProgress?.({ stage: 'sample', done: model.levels.length, total: model.levels.length });
  const [parent, child, ...below] = done;
  return { parent: parent!, child: child!, below };
}

function keyOf(model: RelationalModel, level: number, seed: string): Uint32Array {
  return deriveKey(seed, `relational/1/sample/${level}/${model.digest}`);
}

/** The source's columns in order: without the number of children. */
function publicTable(table: Table, model: RelationalModel, level: number): Table {
  const own = level === 0 ? null : model.levels[level - 1]!.columns;
  if (own !== null) return createTable(own.map((name) => getColumn(table, name)));
  const { children } = helperNames(rootColumns(model.tables[0]!));
  return dropColumns(table, [children]);
}

function drawParents(
  model: TreeBasedModel,
  offset: number,
  rows: number,
  key: Uint32Array,
  kept: readonly Column[] | null,
): Drawn {
  const numbers = Float64Array.from({ length: rows }, (_, i) => offset + i);
  const context = contextOf(model, key, numbers);
  const columns: Column[] = new Array(model.columns.length);
  kept?.forEach((real, position) => {
    columns[position] = real;
    context.predictors[position] = readPredictor(model.columns[position]!, real);
  });
  for (const position of model.order)
    columns[position] ??= drawColumn(context, position, compileColumn(model.columns[position]!));
  return { table: { rowCount: rows, columns }, numbers, kept: kept !== null };
}
