import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  type BayesianNetworkModel,
  fitBayesianNetwork,
  sampleBayesianNetwork,
} from '../../src/generators/bayesian-network/index.ts';
import { type DpTreeModel, fitDpTree, sampleDpTree } from '../../src/generators/dp-tree/index.ts';
import { fitCart, sampleCart } from '../../src/generators/index.ts';
import { readAdult } from '../adult.ts';
import { ADULT_DOMAIN } from '../adult-domain.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'generators';

/** The Bayesian network and the private tree beside other generators of this library. */
export const bench: Bench = async function* ({ data }) {
  const csv = data('adult.csv');
  if (csv === null) return;
  const { train } = readAdult(csv);
  const rows = train.rowCount;
  let model: BayesianNetworkModel = fitBayesianNetwork(train);
  let cart = fitCart(train);
  yield {
    area: AREA,
    job: 'fitBayesianNetwork, Adult 26,048 x 15',
    ours: medianMs(() => {
      model = fitBayesianNetwork(train);
    }, 3),
    peer: 'fitCart',
    theirs: medianMs(() => {
      cart = fitCart(train);
    }, 1),
  };
  yield {
    area: AREA,
    job: 'sampleBayesianNetwork, 26,048 rows',
    ours: medianMs(() => sampleBayesianNetwork(model, { rows, seed: 'bench' })),
    peer: 'sampleCart',
    theirs: medianMs(() => sampleCart(cart, { rows, seed: 'bench' })),
  };
  const noise = unsafeSeededNoise('bench');
  const settings = { domain: ADULT_DOMAIN, epsilon: 1, delta: 1e-9, noise };
  let tree: DpTreeModel = fitDpTree(train, settings);
  yield {
    area: AREA,
    job: 'fitDpTree, Adult 26,048 x 15, epsilon 1',
    ours: medianMs(() => {
      tree = fitDpTree(train, settings);
    }, 3),
    peer: 'fitBayesianNetwork, one parent, no privacy',
    theirs: medianMs(() => fitBayesianNetwork(train, { maxParents: 1 }), 3),
  };
  yield {
    area: AREA,
    job: 'sampleDpTree, 26,048 rows',
    ours: medianMs(() => sampleDpTree(tree, { rows, seed: 'bench' })),
    peer: 'sampleBayesianNetwork',
    theirs: medianMs(() => sampleBayesianNetwork(model, { rows, seed: 'bench' })),
  };
};
