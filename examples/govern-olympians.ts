import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { booleanColumn, createTable, getColumn, parseCsv } from '../src/table/index.ts';
import type { IntegerColumn, Table } from '../src/types.ts';
import { type Chain, describe, runChain } from './run-chain.ts';

/** The Olympians of Rio 2016: 11,538 real people, from the npm package of sample datasets. */
export async function governOlympians(options: Pick<Chain, 'seed' | 'out' | 'generator'>): Promise<void> {
  const file = fileURLToPath(import.meta.resolve('@observablehq/sample-datasets/olympians.csv'));
  const table = parseCsv(readFileSync(file, 'utf8'));
  console.log('synthproof: the Olympians of Rio 2016, governed end to end');
  console.log(`\n${table.rowCount} real people: ${describe(table)}\n`);
  runChain({
    ...options,
    table,
    dataset: {
      name: 'olympians-synthetic',
      version: '1.0.0',
      description: 'Synthetic copy of the 11,538 Olympians of Rio 2016; names and ids are placeholders.',
      keywords: ['synthetic', 'sport'],
    },
    source: {
      id: 'rio-2016-olympians',
      kind: 'real',
      personalData: true,
      url: 'https://www.npmjs.com/package/@observablehq/sample-datasets',
    },
    // Did women and the nations keep their share, and their medal rates?
    derive: withMedal,
    bias: { sensitive: ['sex', 'nationality'], label: { column: 'medal', positive: true }, intersections: false },
    use: {
      intended: ['trying out synthproof', 'teaching'],
      limitations: ['Names and ids are placeholders.', 'Rare combinations of columns are smoothed or lost.'],
      personalSensitive: ['sex', 'nationality', 'date of birth'],
    },
  });
}

/** Adds the column `medal`: whether there is gold, silver or bronze. */
function withMedal(table: Table): Table {
  const [gold, silver, bronze] = ['gold', 'silver', 'bronze'].map(
    (name) => (getColumn(table, name) as IntegerColumn).values,
  );
  const medal = Array.from({ length: table.rowCount }, (_, row) => gold![row]! + silver![row]! + bronze![row]! > 0);
  return createTable([...table.columns, booleanColumn('medal', medal)]);
}
