import { privacySpent, unsafeSeededNoise } from '../../src/dp/index.ts';
import { fitBayesianNetwork, sampleBayesianNetwork } from '../../src/generators/bayesian-network/index.ts';
import { type DpTreeModel, fitDpTree, sampleDpTree } from '../../src/generators/dp-tree/index.ts';
import type { Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { ADULT_DOMAIN } from '../adult-domain.ts';
import { fastest, meanQ0, NO_SCORER, scoreAdult, shardHash } from '../score-adult.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'generators';
const SEEDS = ['seed 1', 'seed 2', 'seed 3', 'seed 4', 'seed 5'];

/** Measures what the Bayesian network and the private tree promise on Adult; `--full` adds the scores of scikit-learn. */
export const evidence: Evidence = async function* ({ full, data }) {
  const csv = data('adult.csv');
  if (csv === null) {
    yield skipped('Bayesian network on Adult', 'adult.csv is not on this machine');
    return;
  }
  const { train } = readAdult(csv);
  const seeds = full ? SEEDS : SEEDS.slice(0, 1);
  yield* bayesianNetwork(train, seeds, full);
  yield* dpTree(train, seeds, full);
};

function* bayesianNetwork(train: Table, seeds: readonly string[], full: boolean): Generator<Figure> {
  const rows = train.rowCount;
  const [model, fitSeconds] = fastest(3, () => fitBayesianNetwork(train));
  yield within(AREA, 'Bayesian network on Adult, 26,048 x 15: fit, seconds (best of 3)', fitSeconds, 0, 1.5);
  const draw = (seed: string): Table => sampleBayesianNetwork(model, { rows, seed });
  const [, sampleSeconds] = fastest(5, () => draw(SEEDS[0]!));
  yield within(AREA, 'Bayesian network on Adult: 26,048 rows sampled, seconds (best of 5)', sampleSeconds, 0, 0.3);
  yield shards('Bayesian network', rows, (offset, n) =>
    sampleBayesianNetwork(model, { rows: n, seed: 'shards', offset }),
  );
  const tree = fitBayesianNetwork(train, { maxParents: 1 });
  const treeDraw = (seed: string): Table => sampleBayesianNetwork(tree, { rows, seed });
  yield within(
    AREA,
    `Bayesian network on Adult: q0, mean of ${seeds.length} seeds`,
    meanQ0(train, draw, seeds),
    0.983,
    1,
  );
  yield within(
    AREA,
    `Chow-Liu tree on Adult: q0, mean of ${seeds.length} seeds`,
    meanQ0(train, treeDraw, seeds),
    0.975,
    1,
  );
  if (!full) return;
  const score = scoreAdult(draw, seeds);
  if (score === null) {
    yield skipped('Bayesian network on Adult: TSTR AUC and C2ST', NO_SCORER);
    return;
  }
  yield within(
    AREA,
    'Bayesian network on Adult: TSTR AUC, mean of 5 seeds (real .930)',
    score.tstr_auc,
    0.88,
    Infinity,
  );
  yield within(AREA, 'Bayesian network on Adult: C2ST AUC, mean of 5 seeds (real .509)', score.c2st_auc, 0, 0.65);
  yield within(AREA, 'Bayesian network on Adult: exact copies, mean of 5 seeds', score.exact, 0, 0.005);
}

/** A fresh release per seed, so that the noise is averaged over too. */
function* dpTree(train: Table, seeds: readonly string[], full: boolean): Generator<Figure> {
  const rows = train.rowCount;
  const fit = (seed: string): DpTreeModel =>
    fitDpTree(train, { domain: ADULT_DOMAIN, epsilon: 1, delta: 1e-9, noise: unsafeSeededNoise(seed) });
  const [model, fitSeconds] = fastest(2, () => fit(SEEDS[0]!));
  yield within(AREA, 'DP tree on Adult, epsilon 1: fit, seconds (best of 2)', fitSeconds, 0, 5);
  const [, sampleSeconds] = fastest(5, () => sampleDpTree(model, { rows, seed: SEEDS[0]! }));
  yield within(AREA, 'DP tree on Adult: 26,048 rows sampled, seconds (best of 5)', sampleSeconds, 0, 0.3);
  yield within(AREA, 'DP tree on Adult: epsilon spent at delta 1e-9', privacySpent(model.ledger).epsilon, 0, 1);
  yield shards('DP tree', rows, (offset, n) => sampleDpTree(model, { rows: n, seed: 'shards', offset }));
  const draw = (seed: string): Table => sampleDpTree(fit(seed), { rows, seed });
  yield within(
    AREA,
    `DP tree on Adult, epsilon 1: q0, mean of ${seeds.length} releases`,
    meanQ0(train, draw, seeds),
    0.96,
    1,
  );
  if (!full) return;
  const score = scoreAdult(draw, seeds);
  if (score === null) yield skipped('DP tree on Adult: TSTR AUC', NO_SCORER);
  else yield within(AREA, 'DP tree on Adult, epsilon 1: TSTR AUC, mean of 5 releases', score.tstr_auc, 0.8, Infinity);
}

function shards(name: string, rows: number, draw: (offset: number, n: number) => Table): Figure {
  const hashes = [1, 2, 7, 64].map((count) => shardHash(rows, count, draw));
  const figure = `${name} on Adult: SHA-256 of the sample in 1, 2, 7 and 64 shards`;
  return { area: AREA, figure, value: hashes[0]!.slice(0, 16), bound: 'all equal', ok: new Set(hashes).size === 1 };
}

function skipped(figure: string, why: string): Figure {
  return { area: AREA, figure, value: null, bound: `skipped: ${why}`, ok: true };
}
