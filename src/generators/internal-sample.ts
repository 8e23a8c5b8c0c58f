import { SynthproofError } from '../errors.ts';
import { deriveKey } from '../random/derive-key.ts';
import type { Column, JobOptions, SampleOptions, Table } from '../types.ts';
import { type DrawContext, drawMissing, drawValues } from './internal-draw.ts';
import { keptColumns, readPredictor } from './internal-kept.ts';
import { checkAbort, checkWhole } from './internal-options.ts';
import { constantColumn, identifierColumn, missingColumn, valueColumn } from './internal-output.ts';
import type { ColumnModel, TreeBasedModel } from './model-types.ts';

/** Draws rows of a tree-based model: a cell depends on the model, the seed, and its own row and column only. */
export function sampleTrees(
  model: TreeBasedModel,
  options: SampleOptions & JobOptions & { readonly kept?: Table | undefined },
): Table {
  const { rows, seed, offset = 0 } = options;
  checkWhole('rows', rows, 0);
  checkWhole('offset', offset, 0);
  if (!Number.isSafeInteger(offset + rows))
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `offset: expected offset + rows below 2^53, received ${offset} + ${rows}; use smaller row numbers`,
      { argument: 'offset' },
    );
  const kept = keptColumns(model, options.kept, offset, rows);
  const context: DrawContext = {
    key: deriveKey(seed, `${model.kind}/${model.version}/sample/${model.digest}`),
    offset,
    rows,
    predictors: model.columns.map(() => new Float64Array(0)),
    numeric: Uint8Array.from(model.columns, isNumeric),
  };
  const out: Column[] = new Array(model.columns.length);
  for (const [position, real] of kept) {
    out[position] = real;
    context.predictors[position] = readPredictor(model.columns[position]!, real);
  }
  for (let step = 0; step < model.order.length; step++) {
    checkAbort(options.signal, 'sample');
    const position = model.order[step]!;
    out[position] = drawColumn(context, position, model.columns[position]!);
    options.onProgress?.({ stage: 'sample', done: step + 1, total: model.order.length });
  }
  return { rowCount: rows, columns: out };
}

function drawColumn(context: DrawContext, position: number, column: ColumnModel): Column {
  const { rows, offset } = context;
  if (column.role === 'constant') return constantColumn(column, rows);
  if (column.role === 'allMissing') return missingColumn(column, rows);
  const absent = drawMissing(context, position, column);
  if (column.role === 'identifier') return identifierColumn(column, rows, offset, absent);
  const values = drawValues(context, position, column, absent);
  context.predictors[position] = values;
  return valueColumn(column, values, absent);
}

function isNumeric(column: ColumnModel): number {
  return column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime' ? 1 : 0;
}
