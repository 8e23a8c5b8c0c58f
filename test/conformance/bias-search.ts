import { consistency, subsetScore, uncoveredPatterns } from '../../src/bias/index.ts';
import { createTable } from '../../src/table/index.ts';
import type { CategoryColumn } from '../../src/types.ts';
import type { DisputedTable, FunctionTable } from './types.ts';

/** Coverage, consistency and the bias scan. */
export const biasSearchFunctions: FunctionTable = {
  maximalUncoveredPatterns: (input: {
    readonly rows: readonly (readonly number[])[];
    readonly cardinalities: readonly number[];
    readonly threshold: number;
  }) => {
    // Two digits keep labels in numeric order.
    const label = (code: number): string => String(code).padStart(4, '0');
    const columns = input.cardinalities.map(
      (size, c): CategoryColumn => ({
        kind: 'category',
        name: `c${c}`,
        labels: Array.from({ length: size }, (_, code) => label(code)),
        codes: Int32Array.from(input.rows, (row) => row[c]!),
      }),
    );
    const { patterns } = uncoveredPatterns(createTable(columns), {
      columns: columns.map((column) => column.name),
      threshold: input.threshold,
    });
    return patterns.map(({ pattern, count }) => ({
      pattern: pattern.map((level) => (level === null ? null : Number(level))),
      count,
    }));
  },
  consistency: (input: {
    readonly X: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly k: readonly number[];
  }) => {
    const features = input.X[0]!.map((_, j) => input.X.map((row) => row[j]!));
    return Object.fromEntries(
      input.k.map((neighbours) => [neighbours, consistency(features, input.y, { neighbours }).value]),
    );
  },
  mdssBernoulli: (input: {
    readonly observed: readonly number[];
    readonly expected: readonly number[];
    readonly group: readonly string[];
  }) => {
    const out: Record<string, { q: number; score: number }> = {};
    for (const direction of ['positive', 'negative'] as const)
      for (const group of new Set(input.group)) {
        const rows = input.group.flatMap((one, i) => (one === group ? [i] : []));
        const found = subsetScore(
          rows.reduce((sum, i) => sum + input.observed[i]!, 0),
          rows.map((i) => input.expected[i]!),
          { direction },
        );
        out[`${direction}/${group}`] = { q: found.oddsFactor, score: found.score };
      }
    return out;
  },
};

/** The reference's bisection stops early: its odds factor is no root of the likelihood's slope. */
export const biasSearchDisputed: DisputedTable = {
  mdssBernoulli: (input: { observed: number[]; expected: number[]; group: string[] }, expected) =>
    Object.entries(expected as Record<string, { q: number; score: number }>).flatMap(([key, { q }]) => {
      const [direction, group] = key.split('/');
      if (q === 1) return [];
      let excess = 0;
      let cases = 0;
      for (let i = 0; i < input.group.length; i++) {
        if (input.group[i] !== group) continue;
        cases += input.observed[i]!;
        excess += input.observed[i]! - (q * input.expected[i]!) / (1 - input.expected[i]! + q * input.expected[i]!);
      }
      if (Math.abs(excess) < 1e-6 * cases) return [];
      return [
        {
          path: `$.${direction}/${group}.q`,
          why: `at the reference's odds factor ${q} the slope is ${excess.toPrecision(3)}, not 0`,
        },
      ];
    }),
};
