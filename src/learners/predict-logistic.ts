import type { LogisticModel } from './fit-logistic.ts';
import { refuseModel, requireColumns } from './internal-check.ts';
import { sigmoid } from './internal-sigmoid.ts';

/**
 * Probability of class 1 for each row, by a logistic model.
 *
 * @param model - From {@link fitLogistic}.
 * @param columns - The same features as in the fit, any number of rows.
 * @returns One probability per row, 0 to 1.
 * @throws {@link SynthproofError} `BAD_MODEL`, `LENGTH_MISMATCH`, `BAD_NUMBER`.
 * @example
 * const model = fitLogistic([Float64Array.of(-1, 1)], [0, 1]);
 * [...predictLogistic(model, [Float64Array.of(0)])]; // => [0.5]
 */
export function predictLogistic(model: LogisticModel, columns: readonly Float64Array[]): Float64Array {
  const { coefficients, intercept } = model;
  if (model.kind !== 'logistic' || model.version !== 1) throw refuseModel('expected kind "logistic" version 1');
  if (!Array.isArray(coefficients) || ![intercept, ...coefficients].every((w) => Number.isFinite(w)))
    throw refuseModel('expected finite coefficients');
  const rows = requireColumns(columns, { width: coefficients.length, allowMissing: false });
  const out = new Float64Array(rows).fill(intercept);
  for (let c = 0; c < columns.length; c++) {
    const values = columns[c]!;
    const weight = coefficients[c]!;
    if (weight !== 0) for (let i = 0; i < rows; i++) out[i] = out[i]! + weight * values[i]!;
  }
  return out.map(sigmoid);
}
