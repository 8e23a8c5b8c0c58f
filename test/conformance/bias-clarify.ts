import { type ClarifyMetrics, type ClarifySpec, clarifyMetrics } from '../../src/bias/index.ts';
import { booleanColumn, categoryColumn, createTable, numberColumn } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import type { FunctionTable } from './types.ts';

interface Rows {
  readonly disadvantaged: readonly boolean[];
  readonly label: readonly boolean[];
  readonly predicted: readonly boolean[];
  readonly stratum: readonly string[];
  readonly multiLabel: readonly (number | string)[];
  readonly X: readonly (readonly number[])[] | null;
}

/** The reference throws where ours has no value: for an empty facet, or when only one outcome occurs. */
const THROWN = ['empty-group', 'one-outcome'];

/** Figures by Clarify's codes. */
export function byCode({ metrics }: ClarifyMetrics): Record<string, unknown> {
  const shown = (one: ClarifyMetrics['metrics'][number]): unknown => {
    if (one.value !== null) return one.value;
    if (one.reason === 'infinite') return 'Infinity';
    if (one.reason === 'negative-infinite') return '-Infinity';
    return THROWN.includes(one.reason ?? '') ? 'ERROR:ValueError' : null;
  };
  return Object.fromEntries(metrics.map((one) => [one.code, shown(one)]));
}

/** The reference's figures of a table. */
export function clarifyFigures(table: Table, spec: ClarifySpec): Record<string, unknown> {
  return byCode(clarifyMetrics(table, spec, { zeroDivision: 'clarify', resamples: 0 }));
}

/** SageMaker Clarify's figures. */
export const biasClarifyFunctions: FunctionTable = {
  clarify: (input: Rows) => {
    const features = input.X
      ? input.X[0]!.map((_, j) =>
          numberColumn(
            `x${j}`,
            input.X!.map((row) => row[j]!),
          ),
        )
      : [];
    const table = createTable([
      booleanColumn('disadvantaged', input.disadvantaged),
      booleanColumn('label', input.label),
      booleanColumn('predicted', input.predicted),
      categoryColumn('stratum', input.stratum),
      categoryColumn('multi', input.multiLabel.map(String)),
      ...features,
    ]);
    return clarifyFigures(table, {
      disadvantaged: { column: 'disadvantaged' },
      label: { column: 'label' },
      prediction: { column: 'predicted' },
      distribution: 'multi',
      strata: ['stratum'],
      ...(features.length > 0 ? { features: features.map((column) => column.name) } : {}),
    });
  },
};
