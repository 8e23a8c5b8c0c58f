import { massage, repairDisparateImpact, resampleGroups } from '../../src/bias/index.ts';
import { createRng } from '../../src/random/index.ts';
import { booleanColumn, categoryColumn, createTable, getColumn, numberColumn } from '../../src/table/index.ts';
import type { NumberColumn, Table } from '../../src/types.ts';
import type { FunctionTable } from './types.ts';

interface Binary {
  readonly deprived: readonly number[];
  readonly label: readonly number[];
  readonly score?: readonly number[];
}

const tableOf = ({ deprived, label }: Binary): Table =>
  createTable([categoryColumn('group', deprived.map(String)), booleanColumn('label', label.map(Boolean))]);

const numbers = (table: Table, name: string): number[] => [...(getColumn(table, name) as NumberColumn).values];

/** Massaging, resampling and repair. */
export const biasMitigationFunctions: FunctionTable = {
  massaging: (input: Binary) => {
    const done = massage(tableOf(input), {
      deprived: { column: 'group', positive: '1' },
      label: { column: 'label' },
      score: input.score!,
    });
    return {
      discBefore: done.discriminationBefore,
      M: done.promoted.length,
      promote: done.promoted,
      demote: done.demoted,
      label: numbers(done.table, 'label'),
      discAfter: done.discriminationAfter,
    };
  },
  samplingCellSizes: (input: Binary) => {
    const done = resampleGroups(tableOf(input), {
      sensitive: ['group'],
      label: { column: 'label' },
      rng: createRng('sizes'),
    });
    const named = (size: 'wanted' | 'before'): Record<string, number> =>
      Object.fromEntries(done.cells.map((cell) => [`${cell.group[0]}|${cell.positive ? 1 : 0}`, cell[size]]));
    return { cells: named('wanted'), current: named('before') };
  },
  disparateImpactRemover: (input: {
    readonly sensitive: readonly number[];
    readonly columns: Readonly<Record<string, readonly number[]>>;
    readonly levels: readonly number[];
  }) => {
    const names = Object.keys(input.columns);
    const table = createTable([
      categoryColumn('group', input.sensitive.map(String)),
      ...names.map((name) => numberColumn(name, input.columns[name]!)),
    ]);
    const out: Record<string, Record<string, number[]>> = {};
    for (const level of input.levels) {
      const spec = { sensitive: ['group'], columns: names, level, method: 'unique-quantiles' as const };
      const repaired = repairDisparateImpact(table, spec).table;
      const key = Number.isInteger(level) ? level.toFixed(1) : String(level);
      out[key] = Object.fromEntries(names.map((name) => [name, numbers(repaired, name)]));
    }
    return out;
  },
};
