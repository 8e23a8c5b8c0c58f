export type { ConditionalTable } from '../shared/internal-network.ts';
export { bayesianNetworkGenerator } from './bayesian-network-generator.ts';
export { type BayesianNetworkOptions, fitBayesianNetwork } from './fit-bayesian-network.ts';
export type { BayesianColumnModel, BayesianNetworkModel, BayesianNetworkReport } from './model-types.ts';
export { type BayesianNetworkSampleOptions, sampleBayesianNetwork } from './sample-bayesian-network.ts';
