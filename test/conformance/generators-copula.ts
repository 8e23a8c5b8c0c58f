import { fitCopula } from '../../src/generators/copula/fit-copula.ts';
import { levelIntervals } from '../../src/generators/copula/level-intervals.ts';
import { categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import type { FunctionTable } from './types.ts';

/** Correlation of a copula over normal marginals. */
function gaussianCopulaFitGaussianMarginals({ columns }: { columns: Record<string, number[]> }): unknown {
  const names = Object.keys(columns);
  const table = createTable(names.map((name) => numberColumn(name, columns[name]!)));
  const { correlation } = fitCopula(table, { marginal: 'normal', minCell: 1 });
  return {
    columns: names,
    correlation: names.map((_, i) => correlation.slice(i * names.length, (i + 1) * names.length)),
  };
}

/** Intervals of categories in order of first appearance. */
function uniformEncoderIntervals({ column }: { column: (string | null)[] }): unknown {
  const intervals = levelIntervals(categoryColumn('column', column), { order: 'appearance' });
  return Object.fromEntries(intervals.map(({ label, lower, upper }) => [String(label), [lower, upper]]));
}

/** Oracle functions of the Gaussian copula. */
export const generatorsCopulaFunctions: FunctionTable = { gaussianCopulaFitGaussianMarginals, uniformEncoderIntervals };
