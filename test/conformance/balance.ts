import { entropyBalance, rake } from '../../src/stats/index.ts';
import type { FunctionTable } from './types.ts';

type Nested = number | readonly Nested[];

const flat = (cells: Nested): number[] => (typeof cells === 'number' ? [cells] : cells.flatMap(flat));

const shapeOf = (cells: Nested): number[] =>
  typeof cells === 'number' ? [] : [cells.length, ...shapeOf(cells[0] ?? 0)].slice(0, depth(cells));

const depth = (cells: Nested): number => (typeof cells === 'number' ? 0 : 1 + depth(cells[0] ?? 0));

function nest(cells: Float64Array, shape: readonly number[]): Nested {
  if (shape.length === 1) return [...cells];
  const size = cells.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) => nest(cells.slice(i * size, (i + 1) * size), shape.slice(1)));
}

const columnsOf = (rows: readonly (readonly number[])[]): number[][] =>
  rows[0]!.map((_, j) => rows.map((row) => row[j]!));

/** Raking and entropy balancing. */
export const balanceFunctions: FunctionTable = {
  ipf: (input) => {
    const { seed, axes, margins } = input as { seed: Nested; axes: number[][]; margins: Nested[] };
    const shape = shapeOf(seed);
    const wanted = margins.map((totals, m) => ({ axes: axes[m]!, totals: flat(totals) }));
    return nest(rake(flat(seed), shape, wanted).cells, shape);
  },
  iterativeProportionalFitting: (input) => {
    const { table, rowTargets, colTargets } = input as {
      table: number[][];
      rowTargets: number[];
      colTargets: number[];
    };
    const shape = [table.length, table[0]!.length];
    const wanted = [
      { axes: [0], totals: rowTargets },
      { axes: [1], totals: colTargets },
    ];
    return nest(rake(flat(table), shape, wanted).cells, shape);
  },
  entropyBalancing: (input) => {
    const { X, target, base } = input as { X: number[][]; target: number[]; base?: number[] };
    const found = entropyBalance(columnsOf(X), target, { baseWeights: base });
    const { weights, reached, effectiveSize, divergence } = found;
    return { weights: [...weights], achieved: [...reached], ess: effectiveSize, kl: divergence };
  },
  entropyBalanceWeights: (input) => {
    const { scores, target } = input as { scores: number[][]; target: number[] };
    const { weights, coefficients, reached, effectiveSize, divergence } = entropyBalance(columnsOf(scores), target);
    return {
      lambda: [...coefficients],
      weights: [...weights],
      achieved: [...reached],
      ess: effectiveSize,
      klFromUniform: divergence,
    };
  },
};
