import { columnIndex, neighbourDistances } from '../generators/smote/distances.ts';
import type { FunctionTable } from './types.ts';

interface NeighboursInput {
  readonly data: Readonly<Record<string, readonly (number | string)[]>>;
  readonly label: readonly (number | string)[];
  readonly minority: number | string;
  readonly categorical: readonly string[];
  readonly k: number;
}

/** Oracle functions of SMOTE-NC. */
export const generatorsSmoteFunctions: FunctionTable = {
  smoteNcNeighbours: ({ data, label, minority, categorical, k }: NeighboursInput) => {
    const table = columnIndex(data, categorical);
    return neighbourDistances(table, label.map(String), String(minority), k);
  },
};
