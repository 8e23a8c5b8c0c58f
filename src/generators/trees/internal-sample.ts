import { deriveKey } from '../../random/derive-key.ts';
import type { Column, Table } from '../../types.ts';
import type { PartialSampleOptions, TreeBasedModel } from '../model-types.ts';
import { keptColumns, readPredictor } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { constantColumn, identifierColumn, missingColumn, valueColumn } from '../shared/internal-output.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { checkSampleOptions } from '../shared/internal-uniform.ts';
import { type CompiledColumn, compileColumn, type DrawContext, drawMissing, drawValues } from './internal-draw.ts';

/** Draws rows of a tree-based model: a cell depends on the model, the seed, and its own row and column only. */
export function sampleTrees(model: TreeBasedModel, options: PartialSampleOptions, maxReuse: number = Infinity): Table {
  const { rows, seed } = options;
  const offset = checkSampleOptions(options);
  const kept = keptColumns(model, options.kept, offset, rows);
  const context: DrawContext = {
    key: deriveKey(seed, `${model.kind}/${model.version}/sample/${model.digest}`),
    offset,
    rows,
    numbers: null,
    predictors: model.columns.map(() => new Float64Array(0)),
    numeric: Uint8Array.from(model.columns, (column) => (isNumericKind(column.kind) ? 1 : 0)),
    maxReuse,
  };
  const out: Column[] = new Array(model.columns.length);
  for (const [position, real] of kept) {
    out[position] = real;
    context.predictors[position] = readPredictor(model.columns[position]!, real);
  }
  for (let step = 0; step < model.order.length; step++) {
    checkAbort(options.signal, 'sample');
    const position = model.order[step]!;
    out[position] = drawColumn(context, position, compileColumn(model.columns[position]!));
    options.onProgress?.({ stage: 'sample', done: step + 1, total: model.order.length });
  }
  return { rowCount: rows, columns: out };
}

/** Draws one column, and sets its predictor for the columns after it. */
export function drawColumn(context: DrawContext, position: number, compiled: CompiledColumn): Column {
  const { rows, offset, numbers } = context;
  const { column } = compiled;
  if (column.role === 'constant') return constantColumn(column, rows);
  if (column.role === 'allMissing') return missingColumn(column, rows);
  const absent = drawMissing(context, position, compiled);
  if (column.role === 'identifier') return identifierColumn(column, rows, offset, absent, numbers);
  const values = drawValues(context, position, compiled, absent);
  context.predictors[position] = values;
  return valueColumn(column, values, absent);
}
