import * as fc from 'fast-check';

// The same cases in every run, so that a green main stays green; FC_SEED=random looks for new counterexamples.
const { FC_SEED } = process.env;
if (FC_SEED !== 'random') fc.configureGlobal({ seed: Number(FC_SEED ?? 20261122) });
