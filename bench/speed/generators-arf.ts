import { execFileSync } from 'node:child_process';
import { type ArfModel, fitArf, sampleArf } from '../../src/generators/forest/index.ts';
import { fitCart, sampleCart } from '../../src/generators/index.ts';
import { readAdult } from '../adult.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'generators';
const TREES = 20;

/** One round against shuffled columns: scikit-learn's forest, categories as codes, one thread, no leaves kept. */
const SKLEARN = `
import sys, time, numpy as np, pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
df = df[[i % 5 != 0 for i in range(len(df))]]
num = ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
x = df.apply(lambda s: pd.to_numeric(s) if s.name in num else s.astype("category").cat.codes).to_numpy(float)
rng = np.random.default_rng(0)
fake = np.column_stack([rng.choice(x[:, j], len(x)) for j in range(x.shape[1])])
xx, yy = np.vstack([x, fake]), np.r_[np.ones(len(x)), np.zeros(len(x))]
t = time.perf_counter()
RandomForestClassifier(n_estimators=${TREES}, min_samples_leaf=5, max_features="sqrt", oob_score=True, random_state=0, n_jobs=1).fit(xx, yy)
print((time.perf_counter() - t) * 1000)
`;

/** Fitting and sampling Adult, against scikit-learn's forest and against CART. */
export const bench: Bench = async function* ({ data }) {
  const csv = data('adult.csv');
  if (csv === null) return;
  const { train } = readAdult(csv);
  const rows = train.rowCount;
  let model: ArfModel = fitArf(train);
  yield {
    area: AREA,
    job: `fitArf, one round of ${TREES} trees, Adult 26,048 x 15`,
    ours: medianMs(() => fitArf(train, { trees: TREES, maxRounds: 0 }), 3),
    peer: 'scikit-learn random forest, no nominal splits, no model made',
    theirs: sklearnMs(),
  };
  const cart = fitCart(train);
  yield {
    area: AREA,
    job: 'fitArf, Adult 26,048 x 15',
    ours: medianMs(() => {
      model = fitArf(train);
    }, 1),
    peer: 'fitCart',
    theirs: medianMs(() => fitCart(train), 1),
  };
  yield {
    area: AREA,
    job: 'sampleArf, 26,048 rows',
    ours: medianMs(() => sampleArf(model, { rows, seed: 'bench' })),
    peer: 'sampleCart',
    theirs: medianMs(() => sampleCart(cart, { rows, seed: 'bench' })),
  };
};

/** Milliseconds of the scikit-learn peer; null where it is not installed. */
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
