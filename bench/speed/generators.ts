import { execFileSync } from 'node:child_process';
import { type CartModel, fitCart, sampleCart } from '../../src/generators/index.ts';
import { createRng, uniformInt } from '../../src/random/index.ts';
import { takeRows } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'generators';

/** One scikit-learn tree per column, in the same order and with the same leaf size: fit only, categories as codes. */
const SKLEARN = `
import sys, time, pandas as pd
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
df = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
df = df[[i % 5 != 0 for i in range(len(df))]]
num = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
x = df.apply(lambda s: pd.to_numeric(s) if s.name in num else s.astype("category").cat.codes)
order = sorted(x.columns, key=lambda c: (c in num, x[c].nunique()))
times = []
for _ in range(3):
    t = time.perf_counter()
    for i, c in enumerate(order[1:], 1):
        tree = DecisionTreeRegressor if c in num else DecisionTreeClassifier
        tree(min_samples_leaf=20, max_depth=30).fit(x[order[:i]], x[c])
    times.append(time.perf_counter() - t)
print(sorted(times)[1] * 1000)
`;

/** Fitting and sampling Adult, against scikit-learn's trees and against copying random rows. */
export const bench: Bench = async function* ({ data }) {
  const csv = data('adult.csv');
  if (csv === null) return;
  const { train } = readAdult(csv);
  let model: CartModel = fitCart(train);
  yield {
    area: AREA,
    job: 'fitCart, Adult 26,048 x 15',
    ours: medianMs(() => {
      model = fitCart(train);
    }, 3),
    peer: 'scikit-learn trees, no nominal splits, no model made',
    theirs: sklearnMs(),
  };
  const { rowCount } = train;
  yield {
    area: AREA,
    job: 'sampleCart, 26,048 rows',
    ours: medianMs(() => sampleCart(model, { rows: rowCount, seed: 'bench' })),
    peer: 'plain loop: copy random rows',
    theirs: medianMs(() => bootstrap(train)),
  };
};

function bootstrap(table: Table): Table {
  const rng = createRng('bench');
  const rows = new Int32Array(table.rowCount);
  for (let i = 0; i < rows.length; i++) rows[i] = uniformInt(rng, table.rowCount);
  return takeRows(table, rows);
}

/** Median milliseconds of the scikit-learn peer; null where it is not installed. */
function sklearnMs(): number | null {
  const file = new URL('../../../shared/data/adult.csv', import.meta.url).pathname;
  for (const python of ['/usr/bin/python3', 'python3']) {
    try {
      return Number(execFileSync(python, ['-c', SKLEARN, file], { encoding: 'utf8', stdio: 'pipe' }));
    } catch {
      // Not there, or without scikit-learn: the next one may have it.
    }
  }
  return null;
}
