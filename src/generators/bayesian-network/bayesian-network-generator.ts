import type { Generator } from '../../types.ts';
import { ownFacts } from '../shared/internal-facts.ts';
import { type BayesianNetworkOptions, fitBayesianNetwork } from './fit-bayesian-network.ts';
import type { BayesianNetworkModel } from './model-types.ts';
import { sampleBayesianNetwork } from './sample-bayesian-network.ts';

/**
 * The Bayesian network as one object for a pipeline: {@link fitBayesianNetwork} and {@link sampleBayesianNetwork}.
 *
 * Progress, abort signal and kept columns may be given among the options of `fit` and `sample`; they are passed on.
 *
 * @example
 * bayesianNetworkGenerator.id; // => 'bayesian-network'
 */
export const bayesianNetworkGenerator: Generator<BayesianNetworkOptions, BayesianNetworkModel> = {
  id: 'bayesian-network',
  facts: /* @__PURE__ */ ownFacts('statistical'),
  fit: fitBayesianNetwork,
  sample: sampleBayesianNetwork,
};
