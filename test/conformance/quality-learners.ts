import { pmse } from '../../src/quality/pmse.ts';
import { createTable, numberColumn } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import type { FunctionTable } from './types.ts';

type Columns = Readonly<Record<string, readonly number[]>>;

const tableOf = (columns: Columns): Table =>
  createTable(Object.entries(columns).map(([name, values]) => numberColumn(name, values)));

function pmseCase({ real, synthetic }: { real: Columns; synthetic: Columns }): unknown {
  const score = pmse(tableOf(real), tableOf(synthetic), { seed: 'conformance', noiseFloor: { repeats: 0 } });
  return { pMSE: score.value, expectedNull: score.expectedNull, sPmse: score.ratio };
}

export const qualityLearnersFunctions: FunctionTable = { pMSE: pmseCase };
